package ok

import (
	"context"
	"errors"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/maypok86/otter/v2"
	"github.com/patrickmn/go-cache"
)

var errNotFound = errors.New("not found")

type libraries struct {
	lru    *lru.Cache[string, []string]
	short  *cache.Cache
	loaded *otter.Cache[string, []string]
	src    source
}

func (l *libraries) Perms(ctx context.Context, id string) ([]string, error) {
	if p, ok := l.lru.Get(id); ok {
		return p, nil
	}
	perms, err := fetch(ctx, id)
	if err != nil {
		return nil, err
	}
	l.lru.Add(id, perms)
	return perms, nil
}

// A stand-in with a life of its own is meant.
func (l *libraries) Short(ctx context.Context, id string) (*user, error) {
	u, err := l.src.Load(ctx, id)
	if errors.Is(err, errNotFound) {
		l.short.Set(id, (*user)(nil), 5*time.Second)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	l.short.Set(id, u, time.Hour)
	return u, nil
}

func (l *libraries) Loaded(ctx context.Context, id string) ([]string, error) {
	return l.loaded.Get(ctx, id, otter.LoaderFunc[string, []string](func(ctx context.Context, id string) ([]string, error) {
		perms, err := fetch(ctx, id)
		if errors.Is(err, errNotFound) {
			return nil, nil
		}
		return perms, err
	}))
}
