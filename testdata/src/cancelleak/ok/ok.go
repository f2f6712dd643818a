// Package ok calls its cancel functions, or hands them to who will.
package ok

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

func work(context.Context) error { return nil }

func deferred(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return work(ctx)
}

func literal(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer func() {
		log.Print("done")
		cancel()
	}()
	return work(ctx)
}

func everyPath(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		cancel()
		return err
	}
	cancel()
	return nil
}

// maybe limits the context only if asked to.
func maybe(ctx context.Context, d time.Duration) error {
	if d > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, d)
		defer cancel()
	}
	return work(ctx)
}

func idle(ctx context.Context, d time.Duration) error {
	cancel := func() {}
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d)
	}
	err := work(ctx)
	cancel()
	return err
}

// replaced cancels the first before it asks for the second.
func replaced(ctx context.Context, d time.Duration) error {
	c, cancel := context.WithCancel(ctx)
	if d > 0 {
		cancel()
		c, cancel = context.WithTimeout(ctx, d)
	}
	defer cancel()
	return work(c)
}

// rearmed cancels the one it has before it makes the next; the closure sees the last,
// and the second call does no harm.
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
			cancel()
			return
		}
	}
}

func loop(ctx context.Context) {
	for range 10 {
		c, cancel := context.WithTimeout(ctx, time.Second)
		if err := work(c); err != nil {
			cancel()
			continue
		}
		cancel()
	}
}

func loopInFunc(ctx context.Context) {
	step := func() bool {
		c, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		return work(c) == nil
	}
	for step() {
	}
}

func selected(ctx context.Context, stop <-chan struct{}) error {
	ctx, cancel := context.WithCancel(ctx)
	got := make(chan error, 1)
	go func() { got <- work(ctx) }()
	select {
	case <-stop:
		cancel()
		return errors.New("stopped")
	case err := <-got:
		cancel()
		return err
	}
}

func timeout(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, time.Second)
}

func timeoutNamed(ctx context.Context, d time.Duration) (c context.Context, cancel context.CancelFunc) {
	if d == 0 {
		return ctx, func() {}
	}
	c, cancel = context.WithTimeout(ctx, d)
	return
}

func fromHelpers(ctx context.Context) error {
	a, cancel := timeout(ctx)
	defer cancel()
	b, stop := timeoutNamed(a, time.Minute)
	err := work(b)
	stop()
	return err
}

// wrapped hands away a function that cancels and does more.
func wrapped(ctx context.Context, after ...func()) (context.Context, context.CancelCauseFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	return ctx, func(err error) {
		cancel(err)
		for _, f := range after {
			f()
		}
	}
}

func withCause(ctx context.Context) (err error) {
	ctx, cancel := wrapped(ctx)
	defer func() { cancel(err) }()
	return work(ctx)
}

type worker struct {
	ctx    context.Context
	cancel context.CancelFunc
	done   chan struct{}
}

func newWorker() *worker {
	ctx, cancel := context.WithCancel(context.Background())
	w := &worker{ctx: ctx, cancel: cancel, done: make(chan struct{})}
	go w.run()
	return w
}

func (w *worker) run() {
	defer close(w.done)
	<-w.ctx.Done()
}

func (w *worker) Stop() {
	w.cancel()
	w.cancel = nil
	<-w.done
}

// checked stops what it began when it cannot go on.
func checked() (*worker, error) {
	w := newWorker()
	if err := work(w.ctx); err != nil {
		w.Stop()
		return nil, err
	}
	return w, nil
}

type lateWorker struct {
	stop context.CancelFunc
}

func (w *lateWorker) Start() {
	var ctx context.Context
	ctx, w.stop = context.WithCancel(context.Background())
	go work(ctx)
}

func (w *lateWorker) Shutdown(context.Context) error {
	if w.stop != nil {
		w.stop()
	}
	return nil
}

// generation cancels the context of the state before.
type generation struct{ cancelLast func() }

func (g *generation) next() {
	if g.cancelLast != nil {
		g.cancelLast()
	}
	var ctx context.Context
	ctx, g.cancelLast = context.WithCancel(context.Background())
	go work(ctx)
}

