// Package fix holds labels that have a part of the request to use in their place.
package fix

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
)

var hits = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "hits_total"}, []string{"path"})

func routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /orders/{id}", order)
	mux.HandleFunc("/files/", func(w http.ResponseWriter, req *http.Request) {
		hits.With(prometheus.Labels{"path": req.URL.Path}).Inc() // want `nothing bounds req.URL.Path before it becomes label "path" of hits_total`
	})
	mux.Handle("/", wrap(mux))
}

func order(w http.ResponseWriter, r *http.Request) {
	hits.WithLabelValues(r.URL.Path).Inc() // want `nothing bounds r.URL.Path before it becomes label "path" of hits_total`
}

// What is around a mux has no pattern yet.
func wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hits.WithLabelValues(r.URL.Path).Inc() // want `nothing bounds r.URL.Path before it becomes label "path" of hits_total`
		next.ServeHTTP(w, r)
	})
}
