// Package opentracing finishes spans.
package opentracing

import (
	"context"
	"errors"
	"net/http"

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

func leakyCarried(ctx context.Context, query func(context.Context) error) error {
	span := opentracing.StartSpan("a") // leak
	if err := query(opentracing.ContextWithSpan(ctx, span)); err != nil {
		return err
	}
	span.Finish()
	return nil
}

func healthyCarried(ctx context.Context, query func(context.Context) error) error {
	span := opentracing.StartSpan("a")
	err := query(opentracing.ContextWithSpan(ctx, span))
	span.Finish()
	return err
}

func healthyReturned(ctx context.Context) context.Context {
	return opentracing.ContextWithSpan(ctx, opentracing.StartSpan("a"))
}

func healthyOfRequest(r *http.Request) *http.Request {
	span := opentracing.StartSpan("a")
	return r.WithContext(opentracing.ContextWithSpan(r.Context(), span))
}
