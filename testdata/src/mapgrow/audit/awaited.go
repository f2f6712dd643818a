package audit

import (
	"context"
	"errors"
	"sync"
	"time"
)

type answer struct{ id uint64 }
type link interface {
	Write(id uint64) error
	Read() (*answer, error)
}

// caller forgets a call that cannot be sent, and one that nobody waits for any more.
type caller struct {
	mu      sync.Mutex
	next    uint64
	pending map[uint64]chan *answer
	l       link
}

func newCaller(l link) *caller {
	cl := &caller{pending: map[uint64]chan *answer{}, l: l}
	go cl.read()
	return cl
}

func (c *caller) Call(ctx context.Context) (*answer, error) {
	c.mu.Lock()
	c.next++
	id := c.next
	ch := make(chan *answer, 1)
	c.pending[id] = ch // want `^pending keeps the entry of Call, which returns at line \d+ without an answer, until read gets one$`
	c.mu.Unlock()
	if err := c.l.Write(id); err != nil {
		return nil, err
	}
	select {
	case r := <-ch:
		return r, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (c *caller) read() {
	for {
		r, err := c.l.Read()
		if err != nil {
			return
		}
		c.mu.Lock()
		ch := c.pending[r.id]
		delete(c.pending, r.id)
		c.mu.Unlock()
		if ch != nil {
			ch <- r
		}
	}
}

// waiter forgets those that take too long.
type waiter struct {
	mu      sync.Mutex
	pending map[string]*pendingCall
	l       link
}
type pendingCall struct {
	done chan struct{}
	r    *answer
}

func (c *waiter) Call(id string, t time.Duration) (*answer, error) {
	cl := &pendingCall{done: make(chan struct{})}
	c.mu.Lock()
	c.pending[id] = cl // want `^pending keeps the entry of Call, which returns at line \d+ without an answer, until got gets one$`
	c.mu.Unlock()
	tm := time.NewTimer(t)
	defer tm.Stop()
	select {
	case <-cl.done:
		return cl.r, nil
	case <-tm.C:
		return nil, errors.New("timeout")
	}
}

func (c *waiter) got(id string, r *answer) {
	c.mu.Lock()
	cl := c.pending[id]
	delete(c.pending, id)
	c.mu.Unlock()
	cl.r = r
	close(cl.done)
}

// Who stops waiting deletes the entry.

type orderly struct {
	mu      sync.Mutex
	pending map[string]*pendingCall
}

func (o *orderly) remove(id string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.pending, id)
}

func (o *orderly) add(id string) *pendingCall {
	cl := &pendingCall{done: make(chan struct{})}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.pending[id] = cl
	return cl
}

func (o *orderly) deferred(ctx context.Context, id string) (*answer, error) {
	cl := &pendingCall{done: make(chan struct{})}
	o.mu.Lock()
	o.pending[id] = cl
	o.mu.Unlock()
	defer o.remove(id)
	select {
	case <-cl.done:
		return cl.r, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (o *orderly) inCase(ctx context.Context, id string) (*answer, error) {
	cl := &pendingCall{done: make(chan struct{})}
	o.mu.Lock()
	o.pending[id] = cl
	o.mu.Unlock()
	select {
	case <-cl.done:
		return cl.r, nil
	case <-ctx.Done():
		o.remove(id)
		return nil, ctx.Err()
	}
}

func (o *orderly) later(ctx context.Context, id string) (*answer, error) {
	cl := &pendingCall{done: make(chan struct{})}
	o.mu.Lock()
	o.pending[id] = cl
	o.mu.Unlock()
	stop := context.AfterFunc(ctx, func() { o.remove(id) })
	defer stop()
	select {
	case <-cl.done:
		return cl.r, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// subscribe hands the entry out: its caller ends it.
func (o *orderly) subscribe(id string) *pendingCall { return o.add(id) }

// always waits for the answer alone.
func (o *orderly) always(id string) *answer {
	cl := &pendingCall{done: make(chan struct{})}
	o.mu.Lock()
	o.pending[id] = cl
	o.mu.Unlock()
	<-cl.done
	return cl.r
}
