package ok

import (
	"context"
	"sync/atomic"
	"time"
)

// The end of the context comes by another way.

type bridged struct{ stop chan struct{} }

func (b *bridged) step() {}

func (b *bridged) Serve(ctx context.Context) {
	go func() { <-ctx.Done(); close(b.stop) }()
	for {
		select {
		case <-b.stop:
			return
		default:
		}
		b.step()
		time.Sleep(100 * time.Millisecond)
	}
}

func flagged(ctx context.Context) {
	var over atomic.Bool
	context.AfterFunc(ctx, func() { over.Store(true) })
	for !over.Load() {
		time.Sleep(time.Millisecond)
	}
}

// fakeStore is slow for tests.
type fakeStore struct{ delay time.Duration }

func (f *fakeStore) Get(ctx context.Context, keys []string) error {
	for range keys {
		time.Sleep(f.delay)
	}
	return nil
}
