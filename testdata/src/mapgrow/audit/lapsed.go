package audit

import (
	"sync"
	"time"
)

// A list that gets shorter is no new entry.

type logins struct {
	mu     sync.Mutex
	events map[string][]time.Time
	window time.Duration
}

// Allow reports whether somebody may try again.
func (l *logins) Allow(ip string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.expire(ip, time.Now())
	return len(l.events[ip]) < 5
}

// Record counts a failure.
func (l *logins) Record(ip string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	l.expire(ip, now)
	l.events[ip] = append(l.events[ip], now) // want `^events only grows: Record adds an entry for each ip, and expire removes an expired one only when it is asked for again$`
}

// Reset forgets the failures of somebody who has come in.
func (l *logins) Reset(ip string) {
	l.mu.Lock()
	delete(l.events, ip)
	l.mu.Unlock()
}

func (l *logins) expire(ip string, now time.Time) {
	events := l.events[ip]
	i := 0
	for ; i < len(events); i++ {
		if events[i].After(now.Add(-l.window)) {
			break
		}
	}
	if i == len(events) {
		delete(l.events, ip)
		return
	}
	l.events[ip] = events[i:]
}
