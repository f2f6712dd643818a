// Package audit loses cancel functions, most likely.
package audit

import (
	"context"
	"io"
	"net"
	"os"
	"os/signal"
	"time"
)

func work(context.Context) error { return nil }

// interrupted waits for an interrupt that need not come.
func interrupted(interrupt <-chan struct{}) error {
	ctx, cancel := context.WithCancel(context.Background()) // want `^cancel function from context\.WithCancel is not called when the function returns at line \d+$`
	go func() {
		<-interrupt
		cancel()
	}()
	return work(ctx)
}

// onlyIfAsked looks only while somebody may interrupt, but has no second way out.
func onlyIfAsked(ctx context.Context, interrupt <-chan error) error {
	ctx, cancel := context.WithCancelCause(ctx) // want `^cancel function from context\.WithCancelCause is not called when the goroutine returns at line \d+$`
	go func() {
		select {
		case err := <-interrupt:
			cancel(err)
		case <-ctx.Done():
		}
	}()
	return work(ctx)
}

// poller keeps a function that none of its methods calls.
type poller struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func newPoller() *poller {
	ctx, cancel := context.WithCancel(context.Background()) // want `^cancel function from context\.WithCancel is kept in field cancel, and nothing in the package has it called$`
	p := &poller{ctx: ctx, cancel: cancel}
	go p.poll()
	return p
}

func (p *poller) poll() {
	for work(p.ctx) == nil {
		time.Sleep(time.Second)
	}
}

type run struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func newRun(ctx context.Context) run {
	c, cancel := context.WithCancel(ctx) // want `^cancel function from context\.WithCancel is kept in field cancel, and nothing in the package has it called$`
	return run{c, cancel}
}

type acceptor struct{ ctx context.Context }

// serve adds a function to the acceptor's context for each connection, for good.
func (a *acceptor) serve(l net.Listener) error {
	for {
		c, err := l.Accept()
		if err != nil {
			return err
		}
		context.AfterFunc(a.ctx, func() { c.Close() }) // want `^stop function from context\.AfterFunc is not called before the loop at line \d+ makes the call again$`
		go func() {
			defer c.Close()
			io.Copy(c, c)
		}()
	}
}

// copied stops the watch on the connection only after a failure.
func copied(ctx context.Context, c net.Conn) error {
	stop := context.AfterFunc(ctx, func() { c.Close() }) // want `^stop function from context\.AfterFunc is not called when the function returns at line \d+$`
	if _, err := io.Copy(io.Discard, c); err != nil {
		stop()
		return err
	}
	return c.SetDeadline(time.Time{})
}

// lateAnswers lets the others go on after enough have answered; the time limit ends them.
func lateAnswers(ctx context.Context, fs []func(context.Context) error) (err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second) // want `^cancel function from context\.WithTimeout is not called when the function returns at line \d+$`
	enough := false
	defer func() {
		if !enough {
			cancel()
		}
	}()
	got := make(chan error, len(fs))
	for _, f := range fs {
		go func() { got <- f(ctx) }()
	}
	for range fs {
		if err = <-got; err == nil {
			enough = true
			return nil
		}
	}
	return err
}

// bounded keeps three contexts until it returns, which it wants.
func bounded(ctx context.Context) error {
	var last error
	for i := range 3 {
		c, cancel := context.WithTimeout(ctx, time.Duration(i)*time.Second) // want `^cancel function from context\.WithTimeout is called by a defer in a loop at line \d+: not before the function returns$`
		defer cancel()
		last = work(c)
	}
	return last
}

// successOnly calls it in the deferred function only after a failure, and gives nothing away.
func successOnly(ctx context.Context) (err error) {
	ctx, cancel := context.WithCancel(ctx) // want `^cancel function from context\.WithCancel is not called when the function returns at line \d+$`
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	return work(ctx)
}

func endIf(err error, cancel context.CancelFunc) {
	if err != nil {
		cancel()
	}
}

// halfEnded gives it to a helper that calls it only after failures.
func halfEnded(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want `^cancel function from context\.WithCancel is not called when the function returns at line \d+$`
	err := work(ctx)
	endIf(err, cancel)
	return err
}

func signalsOnePath(ctx context.Context) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt) // want `^cancel function from signal\.NotifyContext is not called when the function returns at line \d+$`
	if err := work(ctx); err != nil {
		stop()
		return err
	}
	return nil
}

// watched cancels after failures in a deferred function; a goroutine sets the
// result, too, and other deferred functions run before.
func watched(ctx context.Context, done func()) (_ context.Context, err error) {
	c, cancel := context.WithCancel(context.Background()) // want `^cancel function from context\.WithCancel is not called when the function returns at line \d+$`
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	defer done()
	failed := make(chan error, 1)
	go func() {
		err = work(c)
		failed <- err
	}()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case err := <-failed:
		if err != nil {
			return nil, err
		}
	}
	return c, nil
}
