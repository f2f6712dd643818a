package ok

import (
	"context"
	"sync"
	"time"
)

// A rule may be tempted to speak of these; the authors meant what they wrote.

// lateAnswers lets the others go on after enough have answered; the time limit ends them.
func lateAnswers(ctx context.Context, fs []func(context.Context) error) (err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
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
