// Package trace is as much of the real one as the fixtures need.
package trace

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
)

type (
	TracerOption    interface{ applyTracer() }
	SpanStartOption interface{ applySpanStart() }
	SpanEndOption   interface{ applySpanEnd() }
	EventOption     interface{ applyEvent() }

	SpanStartEventOption interface {
		SpanStartOption
		EventOption
	}
)

type Tracer interface {
	Start(ctx context.Context, spanName string, opts ...SpanStartOption) (context.Context, Span)
}

type Span interface {
	End(options ...SpanEndOption)
	AddEvent(name string, options ...EventOption)
	SetName(name string)
	SetAttributes(kv ...attribute.KeyValue)
	SpanContext() SpanContext
}

type (
	TraceID     [16]byte
	SpanID      [8]byte
	SpanContext struct{ traceID TraceID }
)

func (t TraceID) String() string       { return "" }
func (c SpanContext) TraceID() TraceID { return c.traceID }

func SpanFromContext(ctx context.Context) Span                             { return nil }
func WithAttributes(attributes ...attribute.KeyValue) SpanStartEventOption { return nil }
