package ok

import (
	"context"
	"sync"
	"time"
)

// A rule may be tempted to speak of these; the authors meant what they wrote.

// acknowledged says that nobody is to call it.
func acknowledged(ctx context.Context) context.Context {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	_ = cancel
	return ctx
}

var onlyOnce sync.Once

// firstUse starts what runs as long as the process.
func firstUse() {
	onlyOnce.Do(func() {
		ctx, cancel := context.WithCancel(context.Background())
		go func() {
			for work(ctx) == nil {
				time.Sleep(time.Minute)
			}
			cancel()
		}()
	})
}
