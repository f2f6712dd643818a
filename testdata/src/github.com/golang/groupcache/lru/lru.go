// Package lru is as much of the real one as the fixtures need.
package lru

type Key interface{}

type Cache struct {
	MaxEntries int
	OnEvicted  func(key Key, value interface{})

	cache map[interface{}]interface{}
}

func New(maxEntries int) *Cache { return &Cache{MaxEntries: maxEntries} }

func (c *Cache) Add(key Key, value interface{})           {}
func (c *Cache) Clear()                                   {}
func (c *Cache) Get(key Key) (value interface{}, ok bool) { return }
func (c *Cache) Len() int                                 { return 0 }
func (c *Cache) Remove(key Key)                           {}
func (c *Cache) RemoveOldest()                            {}
