// Package kept has containers with methods that take out in other ways than by
// name.
package kept

import "sync"

type Cache struct {
	mu sync.Mutex
	m  map[string]int
}

func New() *Cache { return &Cache{m: map[string]int{}} }

func (c *Cache) Set(k string, v int)   { c.mu.Lock(); defer c.mu.Unlock(); c.m[k] = v }
func (c *Cache) Delete(k string)       { c.mu.Lock(); defer c.mu.Unlock(); c.deleteLocked(k) }
func (c *Cache) deleteLocked(k string) { delete(c.m, k) }

type Cache2 struct {
	mu sync.Mutex
	m  map[string]int
}

func New2() *Cache2                   { c := &Cache2{m: map[string]int{}}; go c.janitor(); return c }
func (c *Cache2) Set(k string, v int) { c.mu.Lock(); defer c.mu.Unlock(); c.m[k] = v }
func (c *Cache2) Get(k string) int    { c.mu.Lock(); defer c.mu.Unlock(); return c.m[k] }
func (c *Cache2) janitor() {
	for {
		c.mu.Lock()
		clear(c.m)
		c.mu.Unlock()
	}
}

type Cache3 struct {
	mu sync.Mutex
	m  map[string]int
}

func New3() *Cache3                   { c := &Cache3{m: map[string]int{}}; return c }
func (c *Cache3) Set(k string, v int) { c.mu.Lock(); defer c.mu.Unlock(); c.m[k] = v; c.evict() }
func (c *Cache3) evict() {
	for k := range c.m {
		if len(c.m) < 100 {
			break
		}
		delete(c.m, k)
	}
}

type Cache4 struct {
	mu sync.Mutex
	m  map[string]int
}

func New4() *Cache4                   { c := &Cache4{m: map[string]int{}}; return c }
func (c *Cache4) Set(k string, v int) { c.mu.Lock(); defer c.mu.Unlock(); c.m[k] = v }
func Forget(c *Cache4, k string)      { delete(c.m, k) }
