package ok

import (
	"maps"
	"net/http"
	"sync"
	"time"
)

// Something takes entries out of the maps in a map, or the maps out of it.

type rooms struct {
	mu      sync.Mutex
	left    map[string]map[string]time.Time
	swept   map[string]map[string]time.Time
	closed  map[string]map[string]time.Time
	renewed map[string]map[string]time.Time
	handed  map[string]map[string]time.Time
	helped  map[string]map[string]time.Time
	pruned  map[string]map[string]time.Time
}

func (s *rooms) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.left["lobby"] == nil {
		s.left["lobby"] = map[string]time.Time{}
	}
	if s.swept["lobby"] == nil {
		s.swept["lobby"] = map[string]time.Time{}
	}
	if s.closed["lobby"] == nil {
		s.closed["lobby"] = map[string]time.Time{}
	}
	if s.handed["lobby"] == nil {
		s.handed["lobby"] = map[string]time.Time{}
	}
	if s.helped["lobby"] == nil {
		s.helped["lobby"] = map[string]time.Time{}
	}
	if s.pruned["lobby"] == nil {
		s.pruned["lobby"] = map[string]time.Time{}
	}
	s.left["lobby"][r.RemoteAddr] = time.Now()
	s.swept["lobby"][r.RemoteAddr] = time.Now()
	s.closed["lobby"][r.RemoteAddr] = time.Now()
	s.handed["lobby"][r.RemoteAddr] = time.Now()
	s.helped["lobby"][r.RemoteAddr] = time.Now()
	s.pruned["lobby"][r.RemoteAddr] = time.Now()
	s.renewed["lobby"] = map[string]time.Time{}
	s.renewed["lobby"][r.RemoteAddr] = time.Now()
}

// Leave hands one out.
func (s *rooms) Leave(addr string) map[string]time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.left["lobby"], addr)
	for _, of := range s.swept {
		delete(of, addr)
	}
	delete(s.closed, "lobby")
	forgetIn(s.helped["lobby"], addr)
	maps.DeleteFunc(s.pruned["lobby"], func(_ string, at time.Time) bool { return time.Since(at) > time.Hour })
	return s.handed["lobby"]
}

func forgetIn(of map[string]time.Time, addr string) { delete(of, addr) }

func serveRooms() error {
	m := func() map[string]map[string]time.Time { return map[string]map[string]time.Time{} }
	s := &rooms{left: m(), swept: m(), closed: m(), renewed: m(), handed: m(), helped: m(), pruned: m()}
	return http.ListenAndServe(":80", s)
}
