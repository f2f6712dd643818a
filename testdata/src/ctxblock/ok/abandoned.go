package ok

import (
	"context"
	"errors"
	"sync"
	"time"
)

func work() error              { return nil }
func load(string) (int, error) { return 0, nil }

func buffered(ctx context.Context) error {
	done := make(chan error, 1)
	go func() { done <- work() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func selects(ctx context.Context) error {
	done := make(chan error)
	go func() {
		select {
		case done <- work():
		case <-ctx.Done():
		}
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func tries() error {
	done := make(chan error)
	go func() {
		select {
		case done <- work():
		default:
		}
	}()
	select {
	case err := <-done:
		return err
	case <-time.After(time.Second):
		return errors.New("too late")
	}
}

// closes only says that it is done.
func closes(ctx context.Context) error {
	done := make(chan struct{})
	go func() {
		defer close(done)
		work()
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// waits receives after all.
func waits(ctx context.Context, cancel func()) error {
	done := make(chan error)
	go func() { done <- work() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		cancel()
		<-done
		return ctx.Err()
	}
}

func deferred(ctx context.Context) error {
	done := make(chan error)
	defer func() { <-done }()
	go func() { done <- work() }()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return nil
}

// drains leaves the rest to another goroutine.
func drains(ctx context.Context) error {
	done := make(chan error)
	go func() { done <- work() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		go func() { <-done }()
		return ctx.Err()
	}
}

func two() (err error) {
	done := make(chan error)
	go func() { done <- work() }()
	go func() { done <- work() }()
	for range 2 {
		if e := <-done; e != nil {
			err = e
		}
	}
	return err
}

func counted() (err error) {
	done := make(chan error)
	n := 0
	if flag() {
		n++
		go func() { done <- work() }()
	}
	for i := 0; i < n; i++ {
		err = <-done
	}
	return err
}

func flag() bool { return false }

func perhaps(start bool) error {
	done := make(chan error)
	if start {
		go func() { done <- work() }()
	}
	if start {
		return <-done
	}
	return nil
}

func started(name string) error {
	done := make(chan error)
	running := false
	if name != "" {
		running = true
		go func() { done <- work() }()
	}
	if running {
		return <-done
	}
	return nil
}

func all(names []string) error {
	errs := make(chan error)
	for _, name := range names {
		go func() {
			_, err := load(name)
			errs <- err
		}()
	}
	var first error
	for range names {
		if err := <-errs; err != nil && first == nil {
			first = err
		}
	}
	return first
}

// ended is told by what was sent that no more will come.
func ended(names []string) error {
	type result struct {
		n   int
		err error
	}
	out := make(chan result)
	go func() {
		for _, name := range names {
			n, err := load(name)
			out <- result{n, err}
			if err != nil {
				return
			}
		}
		close(out)
	}()
	for r := range out {
		if r.err != nil {
			return r.err
		}
	}
	return nil
}

func handedOn(names []string) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for _, name := range names {
			n, _ := load(name)
			out <- n
		}
	}()
	return out
}

type pump struct{ out chan int }

func newPump() *pump {
	out := make(chan int)
	go func() { out <- 1 }()
	return &pump{out}
}

func others(names []string) {
	var wg sync.WaitGroup
	jobs := make(chan string)
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for name := range jobs {
				load(name)
			}
		}()
	}
	for _, name := range names {
		jobs <- name
	}
	close(jobs)
	wg.Wait()
}

func panics(ctx context.Context) error {
	done := make(chan error)
	go func() { done <- work() }()
	if ctx == nil {
		panic("no context")
	}
	return <-done
}

// TestingT is what a test hands to those who check for it.
type TestingT interface {
	Errorf(format string, args ...any)
	FailNow()
}

// soon helps tests, whose process ends soon after them.
func soon(t TestingT, check func(), limit time.Duration) {
	done := make(chan struct{})
	go func() {
		check()
		done <- struct{}{}
	}()
	select {
	case <-done:
	case <-time.After(limit):
		t.Errorf("not within %s", limit)
	}
}
