// Package otter is as much of the real one as the fixtures need.
package otter

import (
	"context"
	"time"
)

type Entry[K comparable, V any] struct {
	Key   K
	Value V
}

type ExpiryCalculator[K comparable, V any] interface {
	ExpireAfterCreate(entry Entry[K, V]) time.Duration
	ExpireAfterUpdate(entry Entry[K, V], oldValue V) time.Duration
	ExpireAfterRead(entry Entry[K, V]) time.Duration
}

func ExpiryWriting[K comparable, V any](duration time.Duration) ExpiryCalculator[K, V] { return nil }

type Options[K comparable, V any] struct {
	MaximumSize      int
	MaximumWeight    uint64
	InitialCapacity  int
	Weigher          func(key K, value V) uint32
	ExpiryCalculator ExpiryCalculator[K, V]
}

type Cache[K comparable, V any] struct{ options *Options[K, V] }

func Must[K comparable, V any](o *Options[K, V]) *Cache[K, V]         { return &Cache[K, V]{o} }
func New[K comparable, V any](o *Options[K, V]) (*Cache[K, V], error) { return &Cache[K, V]{o}, nil }

func (c *Cache[K, V]) GetIfPresent(key K) (V, bool)                 { var v V; return v, false }
func (c *Cache[K, V]) Invalidate(key K) (value V, invalidated bool) { return }
func (c *Cache[K, V]) InvalidateAll()                               {}
func (c *Cache[K, V]) Set(key K, value V) (V, bool)                 { return value, true }
func (c *Cache[K, V]) SetIfAbsent(key K, value V) (V, bool)         { return value, true }

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
