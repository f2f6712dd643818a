// Package tally is as much of the real one as the fixtures need.
package tally

type Scope interface {
	Counter(name string) Counter
	Gauge(name string) Gauge
	Tagged(tags map[string]string) Scope
	SubScope(name string) Scope
}

type (
	Counter interface{ Inc(delta int64) }
	Gauge   interface{ Update(value float64) }
)
