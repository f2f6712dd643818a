// Package cmap is as much of the real one as the fixtures need.
package cmap

type ConcurrentMap[K comparable, V any] struct{ items map[K]V }

func New[V any]() ConcurrentMap[string, V] { return ConcurrentMap[string, V]{map[string]V{}} }

func (m ConcurrentMap[K, V]) Clear()                          {}
func (m ConcurrentMap[K, V]) Get(key K) (V, bool)             { v, ok := m.items[key]; return v, ok }
func (m ConcurrentMap[K, V]) MSet(data map[K]V)               {}
func (m ConcurrentMap[K, V]) Pop(key K) (v V, exists bool)    { return }
func (m ConcurrentMap[K, V]) Remove(key K)                    {}
func (m ConcurrentMap[K, V]) Set(key K, value V)              {}
func (m ConcurrentMap[K, V]) SetIfAbsent(key K, value V) bool { return true }
