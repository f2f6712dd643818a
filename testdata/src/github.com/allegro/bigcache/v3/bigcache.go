// Package bigcache is as much of the real one as the fixtures need.
package bigcache

import (
	"context"
	"time"
)

type Config struct {
	Shards             int
	LifeWindow         time.Duration
	CleanWindow        time.Duration
	MaxEntriesInWindow int
	MaxEntrySize       int
	StatsEnabled       bool
	Verbose            bool
	HardMaxCacheSize   int
}

func DefaultConfig(eviction time.Duration) Config {
	return Config{Shards: 1024, LifeWindow: eviction, CleanWindow: time.Second, Verbose: true}
}

type BigCache struct{ config Config }

func New(ctx context.Context, config Config) (*BigCache, error) { return &BigCache{config}, nil }
func NewBigCache(config Config) (*BigCache, error)              { return &BigCache{config}, nil }

func (c *BigCache) Append(key string, entry []byte) error { return nil }
func (c *BigCache) Close() error                          { return nil }
func (c *BigCache) Delete(key string) error               { return nil }
func (c *BigCache) Get(key string) ([]byte, error)        { return nil, nil }
func (c *BigCache) Len() int                              { return 0 }
func (c *BigCache) Reset() error                          { return nil }
func (c *BigCache) Set(key string, entry []byte) error    { return nil }
