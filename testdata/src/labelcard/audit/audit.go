package audit

import (
	"errors"
	"net/http"
	"os"

	"github.com/prometheus/client_golang/prometheus"
)

var requests = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "requests_total"}, []string{"method", "path"})

// The method is any word, though mostly one of few.
func serve(w http.ResponseWriter, r *http.Request) {
	requests.WithLabelValues(r.Method, "/").Inc() // want `^nothing bounds r\.Method before it becomes label "method" of requests_total$`
}

func scheme(w http.ResponseWriter, r *http.Request) {
	requests.With(prometheus.Labels{"method": r.URL.Scheme, "path": "/"}).Inc() // want `nothing bounds r\.URL\.Scheme before it becomes label "method"`
}

// One that is surely without a bound says so alone.
func both(w http.ResponseWriter, r *http.Request) {
	requests.WithLabelValues(r.Method, r.URL.Path).Inc() // want `^nothing bounds r\.URL\.Path before it becomes label "path" of requests_total$`
}

func sane(w http.ResponseWriter, r *http.Request) {
	method := r.Method
	switch method {
	case http.MethodGet, http.MethodPost:
	default:
		method = "other"
	}
	requests.WithLabelValues(method, "/").Inc()
}

func through(w http.ResponseWriter, r *http.Request) {
	count(r.Method) // want `^nothing bounds r\.Method before it becomes label "method" of requests_total \(count\)$`
}

func count(method string) { requests.WithLabelValues(method, "/").Inc() }

// There may be anything in the text of an error.
type backend interface{ Ping() error }

func ping(b backend) {
	if err := b.Ping(); err != nil {
		requests.WithLabelValues("PING", err.Error()).Inc() // want `\.Error\(\), the text of an error, before it becomes label "path" of requests_total`
	}
}

func failed(err error) { requests.WithLabelValues("FAIL", err.Error()).Inc() }

func pinged(b backend) {
	failed(errFull)
	failed(b.Ping())
}

var errFull = errors.New("full")

func full() { requests.WithLabelValues("FULL", errFull.Error()).Inc() }

func opened(path string) {
	if _, err := os.Open(path); err != nil {
		requests.WithLabelValues("OPEN", err.Error()).Inc() // want `\.Error\(\), the text of an error, before it becomes label "path" of requests_total`
	}
}