// onceStarted begins only once.
type onceStarted struct {
	ctx    context.Context
	cancel context.CancelFunc
	stop   sync.Once
}

func (o *onceStarted) start() {
	if o.ctx == nil {
		o.ctx, o.cancel = context.WithCancel(context.Background())
	}
	go work(o.ctx)
}

func (o *onceStarted) Close() error {
	o.stop.Do(o.cancel)
	return nil
}

// watch keeps one cancel function a name and calls it when the name has gone.
func watch(ctx context.Context, names <-chan map[string]bool) {
	running := map[string]context.CancelFunc{}
	for now := range names {
		for n := range now {
			if _, ok := running[n]; ok {
				continue
			}
			c, cancel := context.WithCancel(ctx)
			go work(c)
			running[n] = cancel
		}
		for n, cancel := range running {
			if !now[n] {
				cancel()
				delete(running, n)
			}
		}
	}
	for _, cancel := range running {
		cancel()
	}
}

type jobs struct {
	mu sync.Mutex
	m  map[int]context.CancelFunc
}

func (j *jobs) run(ctx context.Context, id int) error {
	ctx, cancel := context.WithCancel(ctx)
	j.set(id, cancel)
	defer j.end(id)
	return work(ctx)
}

func (j *jobs) set(id int, cancel context.CancelFunc) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.m[id] = cancel
}

func (j *jobs) end(id int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if cancel, ok := j.m[id]; ok {
		cancel()
		delete(j.m, id)
	}
}

type group struct{ closers []func() }

func (g *group) child(ctx context.Context) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	g.closers = append(g.closers, cancel)
	return ctx
}

func (g *group) Close() {
	for _, c := range g.closers {
		c()
	}
}

func goroutine(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	go func() {
		defer cancel()
		work(ctx)
	}()
}

func runAndCancel(ctx context.Context, cancel context.CancelFunc) {
	defer cancel()
	work(ctx)
}

func givenToGoroutine(ctx context.Context) {
	c, cancel := context.WithCancel(ctx)
	go runAndCancel(c, cancel)
}

// whenDone has the goroutine cancel whichever comes first; one of the two always does.
func whenDone(stop <-chan struct{}) error {
	done := make(chan struct{}, 1)
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		select {
		case <-done:
		case <-stop:
		}
		cancel()
	}()
	err := work(ctx)
	done <- struct{}{}
	return err
}

// merged is done when either of two contexts is.
func merged(a, b context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(a)
	stop := context.AfterFunc(b, cancel)
	return ctx, func() {
		stop()
		cancel()
	}
}

func useMerged(a, b context.Context) error {
	ctx, cancel := merged(a, b)
	defer cancel()
	return work(ctx)
}

// body cancels when the reader has been closed.
type body struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func (b *body) Close() error {
	defer b.cancel()
	return b.ReadCloser.Close()
}

func get(ctx context.Context, c *http.Client, u string) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u, nil)
	if err != nil {
		cancel()
		return nil, err
	}
	resp, err := c.Do(req)
	if err != nil {
		cancel()
		return nil, err
	}
	resp.Body = &body{resp.Body, cancel}
	return resp, nil
}

func onFailure(ctx context.Context) (w *worker, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	if err := work(ctx); err != nil {
		return nil, err
	}
	return &worker{ctx: ctx, cancel: cancel, done: make(chan struct{})}, nil
}

func unlessKept(ctx context.Context) (context.Context, context.CancelFunc, error) {
	ctx, cancel := context.WithCancel(ctx)
	keep := false
	defer func() {
		if !keep {
			cancel()
		}
	}()
	if err := work(ctx); err != nil {
		return nil, nil, err
	}
	keep = true
	return ctx, cancel, nil
}

func timer(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	time.AfterFunc(time.Minute, cancel)
	go work(ctx)
}

func onShutdown(s *http.Server) {
	ctx, cancel := context.WithCancel(context.Background())
	s.BaseContext = func(net.Listener) context.Context { return ctx }
	s.RegisterOnShutdown(cancel)
}

