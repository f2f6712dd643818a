package a

import (
	"net/http"
	"sync"
	"time"
)

// hits counts requests by address, for as long as what it is put before runs.
type hits struct {
	mu     sync.Mutex
	counts map[string]int
}

func newHits() *hits { return &hits{counts: map[string]int{}} }

func (v *hits) before(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v.mu.Lock()
		v.counts[r.RemoteAddr]++ // want `^counts only grows: before adds an entry for each r\.RemoteAddr, and nothing removes any$`
		v.mu.Unlock()
		next.ServeHTTP(w, r)
	})
}

// ticks keeps all times, of which it shows the last ones.
type ticks struct {
	mu  sync.Mutex
	all []time.Time
}

func newTicks() *ticks {
	t := &ticks{}
	go t.Run()
	return t
}

func (t *ticks) Run() {
	for now := range time.Tick(time.Second) {
		t.mu.Lock()
		t.all = append(t.all, now) // want `^all only grows: Run adds one more in each call, and nothing removes any$`
		t.mu.Unlock()
	}
}

func (t *ticks) last(n int) []time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]time.Time(nil), t.all[len(t.all)-n:]...)
}
