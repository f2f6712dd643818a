package a

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

// An entry leaves only when the same client comes back after it has expired.

type turnstile struct {
	mu     sync.Mutex
	events map[string][]time.Time
	bans   map[string]time.Time
	quotas map[string]*quota
	window time.Duration
}

type quota struct {
	left  int
	until time.Time
}

func (q *quota) over() bool { return time.Now().After(q.until) }

func (t *turnstile) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	w.Header().Set("X-Recent", strconv.Itoa(len(t.recent(r.RemoteAddr, time.Now()))))
	w.Header().Set("X-Banned", strconv.FormatBool(t.banned(r.RemoteAddr)))
	t.events[r.RemoteAddr] = append(t.events[r.RemoteAddr], time.Now()) // want `^events only grows: ServeHTTP adds an entry for each r.RemoteAddr, and recent removes an expired one only when it is asked for again$`
	t.bans[r.RemoteAddr] = time.Now().Add(t.window)                     // want `^bans only grows: .* and banned removes an expired one only when it is asked for again$`
	if q := t.quotas[r.RemoteAddr]; q != nil && q.over() {
		delete(t.quotas, r.RemoteAddr)
	}
	t.quotas[r.RemoteAddr] = &quota{left: 10, until: time.Now().Add(t.window)} // want `^quotas only grows: .* and ServeHTTP removes an expired one only when it is asked for again$`
}

func (t *turnstile) recent(addr string, now time.Time) []time.Time {
	var kept []time.Time
	for _, at := range t.events[addr] {
		if at.After(now.Add(-t.window)) {
			kept = append(kept, at)
		}
	}
	if len(kept) == 0 {
		delete(t.events, addr)
	} else {
		t.events[addr] = kept
	}
	return kept
}

func (t *turnstile) banned(addr string) bool {
	until, ok := t.bans[addr]
	if ok && time.Now().After(until) {
		delete(t.bans, addr)
		return false
	}
	return ok
}

// Forget takes one out that is named.
func (t *turnstile) Forget(addr string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.bans, addr)
}

func throttled() error {
	t := &turnstile{events: map[string][]time.Time{}, bans: map[string]time.Time{}, quotas: map[string]*quota{}, window: time.Hour}
	return http.ListenAndServe(":80", t)
}

// How far a loop comes depends on the time.

type lockouts struct {
	mu    sync.Mutex
	fails map[string][]time.Time
}

func (l *lockouts) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.drop(r.RemoteAddr, time.Now())
	l.fails[r.RemoteAddr] = append(l.fails[r.RemoteAddr], time.Now()) // want `^fails only grows: .* and drop removes an expired one only when it is asked for again$`
}

func (l *lockouts) drop(addr string, now time.Time) {
	fails := l.fails[addr]
	i := 0
	for ; i < len(fails); i++ {
		if fails[i].After(now.Add(-time.Hour)) {
			break
		}
	}
	if i == len(fails) {
		delete(l.fails, addr)
		return
	}
	l.fails[addr] = fails[i:]
}

func lockOut() error {
	return http.ListenAndServe(":80", &lockouts{fails: map[string][]time.Time{}})
}
