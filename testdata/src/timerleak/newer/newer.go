//go:build go1.23

// Package newer is of a Go that collects timers to which nothing refers.
package newer

import (
	"context"
	"io"
	"net"
	"time"
)

func run(jobs <-chan func()) {
	for {
		select {
		case j := <-jobs:
			j()
		case <-time.After(time.Minute):
			return
		}
	}
}

func ticks(n int, tell func(int)) {
	c := time.Tick(time.Second)
	for i := range n {
		<-c
		tell(i)
	}
}

func never(done <-chan struct{}, tell func()) {
	t := time.NewTicker(time.Second)
	for {
		select {
		case <-t.C:
			tell()
		case <-done:
			return
		}
	}
}

func unnamed(tell func() bool) {
	for range time.NewTicker(time.Second).C {
		if tell() {
			break
		}
	}
}

type saver struct{ n int }

func (s *saver) Start(ctx context.Context) {
	go func() {
		for range time.NewTicker(time.Minute).C { // want `^the goroutine that Start starts ranges over the ticker from time\.NewTicker and never ends`
			s.n++
		}
	}()
}

func guarded(c net.Conn) ([]byte, error) {
	time.AfterFunc(time.Hour, func() { c.Close() }) // want `^the timer of time\.AfterFunc is not stopped when the work with c is done`
	return io.ReadAll(c)
}

// poller ends with its ticker, which the collector takes.
type poller struct{ t *time.Ticker }

func newPoller() *poller { return &poller{time.NewTicker(time.Second)} }

func (p *poller) Stop() { p.t.Stop() }

func polls(ready func() error) error {
	p := newPoller()
	if err := ready(); err != nil {
		return err
	}
	<-p.t.C
	p.Stop()
	return nil
}
