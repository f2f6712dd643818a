// Package a loses cancel functions in ways that go vet does not speak of.
package a

import (
	"context"
	"errors"
	"log"
	"os"
	"os/signal"
	"time"
)

func work(context.Context) error { return nil }

func timeout(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	if d == 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, d)
}

func dropped(ctx context.Context) error {
	ctx, _ = timeout(ctx, time.Second) // want `^cancel function from timeout is discarded and never called$`
	return work(ctx)
}

func somePaths(ctx context.Context) error {
	ctx, cancel := timeout(ctx, time.Second) // want `^cancel function from timeout is not called when the function returns at line \d+$`
	if err := work(ctx); err != nil {
		return err
	}
	cancel()
	return nil
}

// nextFrame makes a context a round and cancels them all when the stream ends.
func nextFrame(ctx context.Context, frames <-chan []byte) error {
	for {
		c, cancel := timeout(ctx, time.Second) // want `^cancel function from timeout is called by a defer in a loop at line \d+: not before the function returns$`
		defer cancel()
		select {
		case b, ok := <-frames:
			if !ok {
				return nil
			}
			log.Print(len(b))
		case <-c.Done():
			return c.Err()
		}
	}
}

// deferInLoop does the same without a helper; for go vet the deferred call is enough.
func deferInLoop(ctx context.Context, in <-chan int) {
	for range in {
		c, cancel := context.WithTimeout(ctx, time.Second) // want `^cancel function from context\.WithTimeout is called by a defer in a loop at line \d+: not before the function returns$`
		defer cancel()
		work(c)
	}
}

// retried cancels only the last of its contexts.
func retried(ctx context.Context) (err error) {
	var cancel context.CancelFunc
	for range 3 {
		var c context.Context
		c, cancel = context.WithTimeout(ctx, time.Second) // want `^cancel function from context\.WithTimeout is not called before the loop at line \d+ makes the call again$`
		if err = work(c); err == nil {
			break
		}
	}
	cancel()
	return err
}

// limited loses the first function when it asks for the second.
func limited(ctx context.Context, d time.Duration) error {
	c, cancel := context.WithCancel(ctx) // want `^cancel function from context\.WithCancel is not called when the function returns at line \d+$`
	if d > 0 {
		c, cancel = context.WithTimeout(c, d)
	}
	defer cancel()
	return work(c)
}

// cleanup is a closure that the early return passes by.
func cleanup(ctx context.Context, n int) error {
	ctx, cancel := context.WithCancel(ctx) // want `^cancel function from context\.WithCancel is not called when the function returns at line \d+$`
	cleanup := func() {
		log.Print("cleanup")
		cancel()
	}
	if n == 0 {
		return errors.New("nothing to do")
	}
	defer cleanup()
	return work(ctx)
}

func aliased(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want `^cancel function from context\.WithCancel is not called when the function returns at line \d+$`
	stop := cancel
	if err := work(ctx); err != nil {
		return err
	}
	stop()
	return nil
}

func note(what string, _ context.CancelFunc) { log.Print(what) }

// noted gives it to a helper that does not look at it.
func noted(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want `^cancel function from context\.WithCancel is never called: the function returns at line \d+$`
	note("begin", cancel)
	return work(ctx)
}

type server struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func (s *server) Close() { s.cancel() }

// newServer has put the function into a value that it drops when it fails.
func newServer(ctx context.Context) (*server, error) {
	ctx, cancel := context.WithCancel(ctx) // want `^cancel function from context\.WithCancel is not called when the function returns at line \d+$`
	s := &server{ctx: ctx, cancel: cancel}
	if err := work(ctx); err != nil {
		return nil, err
	}
	return s, nil
}

// forSignals takes the signals over and never gives them back.
func forSignals() error {
	ctx, _ := signal.NotifyContext(context.Background(), os.Interrupt) // want `^cancel function from signal\.NotifyContext is discarded and never called$`
	return work(ctx)
}

// gathered never goes through the list again.
func gathered(ctx context.Context, n int) error {
	var cancels []context.CancelFunc
	for range n {
		c, cancel := context.WithCancel(ctx) // want `^cancel function from context\.WithCancel is never called: the function returns at line \d+$`
		cancels = append(cancels, cancel)
		if err := work(c); err != nil {
			return err
		}
	}
	log.Print(len(cancels))
	return nil
}

// flagged has no time limit that would end what it leaves to go on.
func flagged(ctx context.Context, ask func(context.Context) int) int {
	ctx, cancel := context.WithCancel(ctx) // want `^cancel function from context\.WithCancel is not called when the function returns at line \d+$`
	goOn := false
	defer func() {
		if !goOn {
			cancel()
		}
	}()
	n := ask(ctx)
	goOn = n > 1
	return n
}
