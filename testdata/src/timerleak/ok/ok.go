//go:build go1.22

// Package ok has its timers stopped, or they end with the process.
package ok

import (
	"context"
	"io"
	"net"
	"os"
	"os/signal"
	"time"
)

func init() {
	go func() {
		for range time.Tick(time.Hour) {
			os.Stdout.Sync()
		}
	}()
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	go func() { <-c }()
}

func idle(jobs <-chan func()) {
	t := time.NewTimer(time.Minute)
	defer t.Stop()
	for {
		select {
		case j := <-jobs:
			j()
			t.Reset(time.Minute)
		case <-t.C:
			return
		}
	}
}

// sleep waits for nothing else.
func sleep(n int) {
	for range n {
		<-time.After(time.Second)
	}
}

func alone(n int) {
	for range n {
		select {
		case <-time.After(time.Second):
		}
	}
}

func forEver(tell func()) {
	for range time.Tick(time.Second) {
		tell()
	}
}

func endless(tell func()) {
	c := time.Tick(time.Second)
	for {
		<-c
		tell()
	}
}

func stopped(n int, tell func()) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for range n {
		<-t.C
		tell()
	}
}

// owner has its ticker stopped when it is closed.
type owner struct{ t *time.Ticker }

func newOwner() *owner { return &owner{time.NewTicker(time.Second)} }

func (o *owner) Close() { o.t.Stop() }

func inGoroutine(ctx context.Context, tell func()) {
	t := time.NewTicker(time.Second)
	go func() {
		defer t.Stop()
		for {
			select {
			case <-t.C:
				tell()
			case <-ctx.Done():
				return
			}
		}
	}()
}

func handedOn(use func(*time.Ticker)) {
	t := time.NewTicker(time.Second)
	use(t)
}

func guarded(addr string) ([]byte, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	t := time.AfterFunc(10*time.Minute, func() { c.Close() })
	defer t.Stop()
	return io.ReadAll(c)
}

// closedLater is what it is for: nothing follows.
func closedLater(c net.Conn) {
	time.AfterFunc(time.Hour, func() { c.Close() })
}

// told does something else later.
func told(c net.Conn, tell func()) ([]byte, error) {
	time.AfterFunc(time.Hour, func() { tell() })
	return io.ReadAll(c)
}

func interrupted(ctx context.Context) error {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	defer signal.Stop(c)
	select {
	case <-c:
		return context.Canceled
	case <-ctx.Done():
		return ctx.Err()
	}
}

func watched(reload func()) {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	go func() {
		for range c {
			reload()
		}
	}()
}

func given(c chan os.Signal) { signal.Notify(c, os.Interrupt) }

func returned() <-chan os.Signal {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	return c
}

// It has fired, or is stopped.
func again(stop <-chan struct{}, try func() bool, d time.Duration) {
	for !try() {
		t := time.NewTimer(d)
		select {
		case <-stop:
			t.Stop()
			return
		case <-t.C:
		}
	}
}

// What waits for nothing but its ticker does so for ever.

func polls(tell func()) {
	ticker := time.NewTicker(time.Minute)
	for range ticker.C {
		tell()
	}
}

func pollsUntil(tell func() bool) {
	ticker := time.NewTicker(time.Minute)
	defer ticker.Stop()
	for range ticker.C {
		if tell() {
			return
		}
	}
}
