// Package lib keeps what it is given.
package lib

import "sync"

type Cache struct {
	mu      sync.Mutex
	entries map[string][]string
}

func (c *Cache) Get(key string) ([]string, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.entries[key]
	return v, ok
}

func (c *Cache) Remember(key string, v []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[key] = v
}

// Both stores the result whatever the error is.
func (c *Cache) Both(key string, v []string, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[key] = v
}

// Good looks at the error.
func (c *Cache) Good(key string, v []string, err error) {
	if err == nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.entries[key] = v
	}
}

// Failed stores nothing in place of a result.
func (c *Cache) Failed(key string, err error) {
	if err != nil {
		c.entries[key] = nil
	}
}

// Table is read by nobody who looks like a cache's reader.
type Table struct{ rows map[string][]string }

func (t *Table) Insert(key string, v []string) { t.rows[key] = v }
