// Package lib says by directives how many values there are.
package lib

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
)

var visits = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "visits_total"}, []string{"who"})

var lookup func(string) string

// Plan hides that it returns one of three names.
//
//leakvet:bounded
func Plan(r *http.Request) string { return lookup(r.Header.Get("X-Plan")) }

// Page does not, and shows that it takes what clients send.
func Page(r *http.Request) string { return r.URL.Path }

// Token hides that each is new.
//
//leakvet:unbounded
func Token() (string, error) { return lookup(""), nil }

// Name does not say how many there are.
func Name() string { return lookup("") }

// Region is one of a few, which are read from a file.
//
//leakvet:bounded
type Region string

// Zone is none.
type Zone string

// Tenants maps hosts to tenants.
var Tenants = map[string]string{} //leakvet:bounded

// Owner is set for each request.
var Owner string //leakvet:unbounded

// Build is set by the linker.
var Build string

// Request is what has been read.
type Request struct {
	Method string //leakvet:bounded // by the router
	Path   string
	ID     string //leakvet:unbounded
	Kind   Region
}

// Namer is implemented by whoever uses the package.
type Namer interface {
	// Name returns one of a few.
	Name(r *http.Request) string //leakvet:bounded

	// ID returns a new one.
	ID() string //leakvet:unbounded

	// Text may return anything.
	Text(r *http.Request) string
}

// Read reads.
func Read(r *http.Request) *Request {
	return &Request{Method: r.Method, Path: r.URL.Path, ID: r.Header.Get("X-ID"), Kind: Region(r.Host)}
}

// Without facts, directives say the same.
func handle(w http.ResponseWriter, r *http.Request, n Namer, req *Request) {
	visits.WithLabelValues(Plan(r)).Inc()
	visits.WithLabelValues(Page(r)).Inc() // want `^nothing bounds r\.URL\.Path before it becomes label "who" of visits_total$`
	visits.WithLabelValues(n.Name(r)).Inc()
	visits.WithLabelValues(string(Region(r.Host))).Inc()
	visits.WithLabelValues(Tenants[r.Host]).Inc()
}

func ids(w http.ResponseWriter, r *http.Request, n Namer, req *Request) {
	visits.WithLabelValues(n.ID()).Inc() // want `^nothing bounds n\.ID\(\), said to be unbounded, before it becomes label "who" of visits_total$`
	visits.WithLabelValues(n.Text(r)).Inc()
	visits.WithLabelValues(Name()).Inc()
}

func tokens(w http.ResponseWriter, r *http.Request, req *Request) {
	token, _ := Token()
	visits.WithLabelValues(token).Inc() // want `^nothing bounds lib\.Token\(\), said to be unbounded, before it becomes label "who" of visits_total$`
}

func fields(w http.ResponseWriter, r *http.Request, req *Request) {
	visits.WithLabelValues(req.ID).Inc() // want `^nothing bounds req\.ID, said to be unbounded, before it becomes label "who" of visits_total$`
	visits.WithLabelValues(string(req.Kind)).Inc()
}

func owner(w http.ResponseWriter, r *http.Request) {
	visits.WithLabelValues(Owner).Inc() // want `^nothing bounds Owner, said to be unbounded, before it becomes label "who" of visits_total$`
	visits.WithLabelValues(Build).Inc()
}
