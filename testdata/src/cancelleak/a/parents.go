package a

import (
	"context"
	"time"
)

// joined leaves a goroutine that waits for the context.
func joined(results chan<- error) error {
	ctx, cancel := context.WithCancel(context.Background()) // want `^cancel function from context\.WithCancel is not called when the function returns at line \d+$`
	stop := cancel
	go func() { results <- work(ctx) }()
	if err := work(ctx); err != nil {
		return err
	}
	stop()
	return nil
}

// timed leaves a timer.
func timed() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour) // want `^cancel function from context\.WithTimeout is not called when the function returns at line \d+$`
	stop := cancel
	if err := work(ctx); err != nil {
		return err
	}
	stop()
	return nil
}
