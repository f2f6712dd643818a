// Package app uses what another package says of itself by directives.
package app

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"

	"labelcard/cross/said/lib"
)

var visits = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "visits_total"}, []string{"who"})

func plan(w http.ResponseWriter, r *http.Request) {
	visits.WithLabelValues(lib.Plan(r)).Inc()
	visits.WithLabelValues(lib.Page(r)).Inc() // want `^nothing bounds r\.URL\.Path before it becomes label "who" of visits_total$`
}

func token(w http.ResponseWriter, r *http.Request) {
	t, err := lib.Token()
	if err != nil {
		return
	}
	visits.WithLabelValues(t).Inc() // want `^nothing bounds lib\.Token\(\), said to be unbounded, before it becomes label "who" of visits_total$`
}

func name(w http.ResponseWriter, r *http.Request) {
	visits.WithLabelValues(lib.Name()).Inc()
	visits.WithLabelValues(lib.Build).Inc()
	visits.WithLabelValues(lib.Owner).Inc() // want `^nothing bounds Owner, said to be unbounded, before it becomes label "who" of visits_total$`
}

func types(w http.ResponseWriter, r *http.Request) {
	visits.WithLabelValues(string(lib.Region(r.Host))).Inc()
	visits.WithLabelValues(string(lib.Zone(r.Host))).Inc() // want `^nothing bounds r\.Host before it becomes label "who" of visits_total$`
}

func tenants(w http.ResponseWriter, r *http.Request) {
	visits.WithLabelValues(lib.Tenants[r.Host]).Inc()
}

func namer(w http.ResponseWriter, r *http.Request, n lib.Namer) {
	visits.WithLabelValues(n.Name(r)).Inc()
	visits.WithLabelValues(n.Text(r)).Inc()
	visits.WithLabelValues(n.ID()).Inc() // want `^nothing bounds n\.ID\(\), said to be unbounded, before it becomes label "who" of visits_total$`
}

// The struct is filled here, with what clients send.
func fields(w http.ResponseWriter, r *http.Request) {
	req := &lib.Request{Method: r.Header.Get("X-Method"), Path: r.URL.Path}
	visits.WithLabelValues(req.Method).Inc()
	visits.WithLabelValues(req.Path).Inc() // want `^nothing bounds r\.URL\.Path before it becomes label "who" of visits_total$`
}

func filled(w http.ResponseWriter, r *http.Request) {
	req := lib.Read(r)
	visits.WithLabelValues(req.Method).Inc()
	visits.WithLabelValues(string(req.Kind)).Inc()
	visits.WithLabelValues(req.ID).Inc() // want `^nothing bounds lib\.Read\(r\)\.ID, said to be unbounded, before it becomes label "who" of visits_total$`
}
