// Package app is one of the services that use lib.
package app

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"labelcard/cross/lib"
)

var visitors = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "visitors_total"}, []string{"client"})

type app struct {
	metrics *lib.Metrics
	store   lib.Store
}

// Nothing is wrong here, but in lib.
func routes(a *app) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/files/", a.files)
	mux.HandleFunc("/users/", a.users)
	return lib.Instrument(mux)
}

func (a *app) files(w http.ResponseWriter, r *http.Request) {
	defer lib.Observe(r.URL.Path, 200, time.Now()) // want `^nothing bounds r\.URL\.Path before it becomes label "path" of lib_seconds \(Observe\)$`
	lib.Seen(r)                                    // want `^nothing bounds r\.URL\.Path before it becomes label "path" of lib_requests_total \(Seen\)$`
}

// That Seen is wrong has been said.
func (a *app) users(w http.ResponseWriter, r *http.Request) {
	defer lib.ObserveSince(r.URL.Path, time.Now()) // want `^nothing bounds r\.URL\.Path before it becomes label "path" of lib_seconds \(ObserveSince → Observe\)$`
	lib.Seen(r)
}

// The vector has its name from there.
func (a *app) direct(w http.ResponseWriter, r *http.Request) {
	lib.Requests.WithLabelValues("app", r.URL.Path).Inc()          // want `^nothing bounds r\.URL\.Path before it becomes label "path" of lib_requests_total$`
	a.metrics.Visits.WithLabelValues(r.PathValue("page")).Inc()    // want `^nothing bounds r\.PathValue\("page"\) before it becomes label "page" of visits_total$`
	lib.Count(prometheus.Labels{"service": "app", "path": r.Host}) // want `nothing bounds r\.Host before it becomes .*label.* of lib_requests_total \(Count\)`
}

func (a *app) methods(w http.ResponseWriter, r *http.Request) {
	a.metrics.Visit(r.URL.Path)                         // want `^nothing bounds r\.URL\.Path before it becomes label "page" of visits_total \(Visit\)$`
	a.metrics.Call(r.Context(), r.UserAgent())          // want `^nothing bounds r\.UserAgent\(\) before it becomes attribute "who" \(Call\)$`
	_, _ = a.store.Get(r.Context(), r.FormValue("key")) // want `^nothing bounds r\.FormValue\("key"\) before it becomes label "key" of store_reads_total \(Get\)$`
}

// What lib's functions return.
func (a *app) results(w http.ResponseWriter, r *http.Request) {
	visitors.WithLabelValues(lib.ClientIP(r)).Inc()      // want `nothing bounds .* before it becomes label "client" of visitors_total`
	visitors.WithLabelValues(lib.Trim(r.URL.Path)).Inc() // want `^nothing bounds r\.URL\.Path before it becomes label "client" of visitors_total$`
	visitors.WithLabelValues(lib.NewID()).Inc()          // want `a new id, before it becomes label "client" of visitors_total`
}

// A struct of lib's.
func (a *app) fields(w http.ResponseWriter, r *http.Request) {
	req := &lib.Request{Tenant: r.Header.Get("X-Tenant"), Kind: "fixed"}
	visitors.WithLabelValues(req.Tenant).Inc() // want `^nothing bounds r\.Header\.Get\("X-Tenant"\) before it becomes label "client" of visitors_total$`
	visitors.WithLabelValues(req.Kind).Inc()
}

// Few values.
func (a *app) finite(w http.ResponseWriter, r *http.Request) {
	lib.Observe(lib.Normalize(r.URL.Path), 200, time.Now())
	a.metrics.Visit(lib.Plan(r.FormValue("plan")))
	visitors.WithLabelValues(lib.Plan(r.FormValue("plan"))).Inc()
	lib.ObserveSince("/files", time.Now())
	a.metrics.Enter(r.PathValue("room"))
	a.metrics.Rooms.WithLabelValues(r.PathValue("room")).Inc()
	if region := r.FormValue("region"); lib.IsRegion(region) {
		visitors.WithLabelValues(region).Inc()
	}
	region := r.FormValue("to")
	if err := lib.CheckRegion(region); err != nil {
		return
	}
	visitors.WithLabelValues(region).Inc()
}

// What a check in another package accepts is not known.
func (a *app) long(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	if err := lib.CheckName(name); err != nil {
		return
	}
	visitors.WithLabelValues(name).Inc()
}
