// Package store keeps orders: what is begun is not given up when the client leaves.
package store

import "context"

// Store is what keeps orders.
type Store interface {
	Insert(ctx context.Context, id string) error
	Find(ctx context.Context, id string) (string, error)
	Ping(ctx context.Context) error
}

// Detached calls a store with contexts that do not end.
type Detached struct{ Inner Store }

func (d Detached) Insert(ctx context.Context, id string) error {
	ctx = context.WithoutCancel(ctx)
	if id == "" {
		return nil
	}
	return d.Inner.Insert(ctx, id)
}

func (d Detached) Find(ctx context.Context, id string) (string, error) {
	return d.Inner.Find(context.WithoutCancel(ctx), id)
}

func (d Detached) Ping(ctx context.Context) error {
	return d.Inner.Ping(ctx)
}
