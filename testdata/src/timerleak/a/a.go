//go:build go1.22

// Package a leaves timers behind.
package a

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"os/signal"
	"sync"
	"time"
)

type job func() error

func run(jobs <-chan job) error {
	for {
		select {
		case j := <-jobs:
			if err := j(); err != nil {
				return err
			}
		case <-time.After(30 * time.Minute): // want `^time\.After makes a timer in each round of the loop at line \d+, which stays until it fires, 30 \* time\.Minute later, if another case is ready: make one before the loop, and reset it$`
			return io.ErrNoProgress
		}
	}
}

func gather(n int, answers <-chan int, wait time.Duration) (sum int) {
	for range n {
		select {
		case a := <-answers:
			sum += a
		case t := <-time.After(wait): // want `^time\.After makes a timer in each round of the loop`
			_ = t
			return sum
		}
	}
	return sum
}

func polled(done <-chan struct{}, ready func() bool) {
	for !ready() {
		select {
		case <-time.After(time.Minute): // want `^time\.After makes a timer in each round`
		case <-done:
			return
		default:
		}
	}
}

func ticks(n int, tell func(int)) {
	c := time.Tick(time.Second) // want `^the ticker of time\.Tick cannot be stopped and outlives ticks, which returns: use one of your own and stop it$`
	for i := range n {
		<-c
		tell(i)
	}
}

func ranged(tell func() bool) {
	for range time.Tick(time.Second) { // want `^the ticker of time\.Tick cannot be stopped and outlives ranged, which returns`
		if tell() {
			return
		}
	}
}

func unnamed(tell func() bool) {
	for range time.NewTicker(time.Second).C { // want `^the ticker from time\.NewTicker has no name, so nothing can have it stopped when unnamed returns$`
		if tell() {
			break
		}
	}
}

func early(ready func() error, tell func()) error {
	t := time.NewTicker(time.Second) // want `^ticker from time\.NewTicker is not stopped when the function returns at line \d+$`
	if err := ready(); err != nil {
		return err
	}
	defer t.Stop()
	for range 3 {
		<-t.C
		tell()
	}
	return nil
}

func never(done <-chan struct{}, tell func()) {
	t := time.NewTicker(time.Second) // want `^ticker from time\.NewTicker is never stopped: the function returns at line \d+$`
	for {
		select {
		case <-t.C:
			tell()
		case <-done:
			return
		}
	}
}

// saver saves now and then, also when it is closed.
type saver struct {
	mu   sync.Mutex
	last time.Time
}

func newSaver() *saver {
	s := &saver{}
	go func() {
		for range time.NewTicker(time.Minute).C { // want `^the goroutine that newSaver starts ranges over the ticker from time\.NewTicker and never ends: wait for its end in a select, too$`
			s.save()
		}
	}()
	return s
}

func (s *saver) save() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = time.Now()
}

func (s *saver) Close() { s.save() }

func (s *saver) Start(ctx context.Context) {
	go func() {
		for range time.Tick(time.Minute) { // want `^the goroutine that Start starts ranges over the ticker from time\.Tick and never ends`
			s.save()
		}
	}()
}

func guarded(addr string) ([]byte, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	time.AfterFunc(10*time.Minute, func() { c.Close() }) // want `^the timer of time\.AfterFunc is not stopped when the work with c is done: it keeps that for 10 \* time\.Minute$`
	return io.ReadAll(c)
}

func cancelled(work func(context.Context) error) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	time.AfterFunc(time.Hour, cancel) // want `^the timer of time\.AfterFunc is not stopped when the work with cancel is done: it keeps that for time\.Hour$`
	return work(ctx)
}

func interrupted(ctx context.Context) error {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt) // want `^c is still told of signals when interrupted returns: signal\.Stop is never called for it$`
	select {
	case <-c:
		return context.Canceled
	case <-ctx.Done():
		return ctx.Err()
	}
}

// poller ends with its ticker.
type poller struct{ t *time.Ticker }

func newPoller() *poller { return &poller{time.NewTicker(time.Second)} }

func (p *poller) Stop() { p.t.Stop() }

func polls(ready func() error) error {
	p := newPoller() // want `^poller from newPoller is not stopped when the function returns at line \d+$`
	if err := ready(); err != nil {
		return err
	}
	<-p.t.C
	p.Stop()
	return nil
}

// One case goes on with the next round, though it returns at its end.
func answered(answers <-chan int, limit time.Duration) (int, error) {
	for {
		select {
		case n := <-answers:
			if n == 0 {
				continue
			}
			return n, nil
		case <-time.After(limit): // want `^time\.After makes a timer in each round of the loop`
			return 0, errors.New("late")
		}
	}
}

// The channel of a ticker is never closed, so the goroutine stays in the loop.

type flusher struct{ n int }

func newFlusher() *flusher {
	f := &flusher{}
	go func() {
		ticker := time.NewTicker(time.Minute)
		defer ticker.Stop()
		for range ticker.C { // want `^the goroutine that newFlusher starts ranges over the ticker from time\.NewTicker and never ends: wait for its end in a select, too$`
			f.n++
		}
	}()
	return f
}

// Close flushes what is left.
func (f *flusher) Close() error { return nil }

// receiver gets each tick at the beginning of a round.
type receiver struct{ n int }

func newReceiver() *receiver {
	r := &receiver{}
	go func() {
		ticker := time.NewTicker(time.Minute)
		defer ticker.Stop()
		for {
			<-ticker.C // want `^the goroutine that newReceiver starts ranges over the ticker from time\.NewTicker and never ends: wait for its end in a select, too$`
			r.n++
		}
	}()
	return r
}

func (r *receiver) Close() { r.n = 0 }

type selecter struct{ n int }

func newSelecter() *selecter {
	s := &selecter{}
	go func() {
		ticker := time.NewTicker(time.Minute)
		for {
			select {
			case <-ticker.C: // want `^the goroutine that newSelecter starts ranges over the ticker from time\.NewTicker and never ends`
				s.n++
			}
		}
	}()
	return s
}

func (s *selecter) Close() { s.n = 0 }

type leaver struct{ n int }

func newLeaver() *leaver {
	l := &leaver{}
	go func() {
		ticker := time.NewTicker(time.Minute)
		defer ticker.Stop()
		for {
			<-ticker.C
			if l.n++; l.n > 10 {
				return
			}
		}
	}()
	return l
}

func (l *leaver) Close() { l.n = 10 }
