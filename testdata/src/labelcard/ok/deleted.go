package ok

import (
	"net/http"
	"strconv"
	"sync"

	vm "github.com/VictoriaMetrics/metrics"
	"github.com/prometheus/client_golang/prometheus"
)

// rooms has a series for each room that is open.
type rooms struct {
	mu    sync.Mutex
	open  map[string]*room
	users *prometheus.GaugeVec
	lines *prometheus.CounterVec
}

type room struct {
	id    string
	users int
}

func newRooms() *rooms {
	return &rooms{
		open:  map[string]*room{},
		users: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "room_users"}, []string{"room"}),
		lines: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "room_lines_total"}, []string{"room"}),
	}
}

func (s *rooms) enter(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := r.PathValue("room")
	if s.open[id] == nil {
		s.open[id] = &room{id: id}
	}
	s.open[id].users++
	s.users.WithLabelValues(id).Inc()
	s.lines.WithLabelValues(id).Inc()
}

func (s *rooms) close(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, id)
	s.users.DeleteLabelValues(id)
	s.lines.DeletePartialMatch(prometheus.Labels{"room": id})
}

// Each scrape starts anew.
var inFlight = prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "in_flight"}, []string{"path"})

type board struct {
	mu    sync.Mutex
	paths map[string]int
}

func (b *board) serve(w http.ResponseWriter, r *http.Request) {
	inFlight.WithLabelValues(r.URL.Path).Inc()
	defer inFlight.WithLabelValues(r.URL.Path).Dec()
}

func (b *board) refresh() {
	inFlight.Reset()
	for path, n := range b.paths {
		inFlight.WithLabelValues(path).Set(float64(n))
	}
}

// A curried vector is the vector.
var perTenant = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "per_tenant_total"}, []string{"tenant", "op"})

func countFor(w http.ResponseWriter, r *http.Request) {
	ops := perTenant.MustCurryWith(prometheus.Labels{"tenant": r.Header.Get("X-Tenant")})
	ops.WithLabelValues("read").Inc()
}

func dropTenant(id string) { perTenant.Delete(prometheus.Labels{"tenant": id, "op": "read"}) }

// A set goes with the client that it is about.
type client struct {
	set  *vm.Set
	addr string
}

func newClient(w http.ResponseWriter, r *http.Request) *client {
	c := &client{set: vm.NewSet(), addr: r.RemoteAddr}
	c.set.GetOrCreateCounter(`requests_total{addr="` + r.RemoteAddr + `"}`).Inc()
	return c
}

func (c *client) close() {
	vm.UnregisterSet(c.set, true)
	c.set.UnregisterAllMetrics()
}

// A collector makes its metrics for each scrape: what is gone is gone.
type collector struct {
	mu       sync.Mutex
	sessions map[string]int
	desc     *prometheus.Desc
}

func (c *collector) login(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sessions[r.FormValue("user")]++
}

func (c *collector) logout(user string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.sessions, user)
}

func (c *collector) Describe(ch chan<- *prometheus.Desc) { ch <- c.desc }

func (c *collector) Collect(ch chan<- prometheus.Metric) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for user, n := range c.sessions {
		ch <- prometheus.MustNewConstMetric(c.desc, prometheus.GaugeValue, float64(n), user)
	}
	ch <- prometheus.MustNewConstMetric(c.desc, prometheus.GaugeValue, 1, strconv.Itoa(len(c.sessions)))
}
