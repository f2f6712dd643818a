package a

import (
	"net/http"
	"strings"
	"sync"
)

// Keys that helpers make, or check, need not be few.

type visitors struct {
	mu             sync.Mutex
	byPath, byHost map[string]int
}

func lowered(path string) string {
	if path == "" {
		return "/"
	}
	return strings.ToLower(path)
}

func short(host string) bool { return len(host) < 256 }

func (v *visitors) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.byPath[lowered(r.URL.Path)]++ // want `byPath only grows: ServeHTTP adds an entry for each lowered\(r.URL.Path\), and nothing removes any`
	if short(r.Host) {
		v.byHost[r.Host]++ // want `byHost only grows: ServeHTTP adds an entry for each r.Host, and nothing removes any`
	}
}
