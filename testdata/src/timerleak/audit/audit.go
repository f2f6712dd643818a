//go:build go1.22

// Package audit has timers that last shortly, or once.
package audit

import (
	"context"
	"io"
	"net"
	"os"
	"os/signal"
	"time"
)

func last(stop <-chan struct{}, tell func()) {
	for {
		tell()
		select {
		case <-time.After(500 * time.Millisecond): // want `^the timer of time\.After that the last round of the loop makes stays until it fires, 500 \* time\.Millisecond later: make one before the loop, and stop it$`
		case <-stop:
			return
		}
	}
}

func labelled(stop <-chan struct{}, tell func()) {
loop:
	for {
		tell()
		select {
		case <-time.After(time.Second): // want `^the timer of time\.After that the last round`
		case <-stop:
			break loop
		}
	}
}

func short(jobs <-chan func()) {
	for {
		select {
		case j := <-jobs:
			j()
		case <-time.After(10 * time.Millisecond): // want `^time\.After makes a timer in each round`
		}
	}
}

func waited(done <-chan int) (int, error) {
	select {
	case n := <-done:
		return n, nil
	case <-time.After(time.Minute): // want `^the timer of time\.After stays until it fires, time\.Minute after another case was ready: stop one of your own$`
		return 0, io.ErrNoProgress
	}
}

func timed(done <-chan int) int {
	t := time.NewTimer(time.Minute) // want `^timer from time\.NewTimer is never stopped: the function returns at line \d+$`
	select {
	case n := <-done:
		return n
	case <-t.C:
		return 0
	}
}

func fired() {
	t := time.NewTimer(time.Minute)
	<-t.C
}

type saver struct{ n int }

func newSaver() *saver {
	s := &saver{}
	go func() {
		for range time.NewTicker(time.Minute).C { // want `^the goroutine that newSaver starts ranges over the ticker from time\.NewTicker and never ends`
			s.n++
		}
	}()
	return s
}

func guarded(c net.Conn, wait time.Duration) ([]byte, error) {
	time.AfterFunc(wait, func() { c.Close() }) // want `^the timer of time\.AfterFunc is not stopped when the work with c is done: it keeps that for wait$`
	return io.ReadAll(c)
}

func signalled() os.Signal {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt) // want `^c is still told of signals when signalled returns: signal\.Stop is never called for it$`
	return <-c
}

func briefly(work func(context.Context)) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_ = time.AfterFunc(time.Second, cancel) // want `^the timer of time\.AfterFunc is not stopped when the work with cancel is done`
	work(ctx)
}

func commanded(done <-chan struct{}) bool {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt) // want `^c is still told of signals when commanded returns`
	select {
	case <-c:
		return false
	case <-done:
		return true
	}
}

func retried(ctx context.Context, send func() error) {
	for ctx.Err() == nil && send() != nil {
		select {
		case <-ctx.Done():
		case <-time.After(time.Minute): // want `^the timer of time\.After that the last round of the loop makes stays`
		}
	}
}

// The package never ends the registration of a field's channel.

type watcher struct{ hups chan os.Signal }

func newWatcher() *watcher { return &watcher{hups: make(chan os.Signal, 1)} }

func (w *watcher) run(done <-chan struct{}) error {
	signal.Notify(w.hups, os.Interrupt) // want `^hups is still told of signals when run returns: signal\.Stop is never called for it$`
	for {
		select {
		case <-w.hups:
		case <-done:
			return nil
		}
	}
}

// What follows the select leads out of the loop.

func drains(pool, closed chan int, tick <-chan time.Time) {
	for {
		select {
		case <-tick:
		case <-closed:
			select {
			case <-pool:
			case <-time.After(time.Second): // want `^the timer of time\.After that the last round of the loop makes stays until it fires, time\.Second later: make one before the loop, and stop it$`
			}
			close(pool)
			return
		}
	}
}

func breaksBehind(pool chan int) {
	for {
		pool <- 1
		select {
		case <-pool:
		case <-time.After(time.Hour): // want `^the timer of time\.After that the last round of the loop makes stays`
		}
		break
	}
}

func flushes(n *int) {
	go func() {
		ticker := time.NewTicker(time.Minute)
		for range ticker.C { // want `^the goroutine that flushes starts ranges over the ticker from time\.NewTicker and never ends`
			*n++
		}
	}()
}
