package a

import (
	"net/http"
	"sync"
)

// A server that main makes.

type front struct {
	mu   sync.Mutex
	seen map[string]int
}

func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.seen[r.RemoteAddr]++ // want `^seen only grows: ServeHTTP adds an entry for each r.RemoteAddr, and nothing removes any$`
}

func Main() error {
	f := &front{seen: map[string]int{}}
	server := &http.Server{Handler: f}
	return server.ListenAndServe()
}

// A handler by value.

type byValue struct{ paths map[string]int }

func (v byValue) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v.paths[r.URL.Path]++ // want `^paths only grows: ServeHTTP adds an entry`
}

func register() { http.Handle("/", byValue{paths: map[string]int{}}) }

// A literal that captures it.

type results struct {
	mu   sync.Mutex
	last map[string]int
	mux  *http.ServeMux
}

func newResults() *results {
	a := &results{last: map[string]int{}, mux: http.NewServeMux()}
	a.mux.HandleFunc("/x/", func(w http.ResponseWriter, r *http.Request) {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.last[r.URL.Path]++ // want `^last only grows: newResults adds an entry`
	})
	return a
}

// Two hold each other, and one is held by a variable.

type center struct {
	mu   sync.Mutex
	seen map[string]int
	nave *nave
}

type nave struct {
	srv  *center
	subs map[string]int
}

func (c *center) attach() { c.nave = &nave{srv: c, subs: map[string]int{}} }

func (h *nave) add(k string) {
	h.subs[k]++ // want `^subs only grows: add adds an entry`
}

func (c *center) add(k string) {
	c.seen[k]++ // want `^seen only grows: add adds an entry`
	c.nave.add(k)
}

var theCenter *center

func start() {
	c := &center{seen: map[string]int{}}
	c.attach()
	theCenter = c
}

func enter(w http.ResponseWriter, r *http.Request) { theCenter.add(r.URL.Path) }

// Two maps through one helper.

var first, second = map[string]int{}, map[string]int{}

func bump(m map[string]int, k string) { m[k]++ }

func both(w http.ResponseWriter, r *http.Request) {
	bump(first, r.URL.Path)    // want `^first only grows: both adds an entry for each r.URL.Path`
	bump(second, r.RemoteAddr) // want `^second only grows: both adds an entry for each r.RemoteAddr`
}

// A size that is only looked at.

var looked = map[string]int{}

func lookAt(w http.ResponseWriter, r *http.Request) {
	if len(r.Method) > 3 {
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
	looked[r.URL.Path] = 1 // want `^looked only grows: lookAt adds an entry`
}

// A sibling is pruned for the same key.

type rooms struct {
	mu      sync.Mutex
	members map[string]int
	topics  map[string]string
}

func (s *rooms) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("room")
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.Method == http.MethodDelete {
		delete(s.members, name)
		return
	}
	s.members[name]++
	s.topics[name] = r.FormValue("topic") // want `^topics only grows: ServeHTTP adds an entry for each name, and nothing removes any, as it does from members$`
}
