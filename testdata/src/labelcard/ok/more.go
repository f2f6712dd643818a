package ok

import (
	"context"
	"encoding/json"
	"errors"
	"expvar"
	"fmt"
	"io"
	"io/fs"
	"math/rand"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/DataDog/datadog-go/v5/statsd"
	"github.com/IBM/sarama"
	vm "github.com/VictoriaMetrics/metrics"
	kit "github.com/go-kit/kit/metrics"
	"github.com/google/uuid"
	hashi "github.com/hashicorp/go-metrics"
	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/trace"
)

var more = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "more_total"}, []string{"what"})

// One id for the process, made once.
var (
	instance = uuid.NewString()
	started  = time.Now()
)

func init() {
	more.WithLabelValues(instance).Inc()
	more.WithLabelValues(started.Format(time.RFC3339)).Inc()
}

func run() {
	more.WithLabelValues(instance).Inc()
	more.WithLabelValues(strconv.Itoa(os.Getpid())).Inc()
	more.WithLabelValues(strconv.Itoa(rand.Intn(8))).Inc()
	more.WithLabelValues(strconv.Itoa(runtime.NumCPU())).Inc()
	more.WithLabelValues(time.Now().Month().String()).Inc()
	more.WithLabelValues(strconv.Itoa(time.Now().Year())).Inc()
	_, file, line, _ := runtime.Caller(0)
	more.WithLabelValues(fmt.Sprintf("%s:%d", filepath.Base(file), line)).Inc()
	more.WithLabelValues((5 * time.Second).String()).Inc()
}

// What a registry has bounds what is looked up in it.
type registry struct {
	sessions sync.Map
	users    map[string]*user
	mu       sync.RWMutex
	repo     repository
}

type user struct{ name, team string }

type repository interface {
	Find(ctx context.Context, name string) (*user, error)
	Has(name string) bool
}

func (g *registry) synced(w http.ResponseWriter, r *http.Request) {
	id := r.Header.Get("X-Session")
	if _, ok := g.sessions.Load(id); !ok {
		http.Error(w, "no session", http.StatusForbidden)
		return
	}
	more.WithLabelValues(id).Inc()
}

func (g *registry) find(name string) *user {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.users[name]
}

func (g *registry) exists(name string) (ok bool) {
	g.mu.RLock()
	defer g.mu.RUnlock()
	_, ok = g.users[name]
	return ok
}

func (g *registry) must(name string) (*user, error) {
	u := g.find(name)
	if u == nil {
		return nil, errors.New("no such user")
	}
	return u, nil
}

func (g *registry) nonNil(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("user")
	if g.find(name) == nil {
		return
	}
	more.WithLabelValues(name).Inc()
}

func (g *registry) told(w http.ResponseWriter, r *http.Request) {
	if name := r.FormValue("user"); g.exists(name) {
		more.WithLabelValues(name).Inc()
	}
}

func (g *registry) returned(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("user")
	u, err := g.must(name)
	if err != nil {
		return
	}
	more.WithLabelValues(u.team).Inc()
	more.WithLabelValues(name).Inc()
}

func (g *registry) asked(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("user")
	u, err := g.repo.Find(r.Context(), name)
	if err != nil {
		return
	}
	more.WithLabelValues(name).Inc()
	more.WithLabelValues(u.name).Inc()
	if other := r.FormValue("other"); g.repo.Has(other) {
		more.WithLabelValues(other).Inc()
	}
}

// Routers by hand.
func (g *registry) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	head, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	switch head {
	case "users", "teams":
		more.WithLabelValues(head).Inc()
	case "admin":
		switch rest {
		case "stats", "flush":
			more.WithLabelValues(head + "_" + rest).Inc()
		default:
			more.WithLabelValues(head + "_other").Inc()
		}
	default:
		http.NotFound(w, r)
	}
}

type route struct {
	name, path string
	serve      http.HandlerFunc
}

func serveAll(mux *http.ServeMux, list []route) {
	for _, rt := range list {
		mux.HandleFunc(rt.path, func(w http.ResponseWriter, r *http.Request) {
			more.WithLabelValues(rt.name + rt.path).Inc()
			rt.serve(w, r)
		})
	}
}

// A prefix table gives the name of the prefix.
var prefixes = []struct{ prefix, name string }{{"/api/", "api"}, {"/static/", "static"}}

func nameOf(path string) string {
	for _, p := range prefixes {
		if strings.HasPrefix(path, p.prefix) {
			return p.name
		}
	}
	return "other"
}

func prefixOf(path string) string {
	for _, p := range prefixes {
		if strings.HasPrefix(path, p.prefix) {
			return p.prefix
		}
	}
	return ""
}

func prefixed(w http.ResponseWriter, r *http.Request) {
	more.WithLabelValues(nameOf(r.URL.Path)).Inc()
	more.WithLabelValues(prefixOf(r.URL.Path)).Inc()
}

// The kind of an error, not its text.
func reason(err error) string {
	var netErr net.Error
	switch {
	case err == nil:
		return ""
	case errors.Is(err, io.EOF):
		return "eof"
	case errors.As(err, &netErr) && netErr.Timeout():
		return "timeout"
	}
	return "other"
}

func operation(err error) string {
	var pathErr *fs.PathError
	var opErr *net.OpError
	switch {
	case errors.As(err, &pathErr):
		return pathErr.Op
	case errors.As(err, &opErr):
		return opErr.Op + " " + opErr.Net
	}
	return "other"
}

