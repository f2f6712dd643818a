package ok

import "context"

type watching struct {
	cancel context.CancelFunc
	events <-chan int
}

// watchAll has as many watches as a constant says; a deferred loop ends them.
func watchAll(parent context.Context, open func(context.Context) <-chan int) {
	const total = 10
	watches := make([]watching, total)
	for i := 0; i < total; i++ {
		ctx, cancel := context.WithCancel(parent)
		watches[i] = watching{cancel: cancel, events: open(ctx)}
	}
	defer func() {
		for _, w := range watches {
			w.cancel()
		}
	}()
	for _, w := range watches {
		<-w.events
	}
}
