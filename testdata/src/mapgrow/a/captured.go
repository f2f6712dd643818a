package a

import (
	"container/list"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// Containers that are local to a function, but belong to the handler that it makes.

type bucket struct{ tokens int }

func limited(next http.Handler) http.Handler {
	var mu sync.Mutex
	clients := make(map[string]*bucket)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ip, _, err := net.SplitHostPort(r.RemoteAddr)
		if err != nil {
			return
		}
		mu.Lock()
		if _, ok := clients[ip]; !ok {
			clients[ip] = &bucket{tokens: 10} // want `^clients only grows: limited adds an entry for each ip, and nothing removes any$`
		}
		mu.Unlock()
		next.ServeHTTP(w, r)
	})
}

// A literal beside the handler does it.
func perKey() func(http.Handler) http.Handler {
	var (
		mu      sync.RWMutex
		buckets = map[string]*bucket{}
	)
	bucketOf := func(key string) *bucket {
		mu.Lock()
		defer mu.Unlock()
		b := buckets[key]
		if b == nil {
			b = &bucket{}
			buckets[key] = b // want `^buckets only grows: perKey adds an entry for each key, and nothing removes any$`
		}
		return b
	}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if bucketOf(r.Header.Get("X-Api-Key")).tokens == 0 {
				w.WriteHeader(http.StatusTooManyRequests)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// NewGate has a name that says it sets something up, but the handler works later.
func NewGate() http.HandlerFunc {
	mu, buckets := &sync.Mutex{}, map[string]*bucket{}
	bucketOf := func(key string) *bucket {
		mu.Lock()
		defer mu.Unlock()
		if buckets[key] == nil {
			buckets[key] = &bucket{} // want `^buckets only grows: NewGate adds an entry for each key, and nothing removes any$`
		}
		return buckets[key]
	}
	bucketOf("").tokens = 1
	return func(w http.ResponseWriter, r *http.Request) { bucketOf(r.Host).tokens-- }
}

func routes(mux *http.ServeMux) {
	var seen sync.Map
	mux.HandleFunc("/visit", func(w http.ResponseWriter, r *http.Request) {
		seen.Store(r.URL.Query().Get("visitor"), time.Now()) // want `^seen only grows: routes adds an entry for each r\.URL\.Query\(\)\.Get\("visitor"\), and nothing removes any$`
	})
	mux.HandleFunc("/visitors", func(w http.ResponseWriter, r *http.Request) {
		seen.Range(func(k, v any) bool {
			fmt.Fprintln(w, k, v)
			return true
		})
	})
}

func handsOver(next http.Handler) http.HandlerFunc {
	counts := map[string]int{}
	mu := &sync.Mutex{}
	return func(w http.ResponseWriter, r *http.Request) {
		tally(mu, counts, r.URL.Path) // want `^counts only grows: handsOver adds an entry for each r\.URL\.Path, and nothing removes any$`
		next.ServeHTTP(w, r)
	}
}

func tally(mu *sync.Mutex, counts map[string]int, path string) {
	mu.Lock()
	defer mu.Unlock()
	counts[path]++
}

func listing() http.HandlerFunc {
	all := list.New()
	return func(w http.ResponseWriter, r *http.Request) {
		all.PushBack(r.URL.Path) // want `^all only grows: listing adds one more in each call, and nothing removes any$`
	}
}
