// Package otel is as much of the real one as the fixtures need.
package otel

import (
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/trace"
)

func Meter(name string, opts ...metric.MeterOption) metric.Meter  { return nil }
func Tracer(name string, opts ...trace.TracerOption) trace.Tracer { return nil }
