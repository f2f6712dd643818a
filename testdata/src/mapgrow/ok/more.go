package ok

import (
	"container/heap"
	"context"
	"net/http"
	"sync"
)

// A heap, which the standard library fills and empties.

type queue []int

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i] < q[j] }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(int)) }

func (q *queue) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}

type planner struct {
	mu sync.Mutex
	q  queue
}

func (p *planner) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	heap.Push(&p.q, len(r.URL.Path))
	heap.Pop(&p.q)
}

// A map type with methods.

type set map[string]struct{}

func (s set) add(k string)    { s[k] = struct{}{} }
func (s set) remove(k string) { delete(s, k) }

type members struct{ conns set }

func (m *members) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.conns.add(r.RemoteAddr)
	defer m.conns.remove(r.RemoteAddr)
}

// What a list orders, a map holds.

type recent struct {
	mu    sync.Mutex
	max   int
	order []string
	items map[string]int
}

func (l *recent) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.items[r.URL.Path]++
	l.order = append(l.order, r.URL.Path)
	if len(l.order) > l.max {
		delete(l.items, l.order[0])
		l.order = l.order[1:]
	}
}

// All of it is taken.

type report struct {
	mu sync.Mutex
	m  map[string]int
}

func (s *report) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.m[r.URL.Path]++ }

func (s *report) take() (m map[string]int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, s.m = s.m, make(map[string]int)
	return m
}

// The struct is made anew.

type round struct {
	mu sync.Mutex
	m  map[string]int
}

func (s *round) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.m[r.URL.Path]++ }

func (s *round) reset() { *s = round{m: map[string]int{}} }

// One for each request.

type requestState struct {
	mu   sync.Mutex
	vals map[string]string
}

type stateKey struct{}

func withState(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		st := &requestState{vals: map[string]string{}}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), stateKey{}, st)))
	})
}

func useState(w http.ResponseWriter, r *http.Request) {
	st := r.Context().Value(stateKey{}).(*requestState)
	st.mu.Lock()
	defer st.mu.Unlock()
	st.vals[r.URL.Path] = r.UserAgent()
}

// Who is held removes itself.

type topic struct {
	mu   sync.Mutex
	subs map[*subscription]struct{}
}

type subscription struct{ topic *topic }

func (t *topic) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s := &subscription{t}
	t.mu.Lock()
	t.subs[s] = struct{}{}
	t.mu.Unlock()
	defer s.close()
}

func (s *subscription) close() {
	s.topic.mu.Lock()
	defer s.topic.mu.Unlock()
	delete(s.topic.subs, s)
}

// A buffer is used again.

type printer struct {
	mu  sync.Mutex
	buf []byte
	out []byte
}

func (p *printer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.buf = append(p.buf[:0], r.URL.Path...)
	p.buf = append(p.buf, '\n')
	b := p.out[:0]
	b = append(b, r.URL.Path...)
	p.out = b
	w.Write(p.buf)
}

// A list that is copied before it is added to, while the program starts.

type stack struct {
	mu       sync.Mutex
	handlers []http.Handler
}

func (s *stack) Use(h http.Handler) {
	s.mu.Lock()
	defer s.mu.Unlock()
	next := make([]http.Handler, len(s.handlers), len(s.handlers)+1)
	copy(next, s.handlers)
	s.handlers = append(next, h)
}

func (s *stack) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for _, h := range s.handlers {
		h.ServeHTTP(w, r)
	}
}

// Deleted through a method value, and by another name of the map.

var byValue, byPointer sync.Map

func values(w http.ResponseWriter, r *http.Request) {
	byValue.Store(r.URL.Path, 1)
	drop := byValue.Delete
	defer drop(r.URL.Path)
	byPointer.Store(r.URL.Path, 1)
	byPointer.Range(func(k, _ any) bool {
		m := &byPointer
		m.Delete(k)
		return true
	})
}
