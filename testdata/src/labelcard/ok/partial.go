package ok

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
)

var servedPartly = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "partial_served_total"}, []string{"route"})

type serving struct {
	inside
	Status int
}

type inside struct {
	Req   *http.Request
	Route string
}

// A field of a literal that nothing is put into is empty, whatever is in the
// others.
func partial(w http.ResponseWriter, r *http.Request) {
	recordServing(serving{Status: 200, inside: inside{Req: r}})
}

func recordServing(s serving) {
	if s.Req != nil {
		servedPartly.WithLabelValues(s.Route).Inc()
	}
}
