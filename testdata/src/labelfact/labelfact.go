// Package labelfact states what its functions make labels of, where their
// results come from, and which vectors it holds.
package labelfact

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"
)

var (
	Requests = prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "app", Subsystem: "http", Name: "requests_total"}, []string{"path", "code"}) // want Requests:`^vector app_http_requests_total\(path, code\)$`
	Rooms    = prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "rooms"}, []string{"room"})                                                           // want Rooms:`^vector rooms\(room\), forgotten$`
	hidden   = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "hidden_total"}, []string{"what"})
	Limit    = 10
)

// Metrics holds vectors in fields.
type Metrics struct {
	Visits *prometheus.CounterVec // want Visits:`^vector visits_total\(page\)$`
	Users  *prometheus.GaugeVec   // want Users:`^vector users\(user\), forgotten$`
	Given  *prometheus.CounterVec
	calls  *prometheus.CounterVec
}

func New(given *prometheus.CounterVec) *Metrics {
	return &Metrics{
		Visits: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "visits_total"}, []string{"page"}),
		Users:  prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "users"}, []string{"user"}),
		Given:  given,
		calls:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "calls_total"}, []string{"who"}),
	}
}

func Leave(room string) { Rooms.DeleteLabelValues(room) }

func (m *Metrics) Logout(user string) { m.Users.DeleteLabelValues(user) }

// What becomes a label, and on which way.

func Direct(path string) { Requests.WithLabelValues(path, "200").Inc() } // want Direct:`^param 0 becomes label "path" of app_http_requests_total$`

func Both(path, code string) { // want Both:`^param 0 becomes label "path" of app_http_requests_total; param 1 becomes label "code" of app_http_requests_total$`
	Requests.WithLabelValues(path, code).Inc()
}

func Second(_, what string) { hidden.WithLabelValues(what).Inc() } // want Second:`^param 1 becomes label "what" of hidden_total$`

func Lower(path string) { // want Lower:`^param 0 becomes label "path" of app_http_requests_total$`
	Requests.With(prometheus.Labels{"path": strings.ToLower(path), "code": "200"}).Inc()
}

func Through(path string) { Direct(path) } // want Through:`^param 0 becomes label "path" of app_http_requests_total in Direct$`

func Farther(path string) { through(path) } // want Farther:`^param 0 becomes label "path" of app_http_requests_total in through, Direct$`

func through(path string) { Direct(path) }

func Later(path string) func() { // want Later:`^param 0 becomes label "path" of app_http_requests_total$`
	return func() { Requests.WithLabelValues(path, "200").Inc() }
}

func Part(r *http.Request) { // want Part:`^param 0.URL.Path becomes label "path" of app_http_requests_total$`
	Requests.WithLabelValues(r.URL.Path, "200").Inc()
}

func Deeper(r *http.Request) { Part(r) } // want Deeper:`^param 0.URL.Path becomes label "path" of app_http_requests_total in Part$`

func (m *Metrics) Visit(page string) { m.Visits.WithLabelValues(page).Inc() } // want Visit:`^param 1 becomes label "page" of visits_total$`

func (m *Metrics) Call(who string) { m.calls.WithLabelValues(who).Inc() } // want Call:`^param 1 becomes label "who" of calls_total$`

// What is deleted, bounded or surely wrong is nobody else's business.

func Enter(room string) { Rooms.WithLabelValues(room).Inc() }

func Checked(path string) {
	if path == "/" || path == "/health" {
		Requests.WithLabelValues(path, "200").Inc()
	}
}

func Handle(w http.ResponseWriter, r *http.Request) {
	Requests.WithLabelValues(r.URL.Path, "200").Inc()
}

func Fixed(path string) { Requests.WithLabelValues("/", "200").Inc() }

// Where results come from.

func NewID() string { return "job-" + uuid.NewString() } // want NewID:`^result 0 is uuid.NewString\(\), a new id$`

func Trim(path string) string { return strings.Trim(path, "/") } // want Trim:`^result 0 is finite, depends on param 0$`

func Join(a, b string) string { return a + "/" + b } // want Join:`^result 0 is finite, depends on param 0, depends on param 1$`

func Agent(r *http.Request) string { return r.UserAgent() } // want Agent:`^result 0 is finite, depends on param 0$`

func Host(r *http.Request) string { return strings.ToLower(r.Host) } // want Host:`^result 0 is finite, depends on param 0.Host$`

func Kind(path string) string { // want Kind:`^result 0 is finite$`
	if strings.HasPrefix(path, "/api/") {
		return "api"
	}
	return "page"
}

func Plan(name string) string { // want Plan:`^result 0 is finite$`
	switch name {
	case "free", "paid":
		return name
	}
	return "other"
}

func Cut(path string) (first, rest string) { // want Cut:`^result 0 is finite, depends on param 0; result 1 is finite, depends on param 0$`
	first, rest, _ = strings.Cut(path, "/")
	return first, rest
}

func Tagged(path string) (string, error) { // want Tagged:`result 0 is uuid.NewString\(\), a new id, depends on param 0$`
	if path == "" {
		return "", fmt.Errorf("no path")
	}
	return path + uuid.NewString(), nil
}

func Unseen(path string) string { return other(path) }

var other func(string) string

func Count(path string) int { return len(path) }
