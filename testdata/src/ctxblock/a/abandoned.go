package a

import (
	"context"
	"errors"
	"time"
)

func work() error              { return nil }
func load(string) (int, error) { return 0, nil }
func check() error             { return nil }

// timesOut gives up on the work after a while; the work does not know.
func timesOut() error {
	done := make(chan error)
	go func() {
		done <- work() // want `^the send to done blocks for ever when timesOut returns at line 23, without receiving: give the channel a buffer, or select on what ends the goroutine$`
	}()
	select {
	case err := <-done:
		return err
	case <-time.After(time.Second):
		return errors.New("too late")
	}
}

func cancelled(ctx context.Context) (int, error) {
	type result struct {
		n   int
		err error
	}
	results := make(chan result)
	go func() {
		n, err := load("x")
		results <- result{n, err} // want `^the send to results blocks for ever when cancelled returns at line 41, without receiving`
	}()
	select {
	case r := <-results:
		return r.n, r.err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func failsFirst() error {
	done := make(chan error)
	go func() { done <- work() }() // want `^the send to done blocks for ever when failsFirst returns at line 49`
	if err := check(); err != nil {
		return err
	}
	return <-done
}

// named sends in a function of its own.
func named(ctx context.Context) error {
	done := make(chan error)
	go send(done)
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func send(done chan<- error) {
	done <- work() // want `^the send to done blocks for ever when named returns at line 62`
}

// first takes the first error of many that each send one.
func first(names []string) error {
	errs := make(chan error)
	for _, name := range names {
		go func() {
			_, err := load(name)
			errs <- err // want `^the send to errs blocks for ever when first returns at line 81`
		}()
	}
	for range names {
		if err := <-errs; err != nil {
			return err
		}
	}
	return nil
}

// stopped leaves a producer that sends on.
func stopped(ctx context.Context, names []string) error {
	out := make(chan int)
	go func() {
		defer close(out)
		for _, name := range names {
			n, _ := load(name)
			out <- n // want `^the send to out blocks for ever when stopped returns at line 104`
		}
	}()
	for {
		select {
		case _, ok := <-out:
			if !ok {
				return nil
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// each makes a channel in each round.
func each(ctx context.Context, names []string) error {
	for _, name := range names {
		done := make(chan error)
		go func() {
			_, err := load(name)
			done <- err // want `^the send to done blocks for ever when each returns at line 120`
		}()
		select {
		case <-done:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// falls returns where its body ends.
func falls(late <-chan time.Time) {
	done := make(chan error)
	go func() { done <- work() }() // want `^the send to done blocks for ever when falls returns at line 134`
	select {
	case <-done:
	case <-late:
	}
}

// beforeAny returns before it receives from any.
func beforeAny(names []string) error {
	errs := make(chan error)
	for _, name := range names {
		if name == "" {
			continue
		}
		go func() {
			_, err := load(name)
			errs <- err // want `^the send to errs blocks for ever when beforeAny returns at line 149`
		}()
	}
	if err := check(); err != nil {
		return err
	}
	for range names {
		<-errs
	}
	return nil
}
