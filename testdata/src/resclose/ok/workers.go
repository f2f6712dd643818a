package ok

import (
	"context"
	"sync"
	"time"
)

// Goroutines that end by themselves, or by something else, need no stop.

type ticking struct {
	stop chan struct{}
	n    int
}

// Stop ends what still runs.
func (t *ticking) Stop() { close(t.stop) }

func ticksWithContext(ctx context.Context) *ticking {
	t := &ticking{stop: make(chan struct{})}
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-t.stop:
				return
			case <-time.After(time.Second):
				t.n++
			}
		}
	}()
	return t
}

func ticksThreeTimes() *ticking {
	t := &ticking{stop: make(chan struct{})}
	go func() {
		for {
			select {
			case <-t.stop:
				return
			case <-time.After(time.Second):
				if t.n++; t.n > 3 {
					return
				}
			}
		}
	}()
	return t
}

func ticksIfAsked(every time.Duration) *ticking {
	t := &ticking{stop: make(chan struct{})}
	if every > 0 {
		go t.tick(every)
	}
	return t
}

func (t *ticking) tick(every time.Duration) {
	for {
		select {
		case <-t.stop:
			return
		case <-time.After(every):
			t.n++
		}
	}
}

var registered = struct {
	sync.Mutex
	all []*ticking
}{}

func ticksForAll() *ticking {
	t := &ticking{stop: make(chan struct{})}
	go t.tick(time.Second)
	registered.Lock()
	defer registered.Unlock()
	registered.all = append(registered.all, t)
	return t
}

func countsTicks(ctx context.Context) int {
	return ticksWithContext(ctx).n + ticksThreeTimes().n + ticksIfAsked(0).n + ticksForAll().n
}

// What is started for one request is what its goroutine waits for.

type answer struct {
	ready chan struct{}
	text  string
}

// Close says that the answer is there.
func (a *answer) Close() { close(a.ready) }

func asks() *answer {
	a := &answer{ready: make(chan struct{})}
	go func() {
		<-a.ready
		a.text += "."
	}()
	return a
}

func reads() string { return asks().text }
