package leakapi

import (
	"go/types"
	"strings"
)

// CacheWrite says that a call keeps an argument in a cache.
type CacheWrite struct {
	Value   int
	Key     int  // -1 if it is not an argument
	TTL     int  // the argument that says for how long; -1 if none
	Expires bool // how long was said when the cache was made
	Of      int  // the container, which is a cache only if it is read like one; -1 if it is one anyway
}

// CacheRead says that a call looks a key up in a container.
type CacheRead struct {
	Of, Key int
}

// Caching is what a function's rows say of caches and of what runs only once.
type Caching struct {
	Write   *CacheWrite
	Read    *CacheRead
	Evicts  []int // containers that the call takes entries out of
	Loaders []int // function arguments whose result is kept unless they return an error
	Once    []int // function arguments that run once, for all callers
}

// cacheRow reads a row on caches, and reports whether it was one.
func (p *parser) cacheRow(r *row, f *Func) bool {
	c := f.Caching
	if c == nil {
		c = &Caching{}
	}
	optional := func(name string) int {
		if v := r.take(name); v != "" {
			return r.index(name, v)
		}
		return -1
	}
	switch r.word {
	case "cache":
		w := &CacheWrite{Value: r.index("value", r.need("value")), Key: optional("key"), TTL: -1, Of: optional("of")}
		if r.attrs["ttl"] == "made" {
			w.Expires = r.take("ttl") != ""
		} else {
			w.TTL = optional("ttl")
		}
		c.Write = w
	case "lookup":
		c.Read = &CacheRead{Of: r.index("arg", r.need("arg")), Key: r.index("key", r.need("key"))}
	case "evict":
		c.Evicts = append(c.Evicts, r.index("arg", r.need("arg")))
	case "loader":
		c.Loaders = append(c.Loaders, r.index("arg", r.need("arg")))
	case "once":
		c.Once = append(c.Once, r.index("arg", r.need("arg")))
	default:
		return false
	}
	f.Caching = c
	return true
}

// Caches reports whether a package has rows on caches.
func (t *Tables) Caches(pkg string) bool {
	return t.has(pkg, func(x *index) words { return x.cachePkgs })
}

// KeyOf returns the key of a function's rows: its full name, without the type
// parameters that a method of a generic type shows.
func KeyOf(fn *types.Func) string {
	key := fn.Origin().FullName()
	open := strings.IndexByte(key, '[')
	end := strings.IndexByte(key, ')')
	if open < 0 || end < open {
		return key
	}
	return key[:open] + key[end:]
}
