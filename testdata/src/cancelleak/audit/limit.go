package audit

import (
	"context"
	"time"
)

// enough leaves what is still under way until the limit, once enough have answered.
func enough(ctx context.Context, asks []func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second) // want `^cancel function from context\.WithTimeout is not called when the function returns at line \d+$`
	goOn := false
	defer func() {
		if !goOn {
			cancel()
		}
	}()
	answers := make(chan error, len(asks))
	for _, ask := range asks {
		go func() { answers <- ask(ctx) }()
	}
	failed := 0
	for range asks {
		if err := <-answers; err == nil {
			goOn = true
			return nil
		}
		failed++
	}
	return context.Cause(ctx)
}
