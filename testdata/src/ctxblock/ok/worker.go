package ok

import (
	"context"
	"database/sql"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	"time"
)

type mailbox struct {
	db       *sql.DB
	messages chan string
	stop     chan struct{}
	closed   bool
}

func (m *mailbox) sweep() error { return nil }

func (m *mailbox) sweepContext(ctx context.Context) error {
	_, err := m.db.ExecContext(ctx, "DELETE FROM mails WHERE read")
	return err
}

func (m *mailbox) selects(ctx context.Context) error {
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-t.C:
			m.sweep()
		}
	}
}

func (m *mailbox) asks(ctx context.Context) {
	for ctx.Err() == nil {
		m.sweep()
	}
}

func (m *mailbox) asksInside(ctx context.Context) {
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for range t.C {
		if ctx.Err() != nil {
			return
		}
		m.sweep()
	}
}

// The callee gives up when the context does.
func (m *mailbox) hands(ctx context.Context) error {
	for {
		if err := m.sweepContext(ctx); err != nil {
			return err
		}
	}
}

// So does what was made with the context before the loop.
func (m *mailbox) made(ctx context.Context, ln net.Listener) error {
	stop := context.AfterFunc(ctx, func() { ln.Close() })
	defer stop()
	for {
		conn, err := ln.Accept()
		if err != nil {
			return err
		}
		conn.Close()
	}
}

func (m *mailbox) request(ctx context.Context, client *http.Client, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	for {
		resp, err := client.Do(req)
		if err != nil {
			return err
		}
		resp.Body.Close()
	}
}

// stream ends with the context that it was opened with.
type stream interface {
	Recv() (string, error)
}

type service interface {
	Watch(ctx context.Context, name string) (stream, error)
}

func (m *mailbox) receive(ctx context.Context, svc service) error {
	s, err := svc.Watch(ctx, "mail")
	if err != nil {
		return err
	}
	for {
		text, err := s.Recv()
		if err != nil {
			return err
		}
		log.Print(text)
	}
}

func (m *mailbox) derivedDone(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, time.Hour)
	defer cancel()
	done := ctx.Done()
	for {
		select {
		case <-done:
			return
		case text := <-m.messages:
			log.Print(text)
		}
	}
}

// The literal of the loop looks at it.
func (m *mailbox) literal(ctx context.Context, every func(func() bool)) {
	for {
		more := false
		every(func() bool {
			more = ctx.Err() == nil
			return more
		})
		if !more {
			return
		}
	}
}

// A loop has other ends.
func (m *mailbox) stopped(ctx context.Context) {
	for {
		select {
		case <-m.stop:
			return
		case text := <-m.messages:
			log.Print(text)
		}
	}
}

func (m *mailbox) closedChannel(ctx context.Context) {
	for text := range m.messages {
		log.Print(text)
	}
}

func (m *mailbox) closedChannelOK(ctx context.Context) {
	for {
		text, ok := <-m.messages
		if !ok {
			return
		}
		log.Print(text)
	}
}

func (m *mailbox) failing(ctx context.Context, ln net.Listener) error {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return err
		}
		conn.Close()
	}
}

// A few short sleeps are over soon.
func (m *mailbox) retry(ctx context.Context) (err error) {
	for range 3 {
		if err = m.sweep(); err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return err
}

func (m *mailbox) retryCounted(ctx context.Context) (err error) {
	for attempt := 0; attempt < 5; attempt++ {
		if err = m.sweep(); err == nil {
			return nil
		}
		time.Sleep(time.Duration(rand.IntN(100)) * time.Millisecond)
	}
	return err
}

// The loop looks at the context each time around: it ends a sleep later.
func (m *mailbox) slow(ctx context.Context) error {
	for {
		if err := m.sweepContext(ctx); err != nil {
			return err
		}
		time.Sleep(time.Second)
	}
}

// One sleep is not a loop.
func (m *mailbox) once(ctx context.Context) error {
	time.Sleep(time.Second)
	return m.sweepContext(ctx)
}

// No context, no promise.
func (m *mailbox) plain() {
	for {
		m.sweep()
		time.Sleep(time.Second)
	}
}

// A computation comes to its end.
func (m *mailbox) collatz(ctx context.Context, n int) (steps int) {
	for n != 1 {
		if n%2 == 0 {
			n /= 2
		} else {
			n = 3*n + 1
		}
		steps++
	}
	return steps
}

// Loops that time ends wait no longer than that.

func pollUntil(ctx context.Context, ready func() bool) bool {
	deadline := time.Now().Add(time.Second)
	for time.Now().Before(deadline) {
		if ready() {
			return true
		}
		time.Sleep(5 * time.Millisecond)
	}
	return false
}

func pollFor(ctx context.Context, ready func() bool) bool {
	start := time.Now()
	for {
		if ready() {
			return true
		}
		if time.Since(start) > time.Second {
			return false
		}
		time.Sleep(5 * time.Millisecond)
	}
}
