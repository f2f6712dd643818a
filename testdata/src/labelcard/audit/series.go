package audit

import "github.com/prometheus/client_golang/prometheus"

// users come and go, but their series stay.
type users struct {
	online map[string]*user
	sent   *prometheus.CounterVec
}

type user struct{ name string }

func newUsers() *users {
	return &users{
		online: map[string]*user{},
		sent:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "sent_total"}, []string{"user"}),
	}
}

func (u *users) Join(name string) { u.online[name] = &user{name: name} }

func (u *users) Leave(name string) { delete(u.online, name) }

func (u *users) Send(to *user) {
	u.sent.WithLabelValues(to.name).Inc() // want `^no series of sent_total is ever deleted: each new label "user" adds some$`
}

// Vectors that somebody else may delete from.
type shared struct {
	open map[string]bool
	hits *prometheus.CounterVec
}

func newShared(clean func(*prometheus.CounterVec)) *shared {
	s := &shared{open: map[string]bool{}, hits: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "hits_total"}, []string{"name"})}
	clean(s.hits)
	return s
}

func (s *shared) Hit(name string) { s.hits.WithLabelValues(name).Inc() }

func (s *shared) Drop(name string) { delete(s.open, name) }

// A registerer of its own for each stays with all that it registered.
type plugin struct{ calls prometheus.Counter }

type host struct{ plugins map[string]*plugin }

func (h *host) Add(name string, reg prometheus.Registerer) {
	own := prometheus.WrapRegistererWith(prometheus.Labels{"plugin": name}, reg) // want `^nothing unregisters what is registered with a new label "plugin" here$`
	p := &plugin{calls: prometheus.NewCounter(prometheus.CounterOpts{Name: "plugin_calls_total"})}
	own.MustRegister(p.calls)
	h.plugins[name] = p
}

func (h *host) Remove(name string) { delete(h.plugins, name) }
