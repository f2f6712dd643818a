package ok

import (
	"net/http"
	"sync"
	"time"
)

// What has expired leaves also if nobody asks for it, or it is not time that decides.

type limiter struct {
	mu     sync.Mutex
	swept  map[string]time.Time // by a loop that asks for each
	ticked map[string]time.Time // by a loop of its own
	timed  map[string]time.Time // by a timer for each
	used   map[string]*use      // by the request that has put it there
	window time.Duration
}

type use struct {
	n    int
	last time.Time
}

func (l *limiter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	addr := r.RemoteAddr
	l.expire(addr)
	l.swept[addr] = time.Now()
	if at, ok := l.ticked[addr]; ok && time.Since(at) > l.window {
		delete(l.ticked, addr)
	}
	l.ticked[addr] = time.Now()
	if at, ok := l.timed[addr]; ok && time.Since(at) > l.window {
		delete(l.timed, addr)
	}
	l.timed[addr] = time.Now()
	time.AfterFunc(l.window, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.timed, addr)
	})
	u := l.used[addr]
	if u == nil {
		u = &use{}
		l.used[addr] = u
	}
	u.n++
	u.last = time.Now()
	defer l.release(addr)
}

func (l *limiter) expire(addr string) {
	if at, ok := l.swept[addr]; ok && time.Since(at) > l.window {
		delete(l.swept, addr)
	}
}

func (l *limiter) release(addr string) {
	u := l.used[addr]
	u.n--
	u.last = time.Now()
	if u.n == 0 {
		delete(l.used, addr)
	}
}

func (l *limiter) sweep() {
	for range time.Tick(l.window) {
		l.mu.Lock()
		for addr := range l.swept {
			l.expire(addr)
		}
		for addr, at := range l.ticked {
			if time.Since(at) > l.window {
				delete(l.ticked, addr)
			}
		}
		l.mu.Unlock()
	}
}

func meter() error {
	l := &limiter{swept: map[string]time.Time{}, ticked: map[string]time.Time{}, timed: map[string]time.Time{}, used: map[string]*use{}, window: time.Hour}
	go l.sweep()
	return http.ListenAndServe(":80", l)
}
