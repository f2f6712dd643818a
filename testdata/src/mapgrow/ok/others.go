package ok

import (
	"bytes"
	"encoding/gob"
	"io"
	"maps"
	"net/http"
	"sync"
)

// Others may take out.

type borrowed struct {
	mu sync.Mutex
	m  map[string]int
}

func newBorrowed(m map[string]int) *borrowed { return &borrowed{m: m} }

func (b *borrowed) ServeHTTP(w http.ResponseWriter, r *http.Request) { b.m[r.URL.Path]++ }

var exposed = map[string]int{}

// Exposed hands out the map itself.
func Exposed() map[string]int { return exposed }

func expose(w http.ResponseWriter, r *http.Request) { exposed[r.URL.Path]++ }

type public struct {
	mu    sync.Mutex
	items map[string]int
}

func (p *public) Items() map[string]int { return p.items }

func (p *public) ServeHTTP(w http.ResponseWriter, r *http.Request) { p.items[r.URL.Path]++ }

var cleaner func(map[string]int)

var cleaned = map[string]int{}

func clean(w http.ResponseWriter, r *http.Request) {
	cleaned[r.URL.Path]++
	cleaner(cleaned)
}

type pruner interface{ prune(map[string]int) }

type pruning struct {
	m map[string]int
	p pruner
}

func (p *pruning) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.m[r.URL.Path]++
	p.p.prune(p.m)
}

var sent = map[string]int{}

func send(w http.ResponseWriter, r *http.Request, out chan map[string]int) {
	sent[r.URL.Path]++
	out <- sent
}

type view struct{ m map[string]int }

var viewed = map[string]int{}

func show(w http.ResponseWriter, r *http.Request) *view {
	viewed[r.URL.Path]++
	return &view{m: viewed}
}

var decoded = map[string]int{}

func decode(w http.ResponseWriter, r *http.Request) {
	decoded[r.URL.Path]++
	gob.NewDecoder(r.Body).Decode(&decoded)
}

// They are gone with the call.

func local(w http.ResponseWriter, r *http.Request) {
	seen := map[string]bool{}
	var order []string
	for k := range r.Form {
		if !seen[k] {
			seen[k] = true
			order = append(order, k)
		}
	}
	var m sync.Map
	m.Store(r.URL.Path, order)
	w.WriteHeader(len(order))
}

type parser struct {
	fields map[string]string
	tokens []string
}

func (p *parser) parse(r *http.Request) {
	for k, v := range r.Form {
		p.fields[k] = v[0]
		p.tokens = append(p.tokens, v...)
	}
}

func parse(w http.ResponseWriter, r *http.Request) {
	p := &parser{fields: map[string]string{}}
	p.parse(r)
	io.WriteString(w, p.tokens[0])
}

type visitor struct{ seen map[string]bool }

func (v visitor) walk(names []string) {
	for _, n := range names {
		v.seen[n] = true
	}
}

func walk(w http.ResponseWriter, r *http.Request) {
	v := visitor{seen: map[string]bool{}}
	v.walk(r.Form["name"])
}

// What a pool holds goes with the next collection.

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func buffered(w http.ResponseWriter, r *http.Request) {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	io.Copy(b, r.Body)
	w.Write(b.Bytes())
}

type scratch struct{ seen map[string]bool }

var scratches = sync.Pool{New: func() any { return &scratch{seen: map[string]bool{}} }}

func scratched(w http.ResponseWriter, r *http.Request) {
	s := scratches.Get().(*scratch)
	defer scratches.Put(s)
	clear(s.seen)
	s.seen[r.URL.Path] = true
}

// A copy is put into, or read.

var defaults = map[string]string{"a": "b"}

func withDefaults(w http.ResponseWriter, r *http.Request) {
	m := maps.Clone(defaults)
	m[r.URL.Path] = r.UserAgent()
	n := append([]string(nil), order...)
	n = append(n, r.URL.Path)
	w.WriteHeader(len(m) + len(n))
}

var order []string

func mention(w http.ResponseWriter, r *http.Request) {
	list := append(order, r.URL.Path)
	w.WriteHeader(len(list))
}

// A slice whose elements alone change.

var slots [64]string

var table64 = make([]string, 64)

func slot(w http.ResponseWriter, r *http.Request) {
	slots[len(r.URL.Path)%64] = r.URL.Path
	table64[len(r.URL.Path)%64] = r.URL.Path
}

// What is switched off may be switched on again: nothing is forgotten.

type balancer struct {
	mu     sync.RWMutex
	names  []string
	up     map[string]struct{}
	fenced map[string]struct{}
}

// Add adds a server.
func (b *balancer) Add(name string, fenced bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.names = append(b.names, name)
	b.up[name] = struct{}{}
	if fenced {
		b.fenced[name] = struct{}{}
	}
}

// Switch says whether a server is up.
func (b *balancer) Switch(name string, up bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if up {
		b.up[name] = struct{}{}
	} else {
		delete(b.up, name)
	}
}

// What is sent is cleared, not forgotten.

type reports struct {
	mu      sync.Mutex
	all     map[string]string
	pending map[string]struct{}
}

// Set says what a setting is.
func (r *reports) Set(name, value string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all[name] = value
	r.pending[name] = struct{}{}
}

// Send returns what is new.
func (r *reports) Send() map[string]string {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := map[string]string{}
	for name := range r.pending {
		out[name] = r.all[name]
	}
	clear(r.pending)
	return out
}
