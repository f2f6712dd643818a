// Package prometheus is as much of the real one as the fixtures need.
package prometheus

import (
	"github.com/go-kit/kit/metrics"
	"github.com/prometheus/client_golang/prometheus"
)

type Counter struct{}

func NewCounterFrom(opts prometheus.CounterOpts, labelNames []string) *Counter { return nil }
func (c *Counter) With(labelValues ...string) metrics.Counter                  { return nil }
func (c *Counter) Add(delta float64)                                           {}

type Summary struct{}

func NewSummaryFrom(opts prometheus.SummaryOpts, labelNames []string) *Summary { return nil }
func (s *Summary) With(labelValues ...string) metrics.Histogram                { return nil }
func (s *Summary) Observe(value float64)                                       {}
