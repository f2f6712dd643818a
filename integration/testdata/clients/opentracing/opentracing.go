// Package opentracing finishes spans.
package opentracing

import (
	"errors"

	"github.com/opentracing/opentracing-go"
)

var errRefused = errors.New("refused")

func healthyChain(t opentracing.Tracer, ok bool) {
	span := t.StartSpan("a")
	span.SetOperationName("b").SetTag("k", ok).Finish()
}

func healthyRenamed(t opentracing.Tracer, ok bool) error {
	span := t.StartSpan("a").SetTag("k", ok)
	defer span.Finish()
	if !ok {
		return errRefused
	}
	return nil
}

func leakyChain(t opentracing.Tracer, ok bool) error {
	span := t.StartSpan("a").SetTag("k", ok) // leak
	if !ok {
		return errRefused
	}
	span.SetBaggageItem("k", "v").Finish()
	return nil
}
