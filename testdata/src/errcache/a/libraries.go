package a

import (
	"context"
	"log"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/maypok86/otter/v2"
	"github.com/patrickmn/go-cache"
)

type libraries struct {
	lru    *lru.Cache[string, []string]
	short  *cache.Cache
	loaded *otter.Cache[string, []string]
	src    source
}

func (l *libraries) Perms(ctx context.Context, id string) []string {
	if p, ok := l.lru.Get(id); ok {
		return p
	}
	perms, err := fetchPerms(ctx, id)
	if err != nil {
		log.Print(err)
	}
	l.lru.Add(id, perms) // want `perms is cached in lru even if fetchPerms \(called at line \d+\) has failed`
	return perms
}

// A short life does not make a wrong value right.
func (l *libraries) Short(ctx context.Context, id string) (*user, error) {
	if u, ok := l.short.Get(id); ok {
		return u.(*user), nil
	}
	u, err := l.src.Load(ctx, id)
	l.short.Set(id, u, time.Minute) // want `u is cached in short before err of Load \(called at line \d+\) is checked`
	return u, err
}

func (l *libraries) Forever(ctx context.Context, id string) (*user, error) {
	u, err := l.src.Load(ctx, id)
	if err != nil {
		l.short.Set(id, (*user)(nil), cache.NoExpiration) // want `a failure of Load \(called at line \d+\) is cached in short as nil, and answers later calls`
		return nil, err
	}
	l.short.Set(id, u, time.Hour)
	return u, nil
}

func (l *libraries) Loaded(ctx context.Context, id string) ([]string, error) {
	return l.loaded.Get(ctx, id, otter.LoaderFunc[string, []string](func(ctx context.Context, id string) ([]string, error) {
		perms, err := fetchPerms(ctx, id)
		if err != nil {
			log.Print(err)
			return nil, nil // want `Get caches what the loader returns without an error although fetchPerms \(called at line \d+\) failed`
		}
		return perms, nil
	}))
}

// A cache of one's own is known by its name and methods.
type userCache interface {
	Get(id string) (*user, bool)
	Set(id string, u *user)
}

func viaInterface(ctx context.Context, c userCache, src source, id string) *user {
	if u, ok := c.Get(id); ok {
		return u
	}
	u, err := src.Load(ctx, id)
	if err != nil {
		log.Print(err)
	}
	c.Set(id, u) // want `u is cached in the cache even if Load \(called at line \d+\) has failed`
	return u
}

type fileCache struct{}

func (c *fileCache) Get(key string) ([]byte, bool)             { return nil, false }
func (c *fileCache) Put(key string, data []byte, offset int64) {}

// None of the sources has answered: that is no answer.
func fromAny(ctx context.Context, c *fileCache, urls []string, key string) []byte {
	if data, ok := c.Get(key); ok {
		return data
	}
	done := false
	var data []string
	for _, u := range urls {
		var err error
		if data, err = fetchPerms(ctx, u); err == nil {
			done = true
			break
		}
	}
	if !done {
		c.Put(key, nil, 0) // want `a failure of fetchPerms \(called at line \d+\) is cached in the cache as nil, and answers later calls`
		return nil
	}
	return []byte(data[0])
}
