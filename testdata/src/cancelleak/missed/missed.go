// Package missed loses cancel functions in ways that the rule does not see yet.
package missed

import (
	"context"
	"log"
)

func work(context.Context) error { return nil }

// running deletes functions without a call.
type running struct{ m map[string]context.CancelFunc }

func (r *running) begin(ctx context.Context, name string) {
	c, cancel := context.WithCancel(ctx)
	r.m[name] = cancel
	go work(c)
}

func (r *running) end(name string) { delete(r.m, name) }

// gathered never goes through the list again.
func gathered(ctx context.Context, n int) error {
	var cancels []context.CancelFunc
	for range n {
		c, cancel := context.WithCancel(ctx)
		cancels = append(cancels, cancel)
		if err := work(c); err != nil {
			return err
		}
	}
	log.Print(len(cancels))
	return nil
}
