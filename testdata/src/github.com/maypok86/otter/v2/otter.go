// Package otter is as much of the real one as the fixtures need.
package otter

import "context"

type Cache[K comparable, V any] struct{}

type Loader[K comparable, V any] interface {
	Load(ctx context.Context, key K) (V, error)
	Reload(ctx context.Context, key K, oldValue V) (V, error)
}

type LoaderFunc[K comparable, V any] func(ctx context.Context, key K) (V, error)

func (lf LoaderFunc[K, V]) Load(ctx context.Context, key K) (V, error) { return lf(ctx, key) }
func (lf LoaderFunc[K, V]) Reload(ctx context.Context, key K, oldValue V) (V, error) {
	return lf(ctx, key)
}

func (c *Cache[K, V]) Get(ctx context.Context, key K, loader Loader[K, V]) (v V, err error) { return }
