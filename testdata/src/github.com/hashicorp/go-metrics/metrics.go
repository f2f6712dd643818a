// Package metrics is as much of the real one as the fixtures need.
package metrics

import "time"

type Label struct{ Name, Value string }

func IncrCounter(key []string, val float32)                                {}
func IncrCounterWithLabels(key []string, val float32, labels []Label)      {}
func MeasureSince(key []string, start time.Time)                           {}
func MeasureSinceWithLabels(key []string, start time.Time, labels []Label) {}
func SetGauge(key []string, val float32)                                   {}
func SetGaugeWithLabels(key []string, val float32, labels []Label)         {}

type Metrics struct{}

func (m *Metrics) IncrCounter(key []string, val float32)                           {}
func (m *Metrics) IncrCounterWithLabels(key []string, val float32, labels []Label) {}
