// Package lib is what several services share.
package lib

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
)

// Requests is counted by all services.
var Requests = prometheus.NewCounterVec(prometheus.CounterOpts{
	Namespace: "lib",
	Name:      "requests_total",
}, []string{"service", "path"})

var latency = prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "lib_seconds"}, []string{"path", "code"})

// Instrument is the mistake; those who use it make none.
func Instrument(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		next.ServeHTTP(w, r)
		latency.WithLabelValues(r.URL.Path, "200").Observe(time.Since(start).Seconds()) // want `^nothing bounds r\.URL\.Path before it becomes label "path" of lib_seconds$`
	})
}

// Seen picks the part of the request itself; whether a client has sent it, only
// those who call it know.
func Seen(r *http.Request) {
	Requests.WithLabelValues("any", r.URL.Path).Inc()
}

// Observe makes a label of what it is given.
func Observe(path string, code int, start time.Time) {
	latency.WithLabelValues(path, strconv.Itoa(code)).Observe(time.Since(start).Seconds())
}

// ObserveSince hands it on.
func ObserveSince(path string, start time.Time) { Observe(path, http.StatusOK, start) }

// Count takes all labels at once.
func Count(labels prometheus.Labels) { Requests.With(labels).Inc() }

// ClientIP returns the address of the client, as a proxy tells it.
func ClientIP(r *http.Request) string {
	if via := r.Header.Get("X-Forwarded-For"); via != "" {
		first, _, _ := strings.Cut(via, ",")
		return first
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// NewID returns an id.
func NewID() string { return "job-" + uuid.NewString() }

// Trim leaves as many values as there were.
func Trim(path string) string { return strings.Trim(strings.ToLower(path), "/") }

// Normalize returns one of few values.
func Normalize(path string) string {
	switch {
	case path == "/":
		return "root"
	case strings.HasPrefix(path, "/api/"):
		return "api"
	}
	return "other"
}

// Plan returns one of few values, its argument among them.
func Plan(name string) string {
	if name == "free" || name == "paid" {
		return name
	}
	return "other"
}

var regions = []string{"eu", "us"}

// IsRegion tells whether it is one of few.
func IsRegion(name string) bool { return slices.Contains(regions, name) }

// CheckRegion fails for all but few.
func CheckRegion(name string) error {
	if !slices.Contains(regions, name) {
		return fmt.Errorf("no region %q", name)
	}
	return nil
}

// CheckName bounds nothing.
func CheckName(name string) error {
	if len(name) > 63 {
		return errors.New("name too long")
	}
	return nil
}

// Store is implemented here alone.
type Store interface {
	Get(ctx context.Context, key string) (string, error)
}

type store struct{ reads *prometheus.CounterVec }

// Open returns the one store.
func Open() Store {
	return &store{reads: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "store_reads_total"}, []string{"key"})}
}

func (s *store) Get(ctx context.Context, key string) (string, error) {
	s.reads.WithLabelValues(key).Inc()
	return "", ctx.Err()
}

// Metrics holds what a service counts.
type Metrics struct {
	Visits *prometheus.CounterVec
	Rooms  *prometheus.GaugeVec
	calls  metric.Int64Counter
}

// New makes them.
func New() *Metrics {
	return &Metrics{
		Visits: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "visits_total"}, []string{"page"}),
		Rooms:  prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "rooms"}, []string{"room"}),
	}
}

// Leave ends a room.
func (m *Metrics) Leave(room string) { m.Rooms.DeleteLabelValues(room) }

// Enter counts a room.
func (m *Metrics) Enter(room string) { m.Rooms.WithLabelValues(room).Inc() }

// Visit counts a page.
func (m *Metrics) Visit(page string) { m.Visits.WithLabelValues(page).Inc() }

// Call counts a call.
func (m *Metrics) Call(ctx context.Context, who string) {
	m.calls.Add(ctx, 1, metric.WithAttributes(attribute.String("who", who)))
}

// Request is what handlers get.
type Request struct {
	Tenant string
	Kind   string
	Raw    *http.Request
}

// From takes a request apart.
func From(w http.ResponseWriter, r *http.Request) *Request {
	return &Request{Tenant: r.Header.Get("X-Tenant"), Kind: Plan(r.FormValue("kind")), Raw: r}
}
