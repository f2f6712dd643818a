// Package missed loses cancel functions in ways that the rule does not see yet.
package missed

import (
	"context"
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
