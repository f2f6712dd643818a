// Package cache is as much of the real one as the fixtures need.
package cache

import "time"

const (
	NoExpiration      time.Duration = -1
	DefaultExpiration time.Duration = 0
)

type Item struct {
	Object     interface{}
	Expiration int64
}

type Cache struct {
	*cache
}

type cache struct {
	items map[string]Item
}

func New(defaultExpiration, cleanupInterval time.Duration) *Cache {
	return &Cache{&cache{map[string]Item{}}}
}

func NewFrom(defaultExpiration, cleanupInterval time.Duration, items map[string]Item) *Cache {
	return &Cache{&cache{items}}
}

func (c *cache) Add(k string, x interface{}, d time.Duration) error { return nil }
func (c *cache) Delete(k string)                                    {}
func (c *cache) DeleteExpired()                                     {}
func (c *cache) Flush()                                             {}
func (c *cache) Get(k string) (interface{}, bool)                   { return nil, false }
func (c *cache) ItemCount() int                                     { return 0 }
func (c *cache) Set(k string, x interface{}, d time.Duration)       {}
func (c *cache) SetDefault(k string, x interface{})                 {}
