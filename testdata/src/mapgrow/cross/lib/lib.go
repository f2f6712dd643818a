// Package lib has containers with methods, and functions that are handed maps.
package lib

import (
	"errors"
	"os"
	"sync"
)

// Map is a map with a lock.
type Map[K comparable, V any] struct {
	mu sync.RWMutex
	m  map[K]V
}

func NewMap[K comparable, V any]() *Map[K, V] { return &Map[K, V]{m: map[K]V{}} }

func (m *Map[K, V]) Get(key K) (V, bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	v, ok := m.m[key]
	return v, ok
}

func (m *Map[K, V]) Set(key K, value V) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.m[key] = value
}

func (m *Map[K, V]) Delete(key K) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.m, key)
}

func (m *Map[K, V]) Len() int {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return len(m.m)
}

// Names is a set.
type Names struct {
	mu    sync.Mutex
	names map[string]struct{}
}

func (n *Names) Add(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.names == nil {
		n.names = map[string]struct{}{}
	}
	n.names[name] = struct{}{}
}

func (n *Names) Remove(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.names, name)
}

// Bounded drops entries by itself.
type Bounded struct {
	mu  sync.Mutex
	max int
	m   map[string]string
}

func NewBounded(max int) *Bounded { return &Bounded{max: max, m: map[string]string{}} }

func (b *Bounded) Get(key string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.m[key]
}

func (b *Bounded) Set(key, value string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.m) >= b.max {
		for k := range b.m {
			delete(b.m, k)
			break
		}
	}
	b.m[key] = value
}

func (b *Bounded) Delete(key string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.m, key)
}

// Has reads.
func Has(m map[string]int, key string) bool { _, ok := m[key]; return ok }

// Drop takes out.
func Drop(m map[string]int, key string) { delete(m, key) }

// Add puts in.
func Add(m map[string]int, key string) { m[key]++ }

// Keep lets others get hold of it.
func Keep(m map[string]int) { kept = m }

var kept map[string]int

var hosts = map[string]bool{"a.example": true}

// Allowed reports whether requests for a host are served.
func Allowed(host string) bool { return hosts[host] }

// Check says why they are not.
func Check(host string) error {
	if !hosts[host] {
		return errors.New("unknown host")
	}
	return nil
}

// Save keeps a name somewhere else.
func Save(name string) error { return os.WriteFile("names", []byte(name), 0o600) }
