// Package lib says by directives what bounds containers.
package lib

import (
	"net/http"
	"sync"
)

// Map hides how it forgets.
type Map struct {
	mu sync.Mutex
	m  map[string]string
}

var forget func(any, string)

// Set adds an entry.
func (m *Map) Set(key, value string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.m == nil {
		m.m = map[string]string{}
	}
	m.m[key] = value
}

// Get reads one.
func (m *Map) Get(key string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.m[key]
}

// Forget takes one out.
//
//leakvet:shrinks
func (m *Map) Forget(key string) {}

// Touch does not.
func (m *Map) Touch(key string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	_ = m.m[key]
}

// Drain takes all out.
//
//leakvet:shrinks m
func Drain(m map[string]string) { _ = m["a"] }

// Look does not.
func Look(m map[string]string) { _ = m["a"] }

// Hosts has an entry for each host that we serve.
//
//leakvet:bounded
type Hosts map[string]int

// Names has any number of them.
type Names map[string]int

// Region is one of a few.
//
//leakvet:bounded
type Region string

// Without facts, directives say the same.

var (
	seen  = map[string]string{} // no directive
	known = map[string]string{} //leakvet:bounded // by the configuration

	hosts Hosts = map[string]int{}
	names Names = map[string]int{}

	drained = map[string]string{}
	looked  = map[string]string{}
	regions = map[Region]int{}
)

func visit(w http.ResponseWriter, r *http.Request) {
	seen[r.URL.Path] = "a" // want `^seen only grows: visit adds an entry for each r\.URL\.Path, and nothing removes any$`
	known[r.URL.Path] = "a"
	hosts[r.Host] = 1
	names[r.Host] = 1 // want `^names only grows: visit adds an entry for each r\.Host, and nothing removes any$`
	drained[r.Host] = "a"
	looked[r.Host] = "a" // want `^looked only grows: visit adds an entry for each r\.Host, and nothing removes any$`
	regions[Region(r.Host)] = 1
}

func sweep(w http.ResponseWriter, r *http.Request) {
	Drain(drained)
	Look(looked)
}

type server struct {
	//leakvet:bounded
	paths map[string]int
	peers map[string]int
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.paths[r.URL.Path] = 1
	s.peers[r.RemoteAddr] = 1 // want `^peers only grows: ServeHTTP adds an entry for each r\.RemoteAddr, and nothing removes any$`
}

// table forgets by itself what is in it: that its method shrinks it says so.
type table struct{ rows map[string]int }

//leakvet:shrinks
func (t *table) tidy() {}

func (t *table) ServeHTTP(w http.ResponseWriter, r *http.Request) { t.rows[r.URL.Path] = 1 }
