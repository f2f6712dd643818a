// Package xsync is as much of the real one as the fixtures need.
package xsync

type MapConfig struct{ growOnly bool }

func WithPresize(sizeHint int) func(*MapConfig) { return func(*MapConfig) {} }

type MapOf[K comparable, V any] struct{ items map[K]V }

func NewMapOf[K comparable, V any](options ...func(*MapConfig)) *MapOf[K, V] { return &MapOf[K, V]{} }

func (m *MapOf[K, V]) Clear() {}
func (m *MapOf[K, V]) Compute(key K, valueFn func(oldValue V, loaded bool) (newValue V, delete bool)) (actual V, ok bool) {
	return
}
func (m *MapOf[K, V]) Delete(key K)                                       {}
func (m *MapOf[K, V]) Load(key K) (value V, ok bool)                      { return }
func (m *MapOf[K, V]) LoadAndDelete(key K) (value V, loaded bool)         { return }
func (m *MapOf[K, V]) LoadOrStore(key K, value V) (actual V, loaded bool) { return value, false }
func (m *MapOf[K, V]) Store(key K, value V)                               {}
