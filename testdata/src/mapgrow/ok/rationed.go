package ok

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"
)

// A count that is kept beside a container bounds it.

var (
	entries sync.Map
	used    atomic.Int64
)

func rationed(w http.ResponseWriter, r *http.Request) {
	k := r.URL.Query().Get("k")
	if _, ok := entries.Load(k); ok {
		return
	}
	if used.Add(1) > 1000 {
		used.Add(-1)
		http.Error(w, "full", http.StatusServiceUnavailable)
		return
	}
	entries.Store(k, 1)
}

type budget struct {
	mu         sync.Mutex
	m          map[string][]byte
	bytes, max int
}

var theBudget = &budget{}

func (b *budget) Put(ctx context.Context, k string, v []byte) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.bytes+len(v) > b.max {
		return false
	}
	b.bytes += len(v)
	b.m[k] = v
	return true
}

type quota struct {
	mu   sync.Mutex
	m    map[string][]byte
	left int
}

var theQuota = &quota{}

func (q *quota) Put(ctx context.Context, k string, v []byte) bool {
	if q.left == 0 {
		return false
	}
	q.left--
	q.m[k] = v
	return true
}
