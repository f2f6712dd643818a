package ok

import (
	"container/list"
	"context"
	"maps"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Something takes out again.

var (
	mu      sync.Mutex
	deleted = map[string]int{}
	cleared = map[string]int{}
	renewed = map[string]int{}
	niled   = map[string]int{}
	swapped = map[string]int{}
	pruned  = map[string]int{}
	capped  = map[string]int{}
	counted = map[string]int{}
	total   int
	sweeps  sync.Map
	ranged  sync.Map
	fetched sync.Map
	evicted = list.New()
	emptied = list.New()
	window  []string
	tail    []string
	cut     []string
	dropped []string
	ring    []string
)

func enter(w http.ResponseWriter, r *http.Request) {
	key := r.URL.Query().Get("key")
	mu.Lock()
	defer mu.Unlock()
	deleted[key]++
	cleared[key]++
	renewed[key]++
	niled[key]++
	swapped[key]++
	pruned[key]++
	if len(capped) < 1000 {
		capped[key]++
	}
	if total < 1000 {
		total++
		counted[key] = total
	}
	sweeps.Store(key, time.Now())
	ranged.Store(key, time.Now())
	fetched.LoadOrStore(key, time.Now())
	evicted.PushBack(key)
	if evicted.Len() > 100 {
		evicted.Remove(evicted.Front())
	}
	emptied.PushBack(key)
	window = append(window, key)
	if len(window) > 10 {
		window = window[1:]
	}
	tail = append(tail, key)
	cut = append(cut, key)
	dropped = append(dropped, key)
	if len(ring) < 10 {
		ring = append(ring, key)
	} else {
		ring[total%10] = key
	}
}

func leave(w http.ResponseWriter, r *http.Request) {
	key := r.URL.Query().Get("key")
	mu.Lock()
	defer mu.Unlock()
	delete(deleted, key)
	sweeps.Delete(key)
	if v, ok := fetched.LoadAndDelete(key); ok {
		_ = v
	}
	cut = slices.Delete(cut, 0, 1)
	dropped = slices.DeleteFunc(dropped, func(s string) bool { return s == key })
}

func flush(ctx context.Context) map[string]int {
	mu.Lock()
	defer mu.Unlock()
	clear(cleared)
	renewed = make(map[string]int)
	niled = nil
	var old map[string]int
	old, swapped = swapped, map[string]int{}
	maps.DeleteFunc(pruned, func(_ string, n int) bool { return n == 0 })
	ranged.Range(func(k, _ any) bool {
		ranged.Delete(k)
		return true
	})
	emptied.Init()
	tail = tail[:0]
	_ = old
	return nil
}

// By another name.

var renamed = map[string]int{}

func rename(w http.ResponseWriter, r *http.Request) {
	m := renamed
	m[r.URL.Path]++
	if r.Method == http.MethodDelete {
		for k := range m {
			delete(m, k)
		}
	}
}

// In a helper.

var helped = map[string]int{}

func drop(m map[string]int, key string) { delete(m, key) }

func help(w http.ResponseWriter, r *http.Request) {
	helped[r.URL.Path]++
	defer drop(helped, r.URL.Path)
}

// In a literal.

var closed = map[string]int{}

func closing(w http.ResponseWriter, r *http.Request) {
	closed[r.URL.Path]++
	time.AfterFunc(time.Minute, func() {
		mu.Lock()
		defer mu.Unlock()
		delete(closed, r.URL.Path)
	})
}

// Through a pointer.

type shard struct {
	mu sync.Mutex
	m  map[string]int
}

var shards [16]*shard

func of(key string) *shard { return shards[len(key)%16] }

func hit(w http.ResponseWriter, r *http.Request) {
	s := of(r.URL.Path)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.m[r.URL.Path]++
}

func forget(key string) {
	s := of(key)
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.m, key)
}

// Of a generic type.

type table[K comparable, V any] struct {
	mu   sync.Mutex
	rows map[K]V
}

func (t *table[K, V]) put(k K, v V) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows[k] = v
}

