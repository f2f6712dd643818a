package api

import (
	"net/http"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

var (
	presence sync.Mutex
	// lastSeen is when each user last placed an order.
	lastSeen = map[string]time.Time{}
)

// lastAgent is what the latest users came with.
var lastAgent, _ = lru.New[string, string](10_000)

// note keeps when a user came, and with what.
func note(r *http.Request) {
	user, _, ok := r.BasicAuth()
	if !ok {
		return
	}
	presence.Lock()
	defer presence.Unlock()
	// leak(mapgrow): every name that anyone has ever come with stays
	lastSeen[user] = time.Now()
	// healthy: an LRU cache with a size forgets the oldest
	lastAgent.Add(user, r.UserAgent())
}
