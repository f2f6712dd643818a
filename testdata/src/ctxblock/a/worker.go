package a

import (
	"context"
	"fmt"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

type mailbox struct {
	messages chan string
	wake     chan string
	handled  int
}

func (m *mailbox) sweep() { m.handled++ }

func (m *mailbox) empty() bool { return len(m.messages) == 0 }

// The zombie worker.
func (m *mailbox) run(ctx context.Context) {
	for {
		m.sweep()
		time.Sleep(time.Minute) // want `ctx cannot end run, which sleeps in a loop`
	}
}

func (m *mailbox) runBlank(_ context.Context) error {
	for {
		m.sweep()
		time.Sleep(time.Minute) // want `the context parameter cannot end runBlank, which sleeps in a loop`
	}
}

// To look at the context before the loop is not enough.
func (m *mailbox) runChecked(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	for {
		m.sweep()
		time.Sleep(time.Minute) // want `ctx cannot end runChecked, which sleeps in a loop`
	}
}

// What is waited for may never come.
func (m *mailbox) drained(ctx context.Context) error {
	for !m.empty() {
		time.Sleep(100 * time.Millisecond) // want `ctx cannot end drained, which sleeps in a loop`
	}
	return nil
}

// Tickers never close their channels.
func (m *mailbox) tick(ctx context.Context, every time.Duration) {
	t := time.NewTicker(every)
	defer t.Stop()
	for range t.C { // want `ctx cannot end tick, which loops for ever`
		m.sweep()
	}
}

func (m *mailbox) tickBare(ctx context.Context, every time.Duration) {
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		<-t.C // want `ctx cannot end tickBare, which loops for ever`
		m.sweep()
	}
}

func (m *mailbox) spin(ctx context.Context) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select { // want `ctx cannot end spin, which loops for ever`
		case <-t.C:
			m.sweep()
		case text := <-m.messages:
			log.Print(text)
		}
	}
}

// Errors are no end.
func (m *mailbox) accept(ctx context.Context, ln net.Listener) {
	for {
		conn, err := ln.Accept() // want `ctx cannot end accept, which loops for ever`
		if err != nil {
			log.Print(err)
			continue
		}
		go conn.Close()
	}
}

// Goroutines are loops of their own.
func (m *mailbox) start(ctx context.Context) {
	go m.poll(ctx)
}

func (m *mailbox) poll(ctx context.Context) {
	for {
		if m.empty() {
			time.Sleep(time.Second) // want `ctx cannot end poll, which sleeps in a loop`
			continue
		}
		m.sweep()
	}
}

// A client that is gone still gets its events.
func (m *mailbox) events(w http.ResponseWriter, r *http.Request) {
	flusher, _ := w.(http.Flusher)
	for {
		fmt.Fprintf(w, "data: %d\n\n", m.handled)
		flusher.Flush()
		time.Sleep(time.Second) // want `r\.Context\(\) cannot end events, which sleeps in a loop`
	}
}

// Literals that the function waits for are part of it.
func (m *mailbox) joined(ctx context.Context) {
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			m.sweep()
			time.Sleep(time.Second) // want `ctx cannot end joined`
		}
	})
	wg.Wait()
}

// Who cleans up under a context has been told how long that may take.
func (m *mailbox) shutdown(ctx context.Context) {
	for !m.empty() {
		time.Sleep(time.Millisecond) // want `ctx cannot end shutdown, which sleeps in a loop`
	}
}

// pause sleeps for its callers.
func pause() { time.Sleep(time.Second) }

func (m *mailbox) paused(ctx context.Context) {
	for {
		m.sweep() // want `ctx cannot end paused, which loops for ever`
		pause()
	}
}