type apiError struct {
	Code    string
	Message string
}

func (e *apiError) Error() string { return e.Code + ": " + e.Message }

func check(w http.ResponseWriter, r *http.Request) error {
	if r.FormValue("user") == "" {
		return &apiError{Code: "missing", Message: "no user"}
	}
	return &apiError{Code: "denied", Message: "not " + r.FormValue("user")}
}

func failed(w http.ResponseWriter, r *http.Request) {
	_, err := http.Get("http://upstream/")
	more.WithLabelValues(reason(err)).Inc()
	more.WithLabelValues(operation(err)).Inc()
	more.WithLabelValues(fmt.Sprintf("%T", err)).Inc()
	var e *apiError
	if errors.As(check(w, r), &e) {
		more.WithLabelValues(e.Code).Inc()
	}
}

// A proxy names its upstreams, not what is asked of them.
func proxy(target *url.URL) http.Handler {
	p := httputil.NewSingleHostReverseProxy(target)
	p.ModifyResponse = func(resp *http.Response) error {
		more.WithLabelValues(target.Host + " " + strconv.Itoa(resp.StatusCode)).Inc()
		return nil
	}
	p.ErrorHandler = func(w http.ResponseWriter, r *http.Request, err error) {
		more.WithLabelValues(target.Host + " " + reason(err)).Inc()
		w.WriteHeader(http.StatusBadGateway)
	}
	return p
}

// The answers of servers that the program asks.
func answered(client *http.Client) error {
	resp, err := client.Get("http://upstream/version")
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var v struct{ Version string }
	if err := json.NewDecoder(resp.Body).Decode(&v); err != nil {
		return err
	}
	more.WithLabelValues(v.Version).Inc()
	return nil
}

// Where it listens itself.
func listening(l net.Listener) error {
	more.WithLabelValues(l.Addr().String()).Inc()
	conn, err := l.Accept()
	if err != nil {
		return err
	}
	defer conn.Close()
	more.WithLabelValues(conn.LocalAddr().String()).Inc()
	more.WithLabelValues(conn.RemoteAddr().Network()).Inc()
	return nil
}

func answer(w http.ResponseWriter, r *http.Request) {
	addr, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	more.WithLabelValues(addr.String()).Inc()
	if r.TLS != nil {
		more.WithLabelValues(strconv.Itoa(int(r.TLS.Version))).Inc()
	}
}

// Topics and partitions.
func consume(msg *sarama.ConsumerMessage) {
	more.WithLabelValues(msg.Topic).Inc()
	more.WithLabelValues(strconv.Itoa(int(msg.Partition))).Inc()
}

func echoStatus(c echo.Context) {
	more.WithLabelValues(strconv.Itoa(c.Response().Status)).Inc()
	more.WithLabelValues(c.Path() + " " + c.Request().Method).Inc()
}

// The same in other libraries.
func others(client *statsd.Client, count kit.Counter, tracer trace.Tracer) http.HandlerFunc {
	hits := expvar.NewMap("ok_hits")
	return func(w http.ResponseWriter, r *http.Request) {
		_, span := tracer.Start(r.Context(), r.Method+" "+r.Pattern)
		defer span.End()
		name := nameOf(r.URL.Path)
		vm.GetOrCreateCounter(fmt.Sprintf(`requests_total{path=%q,method=%q}`, name, r.Method)).Inc()
		hashi.IncrCounterWithLabels([]string{"http", r.Method}, 1, []hashi.Label{{Name: "path", Value: name}})
		count.With("path", name, "code", strconv.Itoa(http.StatusOK)).Add(1)
		_ = client.Incr("requests", []string{"path:" + name, "env:" + os.Getenv("ENV")}, 1)
		hits.Add(name, 1)
		switch r.URL.Path {
		case "/a", "/b":
			hits.Add(r.URL.Path, 1)
			vm.GetOrCreateCounter(`hits_total{path="` + r.URL.Path + `"}`).Inc()
		}
	}
}

// Metrics that are made for each of a list of names.
type gauges struct{ byName map[string]prometheus.Gauge }

func newGauges(names []string, reg prometheus.Registerer) *gauges {
	g := &gauges{byName: map[string]prometheus.Gauge{}}
	for _, name := range names {
		m := prometheus.NewGauge(prometheus.GaugeOpts{Name: name + "_depth", ConstLabels: prometheus.Labels{"queue": name}})
		reg.MustRegister(m)
		g.byName[name] = m
	}
	return g
}

func (g *gauges) set(w http.ResponseWriter, r *http.Request) {
	if m, ok := g.byName[r.FormValue("queue")]; ok {
		m.Set(1)
	}
}

// A flag that only the caller knows.
func toggled(w http.ResponseWriter, r *http.Request, withPath bool) {
	path := ""
	if withPath && false {
		path = r.URL.Path
	}
	more.WithLabelValues(path).Inc()
}

// A check with a lock, and an error for all that is not there.
func (g *registry) check(name string) error {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if _, ok := g.users[name]; !ok {
		return fmt.Errorf("no user %q", name)
	}
	return nil
}

func (g *registry) checked(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("user")
	if err := g.check(name); err != nil {
		return
	}
	more.WithLabelValues(name).Inc()
}

func (g *registry) teamOf(name string) string {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if u, ok := g.users[name]; ok {
		return u.team
	}
	return "none"
}

func (g *registry) counted(w http.ResponseWriter, r *http.Request) {
	more.WithLabelValues(g.teamOf(r.FormValue("user"))).Inc()
}
