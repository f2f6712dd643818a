// Package prometheus is as much of the real one as the fixtures need.
package prometheus

type Labels map[string]string

type Opts struct {
	Namespace, Subsystem, Name, Help string
	ConstLabels                      Labels
}

type (
	CounterOpts Opts
	GaugeOpts   Opts
)

type HistogramOpts struct {
	Namespace, Subsystem, Name, Help string
	ConstLabels                      Labels
	Buckets                          []float64
}

type SummaryOpts struct {
	Namespace, Subsystem, Name, Help string
	ConstLabels                      Labels
}

type (
	Metric    interface{ Desc() *Desc }
	Collector interface {
		Describe(chan<- *Desc)
		Collect(chan<- Metric)
	}
	Counter interface {
		Metric
		Collector
		Inc()
		Add(float64)
	}
	Gauge interface {
		Metric
		Collector
		Set(float64)
		Inc()
		Dec()
		Add(float64)
	}
	Observer  interface{ Observe(float64) }
	Histogram interface {
		Metric
		Collector
		Observe(float64)
	}
	Summary interface {
		Metric
		Collector
		Observe(float64)
	}
)

type Desc struct{}

func NewDesc(fqName, help string, variableLabels []string, constLabels Labels) *Desc { return nil }
func BuildFQName(namespace, subsystem, name string) string                           { return "" }

type ValueType int

const (
	_ ValueType = iota
	CounterValue
	GaugeValue
)

func MustNewConstMetric(desc *Desc, valueType ValueType, value float64, labelValues ...string) Metric {
	return nil
}

func NewConstMetric(desc *Desc, valueType ValueType, value float64, labelValues ...string) (Metric, error) {
	return nil, nil
}

type MetricVec struct{}

func (m *MetricVec) Describe(ch chan<- *Desc)               {}
func (m *MetricVec) Collect(ch chan<- Metric)               {}
func (m *MetricVec) Delete(labels Labels) bool              { return false }
func (m *MetricVec) DeleteLabelValues(lvs ...string) bool   { return false }
func (m *MetricVec) DeletePartialMatch(labels Labels) int   { return 0 }
func (m *MetricVec) Reset()                                 {}
func (m *MetricVec) CurryWith(l Labels) (*MetricVec, error) { return nil, nil }

type CounterVec struct{ *MetricVec }

func NewCounter(opts CounterOpts) Counter                                     { return nil }
func NewCounterFunc(opts CounterOpts, function func() float64) Collector      { return nil }
func NewCounterVec(opts CounterOpts, labelNames []string) *CounterVec         { return nil }
func (v *CounterVec) WithLabelValues(lvs ...string) Counter                   { return nil }
func (v *CounterVec) With(labels Labels) Counter                              { return nil }
func (v *CounterVec) GetMetricWithLabelValues(lvs ...string) (Counter, error) { return nil, nil }
func (v *CounterVec) GetMetricWith(labels Labels) (Counter, error)            { return nil, nil }
func (v *CounterVec) CurryWith(labels Labels) (*CounterVec, error)            { return nil, nil }
func (v *CounterVec) MustCurryWith(labels Labels) *CounterVec                 { return nil }

type GaugeVec struct{ *MetricVec }

func NewGauge(opts GaugeOpts) Gauge                                       { return nil }
func NewGaugeFunc(opts GaugeOpts, function func() float64) Collector      { return nil }
func NewGaugeVec(opts GaugeOpts, labelNames []string) *GaugeVec           { return nil }
func (v *GaugeVec) WithLabelValues(lvs ...string) Gauge                   { return nil }
func (v *GaugeVec) With(labels Labels) Gauge                              { return nil }
func (v *GaugeVec) GetMetricWithLabelValues(lvs ...string) (Gauge, error) { return nil, nil }
func (v *GaugeVec) GetMetricWith(labels Labels) (Gauge, error)            { return nil, nil }
func (v *GaugeVec) CurryWith(labels Labels) (*GaugeVec, error)            { return nil, nil }
func (v *GaugeVec) MustCurryWith(labels Labels) *GaugeVec                 { return nil }

type ObserverVec interface {
	GetMetricWith(Labels) (Observer, error)
	GetMetricWithLabelValues(lvs ...string) (Observer, error)
	With(Labels) Observer
	WithLabelValues(...string) Observer
	CurryWith(Labels) (ObserverVec, error)
	MustCurryWith(Labels) ObserverVec
	Collector
}

type HistogramVec struct{ *MetricVec }

func NewHistogram(opts HistogramOpts) Histogram                                  { return nil }
func NewHistogramVec(opts HistogramOpts, labelNames []string) *HistogramVec      { return nil }
func (v *HistogramVec) WithLabelValues(lvs ...string) Observer                   { return nil }
func (v *HistogramVec) With(labels Labels) Observer                              { return nil }
func (v *HistogramVec) GetMetricWithLabelValues(lvs ...string) (Observer, error) { return nil, nil }
func (v *HistogramVec) GetMetricWith(labels Labels) (Observer, error)            { return nil, nil }
func (v *HistogramVec) CurryWith(labels Labels) (ObserverVec, error)             { return nil, nil }
func (v *HistogramVec) MustCurryWith(labels Labels) ObserverVec                  { return nil }

type SummaryVec struct{ *MetricVec }

func NewSummary(opts SummaryOpts) Summary                                      { return nil }
func NewSummaryVec(opts SummaryOpts, labelNames []string) *SummaryVec          { return nil }
func (v *SummaryVec) WithLabelValues(lvs ...string) Observer                   { return nil }
func (v *SummaryVec) With(labels Labels) Observer                              { return nil }
func (v *SummaryVec) GetMetricWithLabelValues(lvs ...string) (Observer, error) { return nil, nil }
func (v *SummaryVec) GetMetricWith(labels Labels) (Observer, error)            { return nil, nil }
func (v *SummaryVec) CurryWith(labels Labels) (ObserverVec, error)             { return nil, nil }
func (v *SummaryVec) MustCurryWith(labels Labels) ObserverVec                  { return nil }

type Registerer interface {
	Register(Collector) error
	MustRegister(...Collector)
	Unregister(Collector) bool
}

type Registry struct{}

func NewRegistry() *Registry                     { return nil }
func (r *Registry) Register(c Collector) error   { return nil }
func (r *Registry) MustRegister(cs ...Collector) {}
func (r *Registry) Unregister(c Collector) bool  { return false }
func (r *Registry) Describe(ch chan<- *Desc)     {}
func (r *Registry) Collect(ch chan<- Metric)     {}

var DefaultRegisterer Registerer

func Register(c Collector) error   { return nil }
func MustRegister(cs ...Collector) {}
func Unregister(c Collector) bool  { return false }

func WrapRegistererWith(labels Labels, reg Registerer) Registerer       { return nil }
func WrapRegistererWithPrefix(prefix string, reg Registerer) Registerer { return nil }

type LabelConstraint func(string) string

type ConstrainedLabel struct {
	Name       string
	Constraint LabelConstraint
}

type ConstrainableLabels interface{ compile() }

type ConstrainedLabels []ConstrainedLabel

func (ConstrainedLabels) compile() {}

type UnconstrainedLabels []string

func (UnconstrainedLabels) compile() {}

type CounterVecOpts struct {
	CounterOpts
	VariableLabels ConstrainableLabels
}

type v2 struct{}

var V2 = v2{}

func (v2) NewCounterVec(opts CounterVecOpts) *CounterVec { return nil }
