// Package ttlcache is as much of the real one as the fixtures need.
package ttlcache

import "time"

const (
	NoTTL      time.Duration = -1
	DefaultTTL time.Duration = 0
)

type Item[K comparable, V any] struct{ value V }

func (item *Item[K, V]) Value() V { return item.value }

type options[K comparable, V any] struct {
	capacity uint64
	ttl      time.Duration
}

type Option[K comparable, V any] interface {
	apply(opts options[K, V]) options[K, V]
}

type optionFunc[K comparable, V any] func(options[K, V]) options[K, V]

func (fn optionFunc[K, V]) apply(opts options[K, V]) options[K, V] { return fn(opts) }

func WithCapacity[K comparable, V any](c uint64) Option[K, V] {
	return optionFunc[K, V](func(opts options[K, V]) options[K, V] {
		opts.capacity = c
		return opts
	})
}

func WithTTL[K comparable, V any](ttl time.Duration) Option[K, V] {
	return optionFunc[K, V](func(opts options[K, V]) options[K, V] {
		opts.ttl = ttl
		return opts
	})
}

type CostItem[K comparable, V any] struct {
	Key   K
	Value V
}

type CostFunc[K comparable, V any] func(item CostItem[K, V]) uint64

func WithMaxCost[K comparable, V any](s uint64, callback CostFunc[K, V]) Option[K, V] { return nil }

type Cache[K comparable, V any] struct{ options options[K, V] }

func New[K comparable, V any](opts ...Option[K, V]) *Cache[K, V] { return &Cache[K, V]{} }

func (c *Cache[K, V]) Delete(key K)                                {}
func (c *Cache[K, V]) DeleteAll()                                  {}
func (c *Cache[K, V]) DeleteExpired()                              {}
func (c *Cache[K, V]) Get(key K, opts ...Option[K, V]) *Item[K, V] { return nil }
func (c *Cache[K, V]) GetOrSet(key K, value V, opts ...Option[K, V]) (*Item[K, V], bool) {
	return nil, false
}
func (c *Cache[K, V]) Len() int                                          { return 0 }
func (c *Cache[K, V]) Set(key K, value V, ttl time.Duration) *Item[K, V] { return nil }
func (c *Cache[K, V]) Start()                                            {}
func (c *Cache[K, V]) Stop()                                             {}
