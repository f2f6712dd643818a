// Package zipkin finishes spans.
package zipkin

import (
	"net/http"

	"github.com/openzipkin/zipkin-go"
)

type traced struct {
	tracer *zipkin.Tracer
	next   http.Handler
}

func (t traced) healthyNoop(w http.ResponseWriter, r *http.Request) {
	span := t.tracer.StartSpan(r.Method)
	ctx := zipkin.NewContext(r.Context(), span)
	if zipkin.IsNoop(span) {
		t.next.ServeHTTP(w, r.WithContext(ctx)) // it records nothing
		return
	}
	defer span.Finish()
	t.next.ServeHTTP(w, r.WithContext(ctx))
}

func (t traced) leakyOther(w http.ResponseWriter, r *http.Request) {
	span := t.tracer.StartSpan(r.Method) // leak
	ctx := zipkin.NewContext(r.Context(), span)
	if r.Method == http.MethodOptions {
		t.next.ServeHTTP(w, r.WithContext(ctx))
		return
	}
	defer span.Finish()
	t.next.ServeHTTP(w, r.WithContext(ctx))
}
