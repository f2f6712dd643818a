// Package a loses cancel functions in ways that go vet does not speak of.
package a

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"os"
	"os/signal"
	"sync/atomic"
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
	ctx, _ = timeout(ctx, time.Second) // want `is (discarded and )?never called`
	return work(ctx)
}

func somePaths(ctx context.Context) error {
	ctx, cancel := timeout(ctx, time.Second) // want `is (not|never) called`
	if err := work(ctx); err != nil {
		return err
	}
	cancel()
	return nil
}

// nextFrame makes a context a round and cancels them all when the stream ends.
func nextFrame(ctx context.Context, frames <-chan []byte) error {
	for {
		c, cancel := timeout(ctx, time.Second) // want `is (not|never) called`
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
		c, cancel := context.WithTimeout(ctx, time.Second) // want `is (not|never) called`
		defer cancel()
		work(c)
	}
}

// retried cancels only the last of its contexts.
func retried(ctx context.Context) (err error) {
	var cancel context.CancelFunc
	for range 3 {
		var c context.Context
		c, cancel = context.WithTimeout(ctx, time.Second) // want `is (not|never) called`
		if err = work(c); err == nil {
			break
		}
	}
	cancel()
	return err
}

// limited loses the first function when it asks for the second.
func limited(ctx context.Context, d time.Duration) error {
	c, cancel := context.WithCancel(ctx) // want `is (not|never) called`
	if d > 0 {
		c, cancel = context.WithTimeout(c, d)
	}
	defer cancel()
	return work(c)
}

// interrupted waits for an interrupt that need not come.
func interrupted(interrupt <-chan struct{}) error {
	ctx, cancel := context.WithCancel(context.Background()) // want `is (not|never) called`
	go func() {
		<-interrupt
		cancel()
	}()
	return work(ctx)
}

// onlyIfAsked looks only while somebody may interrupt, but has no second way out.
func onlyIfAsked(ctx context.Context, interrupt <-chan error) error {
	ctx, cancel := context.WithCancelCause(ctx) // want `is (not|never) called`
	go func() {
		select {
		case err := <-interrupt:
			cancel(err)
		case <-ctx.Done():
		}
	}()
	return work(ctx)
}

// successOnly calls it in the deferred function only after a failure, and gives nothing away.
func successOnly(ctx context.Context) (err error) {
	ctx, cancel := context.WithCancel(ctx) // want `is (not|never) called`
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	return work(ctx)
}

// cleanup is a closure that the early return passes by.
func cleanup(ctx context.Context, n int) error {
	ctx, cancel := context.WithCancel(ctx) // want `is (not|never) called`
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
	ctx, cancel := context.WithCancel(ctx) // want `is (not|never) called`
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
	ctx, cancel := context.WithCancel(ctx) // want `is (not|never) called`
	note("begin", cancel)
	return work(ctx)
}

func endIf(err error, cancel context.CancelFunc) {
	if err != nil {
		cancel()
	}
}

// halfEnded gives it to a helper that calls it only after failures.
func halfEnded(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want `is (not|never) called`
	err := work(ctx)
	endIf(err, cancel)
	return err
}

// poller keeps a function that none of its methods calls.
type poller struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func newPoller() *poller {
	ctx, cancel := context.WithCancel(context.Background()) // want `is (not|never) called`
	p := &poller{ctx: ctx, cancel: cancel}
	go p.poll()
	return p
}

func (p *poller) poll() {
	for work(p.ctx) == nil {
		time.Sleep(time.Second)
	}
}

// reloader forgets the function of the state before.
type reloader struct{ cancel context.CancelFunc }

func (r *reloader) reload() {
	var ctx context.Context
	ctx, r.cancel = context.WithCancel(context.Background()) // want `is (not|never) called`
	go work(ctx)
}

func (r *reloader) Close() { r.cancel() }

// swapped forgets what it takes out of the pointer.
type swapped struct {
	cancel atomic.Pointer[context.CancelFunc]
}

func (s *swapped) restart() {
	ctx, cancel := context.WithCancel(context.Background()) // want `is (not|never) called`
	s.cancel.Store(&cancel)
	go work(ctx)
}

func (s *swapped) Close() {
	if c := s.cancel.Load(); c != nil {
		(*c)()
	}
}

type server struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func (s *server) Close() { s.cancel() }

// newServer has put the function into a value that it drops when it fails.
func newServer(ctx context.Context) (*server, error) {
	ctx, cancel := context.WithCancel(ctx) // want `is (not|never) called`
	s := &server{ctx: ctx, cancel: cancel}
	if err := work(ctx); err != nil {
		return nil, err
	}
	return s, nil
}

type run struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func newRun(ctx context.Context) run {
	c, cancel := context.WithCancel(ctx)
	return run{c, cancel}
}

// pairDropped takes only the context out of what the helper gives.
func pairDropped(ctx context.Context) error {
	return work(newRun(ctx).ctx) // want `is (not|never) called`
}

// running deletes functions without a call.
type running struct{ m map[string]context.CancelFunc }

func (r *running) begin(ctx context.Context, name string) {
	c, cancel := context.WithCancel(ctx) // want `is (not|never) called`
	r.m[name] = cancel
	go work(c)
}

func (r *running) end(name string) { delete(r.m, name) }

// gathered never goes through the list again.
func gathered(ctx context.Context, n int) error {
	var cancels []context.CancelFunc
	for range n {
		c, cancel := context.WithCancel(ctx) // want `is (not|never) called`
		cancels = append(cancels, cancel)
		if err := work(c); err != nil {
			return err
		}
	}
	log.Print(len(cancels))
	return nil
}

// forSignals takes the signals over and never gives them back.
func forSignals() error {
	ctx, _ := signal.NotifyContext(context.Background(), os.Interrupt) // want `is (discarded and )?never called`
	return work(ctx)
}

func signalsOnePath(ctx context.Context) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt) // want `is (not|never) called`
	if err := work(ctx); err != nil {
		stop()
		return err
	}
	return nil
}

type acceptor struct{ ctx context.Context }

// serve adds a function to the acceptor's context for each connection, for good.
func (a *acceptor) serve(l net.Listener) error {
	for {
		c, err := l.Accept()
		if err != nil {
			return err
		}
		context.AfterFunc(a.ctx, func() { c.Close() }) // want `is (discarded and )?never called`
		go func() {
			defer c.Close()
			io.Copy(c, c)
		}()
	}
}

// copied stops the watch on the connection only after a failure.
func copied(ctx context.Context, c net.Conn) error {
	stop := context.AfterFunc(ctx, func() { c.Close() }) // want `is (not|never) called`
	if _, err := io.Copy(io.Discard, c); err != nil {
		stop()
		return err
	}
	return c.SetDeadline(time.Time{})
}
