// Package cache is as much of the real one as the fixtures need.
package cache

import "time"

const (
	NoExpiration      time.Duration = -1
	DefaultExpiration time.Duration = 0
)

type Cache struct{ *cache }

type cache struct{}

func New(defaultExpiration, cleanupInterval time.Duration) *Cache { return nil }

func (c *cache) Get(k string) (interface{}, bool)             { return nil, false }
func (c *cache) Set(k string, x interface{}, d time.Duration) {}
func (c *cache) SetDefault(k string, x interface{})           {}
