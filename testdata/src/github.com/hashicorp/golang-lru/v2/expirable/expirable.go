// Package expirable is as much of the real one as the fixtures need.
package expirable

import "time"

type EvictCallback[K comparable, V any] func(key K, value V)

type LRU[K comparable, V any] struct{ size int }

func NewLRU[K comparable, V any](size int, onEvict EvictCallback[K, V], ttl time.Duration) *LRU[K, V] {
	return &LRU[K, V]{size}
}

func (c *LRU[K, V]) Add(key K, value V) (evicted bool)       { return false }
func (c *LRU[K, V]) Get(key K) (value V, ok bool)            { return }
func (c *LRU[K, V]) Len() int                                { return 0 }
func (c *LRU[K, V]) Purge()                                  {}
func (c *LRU[K, V]) Remove(key K) bool                       { return false }
func (c *LRU[K, V]) RemoveOldest() (key K, value V, ok bool) { return }
func (c *LRU[K, V]) Resize(size int) (evicted int)           { return 0 }
