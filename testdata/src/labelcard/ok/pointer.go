package ok

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

var handledHosts = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "handled_total"}, []string{"host"})

// What a deferred call is given the address of is read when the function ends.
func pointedAt(w http.ResponseWriter, r *http.Request) {
	host := r.Host
	defer countHost(time.Now(), &host)
	switch host {
	case "a.example", "b.example":
	default:
		host = "other"
	}
}

func countHost(start time.Time, host *string) { handledHosts.WithLabelValues(*host).Inc() }

// The test may call the value by another name.
func pointedAtAgain(w http.ResponseWriter, r *http.Request) {
	host := r.Host
	defer countHost(time.Now(), &host)
	switch r.Host {
	case "a.example", "b.example":
	default:
		host = "other"
	}
}
