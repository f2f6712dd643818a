package ok

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
)

// A test makes few requests.
func TestServe(t *testing.T) {
	requests := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "test_total"}, []string{"path"})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.WithLabelValues(r.URL.Path).Inc()
	}))
	defer srv.Close()
}
