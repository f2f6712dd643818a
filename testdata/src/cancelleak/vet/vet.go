// Package vet loses cancel functions where go vet says so itself; the rule speaks
// of these only when a flag asks it to.
package vet

import (
	"context"
	"time"
)

func work(context.Context) error { return nil }

func discarded(ctx context.Context) error {
	ctx, _ = context.WithTimeout(ctx, time.Second) // want `^cancel function from context\.WithTimeout is discarded and never called$`
	return work(ctx)
}

func earlyReturn(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want `^cancel function from context\.WithCancel is not called when the function returns at line \d+$`
	if err := work(ctx); err != nil {
		return err
	}
	cancel()
	return nil
}

func oneArm(ctx context.Context, got <-chan int) int {
	ctx, cancel := context.WithCancel(ctx) // want `^cancel function from context\.WithCancel is not called when the function returns at line \d+$`
	select {
	case n := <-got:
		cancel()
		return n
	case <-ctx.Done():
		return 0
	}
}

func inGoroutine(ctx context.Context) {
	go func() {
		c, cancel := context.WithCancelCause(ctx) // want `^cancel function from context\.WithCancelCause is not called when the function returns at line \d+$`
		if err := work(c); err != nil {
			cancel(err)
		}
	}()
}

func fixed(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return work(ctx)
}

// rearmed is right, whatever go vet says: the deferred closure sees the last function.
func rearmed(ctx context.Context, again <-chan struct{}) {
	c, cancel := context.WithCancel(ctx)
	defer func() { cancel() }()
	for {
		go work(c)
		select {
		case <-again:
			cancel()
			c, cancel = context.WithCancel(ctx)
		case <-ctx.Done():
			return
		}
	}
}
