package ok

import (
	"context"
	"crypto/rand"
	"net/http"
	"sync"
	"time"
)

// A request adds an entry, but not only another one removes it.

type handshakes struct {
	mu      sync.Mutex
	swept   map[string]time.Time // by a loop over it
	timed   map[string]time.Time // by a timer
	waited  map[string]chan int  // by the request itself
	failed  map[string]time.Time // by the request itself, in a helper
	watched map[string]time.Time // by a goroutine
	pruned  map[string]time.Time // by a loop that calls what removes one
	named   map[string]time.Time // under a name that the client can use again
}

func newHandshakes() *handshakes {
	return &handshakes{
		swept: map[string]time.Time{}, timed: map[string]time.Time{}, waited: map[string]chan int{}, failed: map[string]time.Time{},
		watched: map[string]time.Time{}, pruned: map[string]time.Time{}, named: map[string]time.Time{},
	}
}

func (h *handshakes) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	id := rand.Text()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.sweep(time.Now())
	h.swept[id] = time.Now()
	h.timed[id] = time.Now()
	time.AfterFunc(time.Minute, func() { delete(h.timed, id) })
	h.waited[id] = make(chan int)
	defer delete(h.waited, id)
	h.failed[id] = time.Now()
	if r.FormValue("user") == "" {
		h.forget(id)
	}
	h.watched[id] = time.Now()
	go h.watch(r.Context(), id)
	h.pruned[id] = time.Now()
	h.named[r.FormValue("name")] = time.Now()
}

func (h *handshakes) sweep(now time.Time) {
	for id, at := range h.swept {
		if now.Sub(at) > time.Minute {
			delete(h.swept, id)
		}
	}
}

func (h *handshakes) forget(id string) { delete(h.failed, id) }

func (h *handshakes) watch(ctx context.Context, id string) {
	<-ctx.Done()
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.watched, id)
}

func (h *handshakes) Prune() {
	for id, at := range h.pruned {
		if time.Since(at) > time.Minute {
			h.Revoke(id)
		}
	}
}

func (h *handshakes) Revoke(id string) { delete(h.pruned, id) }

func (h *handshakes) ServeLogout(w http.ResponseWriter, r *http.Request) {
	delete(h.swept, r.FormValue("id"))
	delete(h.timed, r.FormValue("id"))
	delete(h.failed, r.FormValue("id"))
	delete(h.watched, r.FormValue("id"))
	delete(h.named, r.FormValue("name"))
}
