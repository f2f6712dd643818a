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

// Virtual is what Detached is behind.
type Virtual interface {
	Store
	Flush() error
}

func (d Detached) Flush() error { return nil }

// Handle calls the wrapper.
func Handle(ctx context.Context, v Virtual, id string) error {
	return v.Insert(ctx, id)
}

// Prefixed hands on what it gets.
type Prefixed struct{ Inner Store }

func (p Prefixed) Insert(ctx context.Context, id string) error { return p.Inner.Insert(ctx, "p"+id) }

func (p Prefixed) Find(ctx context.Context, id string) (string, error) {
	return p.Inner.Find(ctx, "p"+id)
}

// Replace hands on what it gets, too.
func (p Prefixed) Replace(ctx context.Context, id string) error {
	if _, err := p.Inner.Find(ctx, id); err != nil {
		return err
	}
	return p.Inner.Insert(ctx, id)
}

func (p Prefixed) Ping(ctx context.Context) error { return p.Inner.Ping(ctx) }
