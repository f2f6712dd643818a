// Package fix sleeps where a context could wake it.
package fix

import (
	"context"
	"net/http"
	"os"
	"sync"
	"time"
)

func sweep() error { return nil }

func nothing(ctx context.Context) {
	for {
		sweep()
		time.Sleep(time.Minute) // want `ctx cannot end nothing`
	}
}

func anError(ctx context.Context, interval time.Duration) error {
	for {
		if err := sweep(); err != nil {
			return err
		}
		time.Sleep(2 * interval) // want `ctx cannot end anError`
	}
}

func nested(reqCtx context.Context, hosts []string) error {
	for len(hosts) > 0 {
		if sweep() != nil {
			time.Sleep(time.Second) // want `reqCtx cannot end nested`
			continue
		}
		hosts = hosts[1:]
	}
	return nil
}

func events(w http.ResponseWriter, r *http.Request) {
	for {
		w.Write([]byte("data: tick\n\n"))
		time.Sleep(time.Second) // want `r\.Context\(\) cannot end events`
	}
}

func inCase(ctx context.Context, states <-chan string) {
	for state := range states {
		switch state {
		case "busy":
			time.Sleep(time.Second) // want `ctx cannot end inCase`
		}
	}
}

// Two results: what else to return is not known.
func two(ctx context.Context) (int, error) {
	for n := 0; ; n++ {
		if sweep() == nil {
			return n, nil
		}
		time.Sleep(time.Second) // want `ctx cannot end two`
	}
}

// No error to return.
func aNumber(ctx context.Context) int {
	for n := 0; ; n++ {
		if sweep() == nil {
			return n
		}
		time.Sleep(time.Second) // want `ctx cannot end aNumber`
	}
}

// The context has no name.
func blank(_ context.Context) {
	for {
		sweep()
		time.Sleep(time.Second) // want `the context parameter cannot end blank`
	}
}

// Another variable has its name.
func shadowed(ctx context.Context, names []string) {
	for _, ctx := range names {
		if ctx == "" {
			continue
		}
		time.Sleep(time.Second) // want `ctx cannot end shadowed`
	}
}

// A function value: what package to take After from is not written here.
func byName(ctx context.Context) {
	pause := time.Sleep
	for {
		sweep()
		pause(time.Second) // want `ctx cannot end byName`
	}
}

// A context that is derived from the parameter, under its name, is not what the
// loop ignores.
func derived(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for sweep() != nil {
		time.Sleep(time.Second) // want `ctx cannot end derived`
	}
	return ctx.Err()
}

// A return would leave the file open.
func holding(ctx context.Context, name string) error {
	for {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		time.Sleep(time.Second) // want `ctx cannot end holding`
		f.Close()
	}
}

// A return would skip what somebody waits for.
func announcing(ctx context.Context, out chan<- int) {
	for sweep() != nil {
		time.Sleep(time.Second) // want `ctx cannot end announcing`
	}
	out <- 1
}

func locked(ctx context.Context, mu *sync.Mutex) {
	mu.Lock()
	for sweep() != nil {
		time.Sleep(time.Second) // want `ctx cannot end locked`
	}
	mu.Unlock()
}

func handedIn(ctx context.Context, release func()) {
	for sweep() != nil {
		time.Sleep(time.Second) // want `ctx cannot end handedIn`
	}
	release()
}

// What is deferred happens all the same.
func deferring(ctx context.Context, mu *sync.Mutex, ready func() bool) {
	mu.Lock()
	defer mu.Unlock()
	for !ready() {
		time.Sleep(time.Second) // want `ctx cannot end deferring`
	}
}

func abandoned(ctx context.Context) error {
	done := make(chan error)
	go func() { done <- sweep() }() // want `the send to done blocks for ever`
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
