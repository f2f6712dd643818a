// Package metric is as much of the real one as the fixtures need.
package metric

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
)

type (
	AddOption     interface{ applyAdd() }
	RecordOption  interface{ applyRecord() }
	ObserveOption interface{ applyObserve() }

	MeasurementOption interface {
		AddOption
		RecordOption
		ObserveOption
	}
	MeterOption            interface{ applyMeter() }
	Int64CounterOption     interface{ applyInt64Counter() }
	Float64HistogramOption interface{ applyFloat64Histogram() }
)

func WithAttributes(attributes ...attribute.KeyValue) MeasurementOption { return nil }
func WithAttributeSet(attributes attribute.Set) MeasurementOption       { return nil }

type Int64Counter interface {
	Add(ctx context.Context, incr int64, options ...AddOption)
}

type Float64Histogram interface {
	Record(ctx context.Context, incr float64, options ...RecordOption)
}

type Int64Observer interface {
	Observe(value int64, options ...ObserveOption)
}

type Meter interface {
	Int64Counter(name string, options ...Int64CounterOption) (Int64Counter, error)
	Float64Histogram(name string, options ...Float64HistogramOption) (Float64Histogram, error)
}
