package notify

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

const (
	maxWaiting = 1000
	retryEvery = 5 * time.Second
	drainEvery = 100 * time.Millisecond
	sendWithin = 10 * time.Second
)

// Outbox keeps events that could not be sent, and tries again later.
type Outbox struct {
	Hooks *Webhooks

	mu      sync.Mutex
	waiting []Event
}

// Put keeps an event for later.
func (o *Outbox) Put(e Event) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.waiting) == maxWaiting {
		return errors.New("outbox is full")
	}
	o.waiting = append(o.waiting, e)
	return nil
}

// Run sends what waits, every few seconds, until ctx is done.
func (o *Outbox) Run(ctx context.Context) {
	ticker := time.NewTicker(retryEvery)
	defer ticker.Stop()
	for {
		// healthy: the loop ends with its context
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			o.retry(ctx)
		}
	}
}

func (o *Outbox) retry(ctx context.Context) {
	o.mu.Lock()
	events := o.waiting
	o.waiting = nil
	o.mu.Unlock()
	for _, e := range events {
		// leak(cancelleak): the deferred calls run when all events are through, not one by one
		sending, cancel := context.WithTimeout(ctx, sendWithin)
		defer cancel()
		if err := o.Hooks.Send(sending, e); err != nil {
			slog.WarnContext(ctx, "event kept for later", "order", e.OrderID, "err", err)
			if err := o.Put(e); err != nil {
				slog.ErrorContext(ctx, "event lost", "order", e.OrderID, "err", err)
			}
		}
	}
}

// SendNow sends one event, or keeps it for later.
func (o *Outbox) SendNow(ctx context.Context, e Event) error {
	// healthy: the call is deferred where the context is used once
	sending, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	if err := o.Hooks.Send(sending, e); err == nil {
		return nil
	}
	return o.Put(e)
}

// Drain waits until nothing is left to send.
func (o *Outbox) Drain(ctx context.Context) error {
	for o.size() > 0 {
		// leak(ctxblock): nobody can stop waiting while subscribers are down
		time.Sleep(drainEvery)
	}
	return nil
}

func (o *Outbox) size() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.waiting)
}
