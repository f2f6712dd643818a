// Package missed loses cancel functions in ways that the rule does not see yet.
package missed

import (
	"context"
	"log"
	"sync/atomic"
)

func work(context.Context) error { return nil }

// reloader forgets the function of the state before.
type reloader struct{ cancel context.CancelFunc }

func (r *reloader) reload() {
	var ctx context.Context
	ctx, r.cancel = context.WithCancel(context.Background())
	go work(ctx)
}

func (r *reloader) Close() { r.cancel() }

// swapped forgets what it takes out of the pointer.
type swapped struct {
	cancel atomic.Pointer[context.CancelFunc]
}

func (s *swapped) restart() {
	ctx, cancel := context.WithCancel(context.Background())
	s.cancel.Store(&cancel)
	go work(ctx)
}

func (s *swapped) Close() {
	if c := s.cancel.Load(); c != nil {
		(*c)()
	}
}

// running deletes functions without a call.
type running struct{ m map[string]context.CancelFunc }

func (r *running) begin(ctx context.Context, name string) {
	c, cancel := context.WithCancel(ctx)
	r.m[name] = cancel
	go work(c)
}

func (r *running) end(name string) { delete(r.m, name) }

// gathered never goes through the list again.
func gathered(ctx context.Context, n int) error {
	var cancels []context.CancelFunc
	for range n {
		c, cancel := context.WithCancel(ctx)
		cancels = append(cancels, cancel)
		if err := work(c); err != nil {
			return err
		}
	}
	log.Print(len(cancels))
	return nil
}
