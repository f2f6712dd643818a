package ok

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

var (
	events = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "events_total"}, []string{"event"})
	builds = prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Name:        "build_info",
		ConstLabels: prometheus.Labels{"os": runtime.GOOS, "go": runtime.Version()},
	}, []string{"version", "host"})
)

const (
	created = "created"
	removed = "removed"
)

var version = "dev"

// Constants, and what the program was started with.
func constants(host, _ string) {
	events.WithLabelValues(created).Inc()
	events.With(prometheus.Labels{"event": removed}).Inc()
	kind := "full"
	if time.Now().Hour() < 6 {
		kind = "partial"
	}
	events.WithLabelValues("backup_" + kind).Inc()
	for _, event := range []string{"start", "stop"} {
		events.WithLabelValues(event).Inc()
	}
	builds.WithLabelValues(version, os.Getenv("POD_NAME")).Set(1)
	if name, err := os.Hostname(); err == nil {
		builds.WithLabelValues(version, name).Set(1)
	}
	builds.WithLabelValues(version, host).Set(1)
}

// Enumerations have few values, and say few words of themselves.
type state int

const (
	idle state = iota
	busy
	gone
)

func (s state) String() string {
	switch s {
	case idle:
		return "idle"
	case busy:
		return "busy"
	}
	return fmt.Sprintf("state(%d)", int(s))
}

type plan string

const (
	free plan = "free"
	paid plan = "paid"
)

type job struct {
	state state
	plan  plan
	tries int
	fast  bool
	kind  uint8
}

func enumerations(j job, s state, p plan) {
	events.WithLabelValues(s.String()).Inc()
	events.WithLabelValues(fmt.Sprint(s)).Inc()
	events.WithLabelValues(string(p)).Inc()
	events.WithLabelValues(j.state.String() + "_" + string(j.plan)).Inc()
	events.WithLabelValues(strconv.FormatBool(j.fast)).Inc()
	events.WithLabelValues(fmt.Sprintf("%t", j.fast)).Inc()
	events.WithLabelValues(strconv.Itoa(int(j.kind))).Inc()
	events.WithLabelValues(time.Now().Weekday().String()).Inc()
	events.WithLabelValues(strconv.Itoa(time.Now().Hour())).Inc()
}

// Loops count over what the program has.
func loops(shards []*job, n int) {
	for i := range shards {
		events.WithLabelValues(strconv.Itoa(i)).Inc()
	}
	for i := 0; i < 8; i++ {
		events.WithLabelValues(fmt.Sprintf("shard-%d", i)).Inc()
	}
	for i := range n {
		events.WithLabelValues("worker-" + strconv.Itoa(i)).Inc()
	}
}

// A hash of few buckets.
func bucket(w http.ResponseWriter, r *http.Request) {
	h := 0
	for _, c := range r.URL.Path {
		h = h*31 + int(c)
	}
	events.WithLabelValues(strconv.Itoa(h % 16)).Inc()
	events.WithLabelValues(strconv.Itoa(h & 0xf)).Inc()
	events.WithLabelValues(strconv.FormatBool(len(r.URL.Path) > 100)).Inc()
}

// Statuses.
type recorder struct {
	http.ResponseWriter
	status int
	wrote  bool
}

func (r *recorder) WriteHeader(status int) {
	r.status, r.wrote = status, true
	r.ResponseWriter.WriteHeader(status)
}

func statuses(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := &recorder{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(rec, r)
		events.WithLabelValues(strconv.Itoa(rec.status)).Inc()
		events.WithLabelValues(http.StatusText(rec.status)).Inc()
		events.WithLabelValues(fmt.Sprintf("%dxx", rec.status/100)).Inc()
		events.WithLabelValues(r.Proto).Inc()
		events.WithLabelValues(r.Pattern).Inc()
		events.WithLabelValues(r.Method).Inc()
		events.WithLabelValues(strings.ToLower(r.Method) + " " + r.Pattern).Inc()
	})
}

// The answers of other servers have few statuses, too.
func statusOf(resp *http.Response, err error) string {
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return "timeout"
	case err != nil:
		return "error"
	}
	return strconv.Itoa(resp.StatusCode)
}

func asked(client *http.Client) {
	resp, err := client.Get("http://upstream/health")
	events.WithLabelValues(statusOf(resp, err)).Inc()
	if err == nil {
		resp.Body.Close()
	}
}

func rpcs(err error) {
	events.WithLabelValues(status.Code(err).String()).Inc()
	if st, ok := status.FromError(err); ok {
		events.WithLabelValues(st.Code().String()).Inc()
	}
	code := codes.Internal
	events.WithLabelValues(code.String()).Inc()
}

// Errors that are variables have one text each.
var (
	errFull   = errors.New("full")
	errClosed = errors.New("closed")
)

func push(n int) error {
	if n > 100 {
		return errFull
	}
	if n < 0 {
		return errClosed
	}
	return nil
}

func pushes(ctx context.Context, n int) {
	if err := push(n); err != nil {
		events.WithLabelValues(err.Error()).Inc()
	}
	if err := ctx.Err(); err != nil {
		events.WithLabelValues(err.Error()).Inc()
	}
	events.WithLabelValues(fmt.Sprintf("%T", io.EOF)).Inc()
}

// What is not known to be without a bound says nothing.
func unknown(name string, list []string, m map[string]string, v any) {
	events.WithLabelValues(name).Inc()
	events.WithLabelValues(list...).Inc()
	events.With(m).Inc()
	events.WithLabelValues(fmt.Sprint(v)).Inc()
	for key, value := range m {
		events.WithLabelValues(key + value).Inc()
	}
}

// Request data in logs and answers is no label.
func logged(w http.ResponseWriter, r *http.Request) {
	log.Printf("%s %s from %s", r.Method, r.URL.Path, r.RemoteAddr)
	fmt.Fprintf(w, "hello %s", r.FormValue("name"))
	events.WithLabelValues("hello").Inc()
}

// The value of a metric may be anything.
func measured(w http.ResponseWriter, r *http.Request) {
	n, _ := strconv.Atoi(r.FormValue("n"))
	events.WithLabelValues("asked").Add(float64(n))
	builds.WithLabelValues(version, "local").Set(float64(r.ContentLength))
}
