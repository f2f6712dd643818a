// Package metrics is as much of the real one as the fixtures need.
package metrics

type (
	Counter   struct{}
	Gauge     struct{}
	Histogram struct{}
	Summary   struct{}
)

func (c *Counter) Inc()             {}
func (c *Counter) Add(n int)        {}
func (h *Histogram) Update(float64) {}

func NewCounter(name string) *Counter                       { return nil }
func NewGauge(name string, f func() float64) *Gauge         { return nil }
func GetOrCreateCounter(name string) *Counter               { return nil }
func GetOrCreateGauge(name string, f func() float64) *Gauge { return nil }
func GetOrCreateHistogram(name string) *Histogram           { return nil }
func UnregisterMetric(name string) bool                     { return false }
func RegisterSet(s *Set)                                    {}
func UnregisterSet(s *Set, destroySet bool)                 {}

type Set struct{}

func NewSet() *Set                                         { return nil }
func (s *Set) NewCounter(name string) *Counter             { return nil }
func (s *Set) GetOrCreateCounter(name string) *Counter     { return nil }
func (s *Set) GetOrCreateHistogram(name string) *Histogram { return nil }
func (s *Set) UnregisterMetric(name string) bool           { return false }
func (s *Set) UnregisterAllMetrics()                       {}
