package metrics

import (
	"net/http"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
)

// Visits counts who asks for what.
type Visits struct {
	requests *prometheus.CounterVec
}

// NewVisits registers the vector with reg and returns what counts with it.
func NewVisits(reg prometheus.Registerer) *Visits {
	v := &Visits{requests: prometheus.NewCounterVec(prometheus.CounterOpts{
		Namespace: "shop",
		Name:      "visits_total",
		Help:      "Visits by method, status, user and path.",
	}, []string{"method", "status", "user", "path"})}
	reg.MustRegister(v.requests)
	return v
}

// Wrap counts what next serves.
func (v *Visits) Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sw := &statusWriter{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(sw, r)
		code := strconv.Itoa(sw.status)
		// leak(labelcard): each user and each path makes series of its own
		v.requests.WithLabelValues(r.Method, code, r.Header.Get("X-User-ID"), r.URL.Path).Inc()
	})
}