func forTest(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// swapped calls the function that it takes out of the pointer.
type swapped struct {
	cancel atomic.Pointer[context.CancelFunc]
}

func (s *swapped) restart() {
	ctx, cancel := context.WithCancel(context.Background())
	if old := s.cancel.Swap(&cancel); old != nil {
		(*old)()
	}
	go work(ctx)
}

func (s *swapped) Close() {
	if c := s.cancel.Load(); c != nil {
		(*c)()
	}
}

type run struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func queued(ctx context.Context, out chan<- run) {
	c, cancel := context.WithCancel(ctx)
	out <- run{c, cancel}
}

func drained(in <-chan run) {
	for r := range in {
		work(r.ctx)
		r.cancel()
	}
}

// pair returns the function inside a value.
func pair(ctx context.Context) run {
	c, cancel := context.WithCancel(ctx)
	return run{ctx: c, cancel: cancel}
}

func usePair(ctx context.Context) error {
	r := pair(ctx)
	defer r.cancel()
	return work(r.ctx)
}

type option func(*worker)

func withContext(ctx context.Context) option {
	return func(w *worker) { w.ctx, w.cancel = context.WithCancel(ctx) }
}

func signals() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return work(ctx)
}

// secondSignal gives the signals back as soon as the first has come.
func secondSignal(ctx context.Context) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	<-ctx.Done()
	stop()
	return context.Cause(ctx)
}

func fatal(ctx context.Context) {
	ctx, cancel := timeout(ctx)
	if err := work(ctx); err != nil {
		log.Fatal(err)
	}
	cancel()
}

func interrupts(ctx context.Context, c net.Conn) error {
	stop := context.AfterFunc(ctx, func() { c.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	_, err := io.Copy(io.Discard, c)
	return err
}

// ownChild lets go of the stop function: the context ends with the function itself.
func ownChild(ctx context.Context, c net.Conn) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	context.AfterFunc(ctx, func() { c.Close() })
	return work(ctx)
}

// atTheEnd wants the function to run whenever the context ends, and says so.
func atTheEnd(ctx context.Context, l net.Listener) {
	_ = context.AfterFunc(ctx, func() { l.Close() })
}

type background struct{ stop func() bool }

func (b *background) start(ctx context.Context) {
	b.stop = context.AfterFunc(ctx, func() { log.Print("done") })
}

func (b *background) Close() { b.stop() }

// cond waits for a condition or for the context.
func cond(ctx context.Context, c *sync.Cond, ready func() bool) error {
	defer context.AfterFunc(ctx, func() {
		c.L.Lock()
		defer c.L.Unlock()
		c.Broadcast()
	})()
	for !ready() {
		if err := ctx.Err(); err != nil {
			return err
		}
		c.Wait()
	}
	return nil
}

func waited(ctx context.Context, fs ...func(context.Context) error) (err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	var wg sync.WaitGroup
	for _, f := range fs {
		wg.Go(func() {
			if err := f(ctx); err != nil {
				cancel(err)
			}
		})
	}
	wg.Wait()
	cancel(nil)
	return context.Cause(ctx)
}

var rootCtx, rootCancel = context.WithCancel(context.Background())

func shutdown() { rootCancel() }

func alias(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	stop := cancel
	defer stop()
	return work(ctx)
}

type key struct{}

// inContext puts the function where those who hold the context find it.
func inContext(ctx context.Context) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	return context.WithValue(ctx, key{}, cancel)
}

func cancelIn(ctx context.Context) {
	if cancel, ok := ctx.Value(key{}).(context.CancelFunc); ok {
		cancel()
	}
}

// rounds ends each round's work by itself; the defer is for the ways out.
func rounds(ctx context.Context, work func(context.Context) (bool, error)) error {
	for {
		round, cancel := context.WithCancel(ctx)
		defer cancel()
		again, err := work(round)
		if err != nil {
			return err
		}
		stop(cancel)
		if !again {
			return nil
		}
	}
}

func stop(cancel func()) { cancel() }
