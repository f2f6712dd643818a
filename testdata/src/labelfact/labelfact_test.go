package labelfact

import (
	"net/http"
	"testing"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"
)

func init() {
	Requests = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "tests_total"}, []string{"test"})
	other = func(string) string { return uuid.NewString() }
}

func (m *Metrics) reset() { m.Visits.DeleteLabelValues("a") }

func TestForget(t *testing.T) {
	hidden.DeleteLabelValues("a")
	Requests.DeleteLabelValues("a", "b")
	m := New(nil)
	m.Given = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "given_total"}, []string{"test"})
	m.calls = m.Given
	m.reset()
	Handle(nil, &http.Request{})
	through(uuid.NewString())
}
