// Package errgroup is as much of the real one as the fixtures need.
package errgroup

import "context"

type Group struct{ cancel func(error) }

func WithContext(ctx context.Context) (*Group, context.Context) {
	ctx, cancel := context.WithCancelCause(ctx)
	return &Group{cancel: cancel}, ctx
}

func (g *Group) Go(f func() error)         { panic("stub") }
func (g *Group) TryGo(f func() error) bool { panic("stub") }
func (g *Group) SetLimit(n int)            {}
func (g *Group) Wait() error               { return nil }
