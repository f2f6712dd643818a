package audit

import (
	"context"
	"errors"

	"golang.org/x/sync/errgroup"
)

// early leaves the context of the group to the end of the caller's.
func early(ctx context.Context, jobs []func(context.Context) error) error {
	g, ctx := errgroup.WithContext(ctx) // want `^group from errgroup\.WithContext is not waited for when the function returns at line \d+$`
	for _, job := range jobs {
		if job == nil {
			return errors.New("no job")
		}
		g.Go(func() error { return job(ctx) })
	}
	return g.Wait()
}

func waited(ctx context.Context, jobs []func(context.Context) error) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(2)
	for _, job := range jobs {
		g.Go(func() error { return job(ctx) })
	}
	return g.Wait()
}

// pool waits in Close.
type pool struct{ g *errgroup.Group }

func newPool(ctx context.Context, job func(context.Context) error) *pool {
	g, ctx := errgroup.WithContext(ctx)
	p := &pool{g: g}
	g.Go(func() error { return job(ctx) })
	return p
}

func (p *pool) Close() error { return p.g.Wait() }

// background has a goroutine wait.
func background(ctx context.Context, job func(context.Context) error, done func(error)) {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return job(ctx) })
	go func() { done(g.Wait()) }()
}