func (t *table[K, V]) remove(k K) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.rows, k)
}

var users = &table[string, string]{rows: map[string]string{}}

func user(w http.ResponseWriter, r *http.Request) { users.put(r.URL.Path, r.UserAgent()) }

// The whole struct is replaced.

type batch struct {
	keys  map[string]bool
	order []string
}

type batcher struct {
	mu  sync.Mutex
	cur batch
	ptr *batch
}

func (b *batcher) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.cur.keys[r.URL.Path] = true
	b.cur.order = append(b.cur.order, r.URL.Path)
	b.ptr.keys[r.URL.Path] = true
}

func (b *batcher) flush() batch {
	b.mu.Lock()
	defer b.mu.Unlock()
	old := b.cur
	b.cur = batch{keys: map[string]bool{}}
	b.ptr = &batch{keys: map[string]bool{}}
	return old
}

// An atomic pointer holds a new one each time.

type snapshot struct{ hosts map[string]string }

var current atomic.Pointer[snapshot]

func reload(w http.ResponseWriter, r *http.Request) {
	next := &snapshot{hosts: map[string]string{}}
	for k := range r.Form {
		next.hosts[k] = r.FormValue(k)
	}
	current.Store(next)
}

// A copy replaces it.

type routes struct {
	mu sync.RWMutex
	m  map[string]string
}

func (t *routes) set(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	next := make(map[string]string, len(r.Form))
	for k := range r.Form {
		next[k] = r.FormValue(k)
	}
	t.m = next
	t.m[r.URL.Path] = "self"
}

// Generations.

type generations struct {
	mu       sync.Mutex
	old, new map[string]int
}

func (g *generations) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.new[r.URL.Path]++
}

func (g *generations) turn() {
	for range time.Tick(time.Minute) {
		g.mu.Lock()
		g.old, g.new = g.new, make(map[string]int)
		g.mu.Unlock()
	}
}

// A counter that entries give back.

type gauge struct {
	mu sync.Mutex
	n  map[string]int
}

func (g *gauge) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	g.n[r.RemoteAddr]++
	g.mu.Unlock()
	defer func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		if g.n[r.RemoteAddr]--; g.n[r.RemoteAddr] == 0 {
			delete(g.n, r.RemoteAddr)
		}
	}()
}

// A limit that a helper checks.

type limited struct {
	mu sync.Mutex
	m  map[string]int
}

func (l *limited) full() bool { return len(l.m) >= 1000 }

func (l *limited) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.full() {
		http.Error(w, "full", http.StatusServiceUnavailable)
		return
	}
	l.m[r.URL.Path]++
}

// An index into itself: what is appended goes when its turn comes.

type scheduler struct {
	mu    sync.Mutex
	tasks []func()
}

func (s *scheduler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.tasks = append(s.tasks, func() { _ = r })
	s.mu.Unlock()
}

func (s *scheduler) run() {
	for {
		s.mu.Lock()
		tasks := s.tasks
		s.tasks = nil
		s.mu.Unlock()
		for _, t := range tasks {
			t()
		}
	}
}

// Filtered in place.

type subscribers struct {
	mu   sync.Mutex
	list []chan string
}

func (s *subscribers) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ch := make(chan string)
	s.mu.Lock()
	s.list = append(s.list, ch)
	s.mu.Unlock()
	defer s.leave(ch)
	w.Write([]byte(<-ch))
}

func (s *subscribers) leave(ch chan string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var rest []chan string
	for _, c := range s.list {
		if c != ch {
			rest = append(rest, c)
		}
	}
	s.list = rest
}

type unsubscribers struct {
	mu   sync.Mutex
	list []chan string
}

func (s *unsubscribers) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ch := make(chan string)
	s.mu.Lock()
	s.list = append(s.list, ch)
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		for i, c := range s.list {
			if c == ch {
				s.list = append(s.list[:i], s.list[i+1:]...)
				break
			}
		}
	}()
	w.Write([]byte(<-ch))
}
