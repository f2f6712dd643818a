//go:build go1.22

package a

import (
	"context"
	"os"
	"sync"
	"time"
)

// Loops that sleep between their rounds.

type watcher struct {
	mu  sync.Mutex
	dir string
	low bool
}

func newWatcher(dir string) *watcher {
	w := &watcher{dir: dir}
	go w.check()
	return w
}

func (w *watcher) check() {
	for {
		if _, err := os.Stat(w.dir); err != nil {
			w.mu.Lock()
			w.low = true
			w.mu.Unlock()
		}
		time.Sleep(time.Minute) // want `^the goroutine that newWatcher starts sleeps in each round of a loop and never ends: wait for its end in a select, too$`
	}
}

func (w *watcher) Close() error { return nil }

func newWaiter(dir string) *watcher {
	w := &watcher{dir: dir}
	go func() {
		for {
			<-time.After(time.Minute) // want `^the goroutine that newWaiter starts sleeps in each round of a loop and never ends`
			w.low = w.dir != ""
		}
	}()
	return w
}

func refreshes(ctx context.Context, load func()) {
	go func() {
		for {
			time.Sleep(time.Minute) // want `^the goroutine that refreshes starts sleeps in each round of a loop and never ends`
			load()
		}
	}()
}

// A flag ends this one, some time after Close.
type flagged struct {
	mu   sync.Mutex
	done bool
}

func (f *flagged) ended() bool { f.mu.Lock(); defer f.mu.Unlock(); return f.done }

func newFlagged(load func()) *flagged {
	f := &flagged{}
	go func() {
		for !f.ended() {
			time.Sleep(time.Minute)
			load()
		}
	}()
	go func() {
		for {
			time.Sleep(time.Minute)
			if f.ended() {
				return
			}
		}
	}()
	go func() {
	work:
		for {
			switch {
			case f.ended():
				break work
			}
			time.Sleep(time.Minute)
		}
		load()
	}()
	return f
}

func (f *flagged) Close() error { return nil }

// The sleep is that of a retry, and the caller waits.
func (f *flagged) until(try func() error) {
	for {
		if try() == nil {
			break
		}
		time.Sleep(time.Second)
	}
}

// It sleeps for the function that calls it.
func (f *flagged) serve(accept func()) {
	for {
		accept()
		time.Sleep(time.Millisecond)
	}
}
