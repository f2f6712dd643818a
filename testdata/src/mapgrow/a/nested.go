package a

import (
	"net/http"
	"sync"
	"time"
)

// Maps in a map of which there are few.

type targets struct {
	mu      sync.Mutex
	byKind  map[string]map[string]time.Time
	byState map[string]map[string]time.Time
	byBoth  map[string]map[string]time.Time
	byPhase map[string]map[string]time.Time
}

func (t *targets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, ok := t.byKind["http"]; !ok {
		t.byKind["http"] = map[string]time.Time{}
	}
	t.byKind["http"][r.RemoteAddr] = time.Now() // want `^the maps in byKind only grow: ServeHTTP adds an entry for each r.RemoteAddr, and nothing removes any$`

	up := t.byState["up"]
	if up == nil {
		up = map[string]time.Time{}
		t.byState["up"] = up
	}
	up[r.RemoteAddr] = time.Now() // want `^the maps in byState only grow: `

	both := t.byBoth["one"]
	if both == nil {
		both = map[string]time.Time{}
	}
	both[r.RemoteAddr] = time.Now() // want `^the maps in byBoth only grow: `
	t.byBoth["one"] = both

	host := r.Host
	if t.byPhase[host] == nil {
		t.byPhase[host] = map[string]time.Time{} // want `^byPhase only grows: ServeHTTP adds an entry for each host, and nothing removes any$`
	}
	t.byPhase[host][r.RemoteAddr] = time.Now()
}

func (t *targets) up(addr string) bool {
	for _, of := range t.byKind {
		if _, ok := of[addr]; ok {
			return true
		}
	}
	return false
}

// down takes out of one map what another keeps for ever.
func (t *targets) down(host, addr string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.byPhase[host], addr)
}

func serveTargets() error {
	t := &targets{
		byKind: map[string]map[string]time.Time{}, byState: map[string]map[string]time.Time{}, byBoth: map[string]map[string]time.Time{},
		byPhase: map[string]map[string]time.Time{},
	}
	return http.ListenAndServe(":80", t)
}
