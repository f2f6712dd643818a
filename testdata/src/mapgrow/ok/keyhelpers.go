package ok

import (
	"errors"
	"net/http"
	"strings"
	"sync"
)

// Keys that helpers make, or check, are few.

type hitCounts struct {
	mu                              sync.Mutex
	known                           map[string]bool
	byClass, byDepth, byHost, byTag map[string]int
}

func classOf(path string) string {
	switch path {
	case "/":
		return "root"
	case "/api":
		return "api"
	}
	return "other"
}

func depthOf(path string) string {
	if path == "/" {
		return "none"
	}
	return nestedness(path)
}

func nestedness(path string) string {
	if len(path) > 9 {
		return "deep"
	}
	return "flat"
}

func (h *hitCounts) knows(host string) bool { return h.known[host] }

func tagOf(r *http.Request) (string, error) {
	t := r.FormValue("tag")
	switch t {
	case "a", "b":
		return t, nil
	}
	return "", errors.New("unknown tag")
}

func (h *hitCounts) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.byClass[classOf(r.URL.Path)]++
	d := depthOf(r.URL.Path)
	h.byDepth[d]++
	if !h.knows(r.Host) {
		http.Error(w, "unknown host", http.StatusMisdirectedRequest)
		return
	}
	h.byHost[r.Host]++
	t, err := tagOf(r)
	if err != nil {
		return
	}
	h.byTag[t] += len(strings.Fields(t))
}

// A size that is checked in a helper, or as another type of number, is a bound.

type sized struct {
	mu      sync.Mutex
	a, b, c map[string]int
	max     int64
}

func (s *sized) size() int { return len(s.b) }

func full(n int) bool { return n >= 1000 }

func (s *sized) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if int64(len(s.a)) >= s.max || s.size() >= 1000 || full(len(s.c)) {
		return
	}
	s.a[r.Host], s.b[r.Host], s.c[r.Host] = 1, 1, 1
}
