package a

import (
	"iter"
	"maps"
	"net/http"
	"sync"
)

// Containers under other names.

var aliased = map[string]bool{}

func alias(w http.ResponseWriter, r *http.Request) {
	m := aliased
	m[r.URL.Path] = true // want `^aliased only grows: alias adds an entry for each r.URL.Path, and nothing removes any$`
}

var (
	readers = map[string]int{}
	writers = map[string]int{}
)

// One place tells of one of them.
func either(w http.ResponseWriter, r *http.Request) {
	m := readers
	if r.Method == http.MethodPost {
		m = writers
	}
	m[r.RemoteAddr]++ // want `^readers only grows: either adds an entry for each r.RemoteAddr, and nothing removes any$`
}

var made map[string]int

// A map that is made when it is needed is not a new one.
func lazy(w http.ResponseWriter, r *http.Request) {
	if made == nil {
		made = make(map[string]int)
	}
	made[r.URL.Path]++ // want `^made only grows: lazy adds an entry`
}

var handed = map[string]string{}

func put(m map[string]string, key, value string) {
	m[key] = value
}

func hand(w http.ResponseWriter, r *http.Request) {
	put(handed, r.URL.Path, r.UserAgent()) // want `^handed only grows: hand adds an entry for each r.URL.Path, and nothing removes any$`
}

// A getter in the package.

type directory struct {
	mu     sync.Mutex
	owners map[string]string
}

func (d *directory) all() map[string]string { return d.owners }

func (d *directory) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.all()[r.URL.Path] = r.FormValue("owner") // want `^owners only grows: ServeHTTP adds an entry`
}

// By address.

var byAddress = map[string]int{}

func increment(m *map[string]int, key string) {
	(*m)[key]++
}

func address(w http.ResponseWriter, r *http.Request) {
	increment(&byAddress, r.URL.Path) // want `^byAddress only grows: address adds an entry for each r.URL.Path, and nothing removes any$`
}

// In a literal that captures the map's name.

var captured = map[string]int{}

func capture(w http.ResponseWriter, r *http.Request) {
	m := captured
	add := func(key string) {
		m[key]++ // want `^captured only grows: capture adds an entry`
	}
	add(r.URL.Path)
}

// Of a generic type.

type registry[K comparable, V any] struct {
	mu      sync.Mutex
	entries map[K]V
}

func (r *registry[K, V]) getOrAdd(key K, mk func() V) V {
	r.mu.Lock()
	defer r.mu.Unlock()
	if v, ok := r.entries[key]; ok {
		return v
	}
	v := mk()
	r.entries[key] = v // want `^entries only grows: getOrAdd adds an entry for each key, and nothing removes any$`
	return v
}

var clients = &registry[string, *http.Client]{entries: map[string]*http.Client{}}

func clientOf(w http.ResponseWriter, r *http.Request) {
	clients.getOrAdd(r.Host, func() *http.Client { return &http.Client{} })
}

// Embedded by value.

type store struct{ items map[string]string }

func (s *store) put(key, value string) {
	s.items[key] = value // want `^items only grows: put adds an entry for each key, and nothing removes any$`
}

type service struct {
	store
	mu sync.Mutex
}

func newService() *service { return &service{store: store{items: map[string]string{}}} }

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.put(r.URL.Path, r.UserAgent())
}

// Behind pointers.

type tables struct{ rows map[string]int }

type engine struct {
	mu     sync.Mutex
	tables *tables
}

func newEngine() *engine { return &engine{tables: &tables{rows: map[string]int{}}} }

func (e *engine) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.tables.rows[r.URL.Path]++ // want `^rows only grows: ServeHTTP adds an entry`
}

// In the body of a range over a function.

var headers = map[string]bool{}

func keys(r *http.Request) iter.Seq[string] { return maps.Keys(r.Header) }

func note(w http.ResponseWriter, r *http.Request) {
	for key := range keys(r) {
		headers[key] = true // want `^headers only grows: note adds an entry for each key, and nothing removes any$`
	}
}

// A named map type with methods.

type counts map[string]int

func (c counts) add(key string) {
	c[key]++
}

var perPath = counts{}

func count(w http.ResponseWriter, r *http.Request) {
	perPath.add(r.URL.Path) // want `^perPath only grows: count adds an entry for each r.URL.Path, and nothing removes any$`
}

// Copied into.

var merged = map[string][]string{}

func merge(w http.ResponseWriter, r *http.Request) {
	maps.Copy(merged, r.Form) // want `^merged only grows: merge adds`
}
