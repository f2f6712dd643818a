// Package audit has containers that may only grow.
package audit

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"io"
	"net/http"
	"sync"
)

// Others may take out of what is exported.

var Sessions = map[string]string{}

func Login(w http.ResponseWriter, r *http.Request) {
	Sessions[r.FormValue("token")] = r.FormValue("user") // want `^Sessions only grows: Login adds an entry for each r.FormValue\("token"\), and nothing removes any$`
}

type Cache struct {
	mu    sync.Mutex
	Pages map[string][]byte
}

func (c *Cache) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.Pages[r.URL.Path] = []byte(r.UserAgent()) // want `^Pages only grows: ServeHTTP adds an entry for each r.URL.Path, and nothing removes any$`
}

// It is not known how long one lives.

type Resolver struct {
	mu    sync.Mutex
	addrs map[string]string
}

func NewResolver() *Resolver { return &Resolver{addrs: map[string]string{}} }

func (r *Resolver) Resolve(host string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	a, ok := r.addrs[host]
	if !ok {
		a = host + ".local"
		r.addrs[host] = a // want `^addrs only grows: Resolve adds an entry for each host, and nothing removes any$`
	}
	return a
}

// Nothing says how often it is called.

type Pool struct {
	routines []func(context.Context)
	lock     sync.Mutex
	ctx      context.Context
}

func (p *Pool) AddCtx(f func(context.Context)) {
	p.lock.Lock()
	p.routines = append(p.routines, f)
	p.lock.Unlock()
}

func (p *Pool) GoCtx(f func(context.Context)) {
	p.lock.Lock()
	p.routines = append(p.routines, f) // want `^routines only grows: GoCtx adds one more in each call, and nothing removes any$`
	go f(p.ctx)
	p.lock.Unlock()
}

func (p *Pool) Start() {
	for _, r := range p.routines {
		go r(p.ctx)
	}
}

var hooks []func()

func OnExit(f func()) {
	hooks = append(hooks, f) // want `^hooks only grows: OnExit adds one more in each call, and nothing removes any$`
}

var aliases = map[string]string{}

func SetAlias(name, target string) {
	aliases[name] = target // want `^aliases only grows: SetAlias adds an entry for each name, and nothing removes any$`
}

// A name that says that there are few.

var perRegion = map[string]int{}

func Track(ctx context.Context, region string) {
	perRegion[region]++ // want `^perRegion only grows: Track adds an entry for each region, and nothing removes any$`
}

// It is there to keep all that it is given.

type memoryStore struct {
	mu    sync.Mutex
	users map[string]string
}

var store = &memoryStore{users: map[string]string{}}

func (s *memoryStore) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users[r.URL.Path] = r.UserAgent() // want `^users only grows: ServeHTTP adds an entry for each r.URL.Path, and nothing removes any$`
}

// What is computed of the key spares the computing.

var sizes sync.Map

func Size(ctx context.Context, text string) int {
	if n, ok := sizes.Load(text); ok {
		return n.(int)
	}
	n := measure(text)
	sizes.Store(text, n) // want `^sizes only grows: Size adds an entry for each text, and nothing removes any$`
	return n
}

func measure(text string) int { return len(text) }

// Names mostly stand in the program's text.

type logger struct{ name string }

var (
	loggersMu sync.Mutex
	loggers   = map[string]*logger{}
)

func Logger(name string) *logger {
	loggersMu.Lock()
	defer loggersMu.Unlock()
	if l, ok := loggers[name]; ok {
		return l
	}
	l := &logger{name}
	loggers[name] = l // want `^loggers only grows: Logger adds an entry for each name, and nothing removes any$`
	return l
}

// Counted up and down: the entry stays, but keys come back.

type gauge struct {
	mu     sync.Mutex
	active map[string]int
}

var theGauge = &gauge{active: map[string]int{}}

func (g *gauge) Enter(ctx context.Context, id string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.active[id]++ // want `^active only grows: Enter adds an entry for each id, and nothing removes any$`
}

func (g *gauge) Leave(ctx context.Context, id string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.active[id]--
}

// Numbers may be few.

var marks = map[uint32]bool{}

func Mark(ctx context.Context, id uint32) {
	marks[id] = true // want `^marks only grows: Mark adds an entry for each id, and nothing removes any$`
}

// What a request adds leaves only with another request, which may never come.

type Handshakes struct {
	mu      sync.Mutex
	pending map[string]*handshake
}

type handshake struct{ user, provider string }

func NewHandshakes() *Handshakes { return &Handshakes{pending: map[string]*handshake{}} }

func token() (string, error) {
	b := make([]byte, 16)
	if _, err := io.ReadFull(rand.Reader, b); err != nil {
		return "", err
	}
	return hex.EncodeToString(b), nil
}

func (h *Handshakes) ServeBegin(w http.ResponseWriter, r *http.Request) {
	state, err := token()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	h.mu.Lock()
	h.pending[state] = &handshake{provider: r.FormValue("provider")} // want `^pending grows with requests: ServeBegin adds an entry for each state, and only Revoke removes one, when it is asked to$`
	h.mu.Unlock()
	http.Redirect(w, r, "/go?state="+state, http.StatusFound)
}

func (h *Handshakes) ServeEnd(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if p := h.pending[r.FormValue("state")]; p != nil {
		p.user = r.FormValue("user")
	}
}

func (h *Handshakes) Revoke(state string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.pending, state)
}
