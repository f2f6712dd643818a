package caches

import (
	"context"
	"flag"
	"net/http"
	"time"

	"github.com/allegro/bigcache/v3"
	mapset "github.com/deckarep/golang-set/v2"
	"github.com/golang/groupcache/lru"
	"github.com/hashicorp/golang-lru/v2/expirable"
	"github.com/jellydator/ttlcache/v3"
	"github.com/maypok86/otter/v2"
	cmap "github.com/orcaman/concurrent-map/v2"
	"github.com/patrickmn/go-cache"
	"github.com/puzpuzpuz/xsync/v3"
)

// These bound themselves.
var (
	okExpiring = cache.New(5*time.Minute, 10*time.Minute)
	okSized    = expirable.NewLRU[string, string](1000, nil, 0)
	okTimed    = expirable.NewLRU[string, string](0, nil, time.Hour)
	okRecent   = lru.New(100)
	okLiteral  = lru.Cache{MaxEntries: 100}
	okCapacity = ttlcache.New[string, string](ttlcache.WithTTL[string, string](time.Hour), ttlcache.WithCapacity[string, string](1000))
	okCost     = ttlcache.New[string, string](ttlcache.WithMaxCost[string, string](1000, nil))
	okMaximum  = otter.Must(&otter.Options[string, string]{MaximumSize: 10_000})
	okExpiry   = otter.Must(&otter.Options[string, string]{ExpiryCalculator: otter.ExpiryWriting[string, string](time.Hour)})
	okLimit, _ = bigcache.NewBigCache(bigcache.Config{Shards: 64, HardMaxCacheSize: 512})
)

func okBounded(w http.ResponseWriter, r *http.Request) {
	okExpiring.SetDefault(client(r), r.UserAgent())
	okSized.Add(client(r), r.UserAgent())
	okTimed.Add(client(r), r.UserAgent())
	okRecent.Add(client(r), r.UserAgent())
	okLiteral.Add(client(r), r.UserAgent())
	okCapacity.Set(client(r), r.UserAgent(), ttlcache.DefaultTTL)
	okCost.Set(client(r), r.UserAgent(), ttlcache.DefaultTTL)
	okMaximum.Set(client(r), r.UserAgent())
	okExpiry.Set(client(r), r.UserAgent())
	okLimit.Set(client(r), []byte(r.UserAgent()))
}

// Entries that have an expiry of their own come out of a cache that has none.
var okOwn = cache.New(cache.NoExpiration, time.Minute)

func okOwnExpiry(w http.ResponseWriter, r *http.Request) {
	okOwn.Set(client(r), r.UserAgent(), 10*time.Minute)
}

// Something takes entries out.
var (
	okDeleted   = cache.New(cache.NoExpiration, 0)
	okSwept     = cache.New(time.Minute, 0)
	okFlushed   = cache.New(cache.NoExpiration, 0)
	okPurged    = expirable.NewLRU[string, string](0, nil, 0)
	okOldest    = lru.New(0)
	okStarted   = ttlcache.New[string, string](ttlcache.WithTTL[string, string](time.Hour))
	okCleaned   = ttlcache.New[string, string]()
	okInvalid   = otter.Must(&otter.Options[string, string]{})
	okReset, _  = bigcache.New(context.Background(), bigcache.DefaultConfig(time.Hour))
	okRemoved   = cmap.New[string]()
	okPopped    = cmap.New[string]()
	okComputed  = xsync.NewMapOf[string, int]()
	okForgotten = mapset.NewSet[string]()
)

func okEnter(w http.ResponseWriter, r *http.Request) {
	okDeleted.SetDefault(client(r), r.UserAgent())
	okSwept.SetDefault(client(r), r.UserAgent())
	okFlushed.SetDefault(client(r), r.UserAgent())
	okPurged.Add(client(r), r.UserAgent())
	okOldest.Add(client(r), r.UserAgent())
	okStarted.Set(client(r), r.UserAgent(), ttlcache.DefaultTTL)
	okCleaned.Set(client(r), r.UserAgent(), time.Hour)
	okInvalid.Set(client(r), r.UserAgent())
	okReset.Set(client(r), []byte(r.UserAgent()))
	okRemoved.Set(client(r), r.UserAgent())
	okPopped.SetIfAbsent(client(r), r.UserAgent())
	okComputed.Store(client(r), 1)
	okForgotten.Add(client(r))
}

func okLeave(w http.ResponseWriter, r *http.Request) {
	okDeleted.Delete(client(r))
	okInvalid.Invalidate(client(r))
	okRemoved.Remove(client(r))
	okPopped.Pop(client(r))
	okComputed.Compute(client(r), func(old int, loaded bool) (int, bool) { return old - 1, old <= 1 })
	okForgotten.Remove(client(r))
}

func okSweep(ctx context.Context) {
	go okStarted.Start()
	defer okStarted.Stop()
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			okFlushed.Flush()
			return
		case <-tick.C:
			okSwept.DeleteExpired()
			okCleaned.DeleteExpired()
			okPurged.Purge()
			okReset.Reset()
			for okOldest.Len() > 1000 {
				okOldest.RemoveOldest()
			}
		}
	}
}

// Someone else says how large it may be.
var size = flag.Int("cache-size", 1000, "entries to keep")

type okStore struct {
	pages   *lru.Cache
	bodies  *expirable.LRU[string, string]
	blobs   *bigcache.BigCache
	users   *ttlcache.Cache[string, string]
	objects *otter.Cache[string, string]
	limited lru.Cache
}

func newOkStore(config bigcache.Config, options *otter.Options[string, string], opts ...ttlcache.Option[string, string]) (*okStore, error) {
	blobs, err := bigcache.New(context.Background(), config)
	if err != nil {
		return nil, err
	}
	objects, err := otter.New(options)
	if err != nil {
		return nil, err
	}
	s := &okStore{
		pages:   lru.New(*size),
		bodies:  expirable.NewLRU[string, string](*size, nil, 0),
		blobs:   blobs,
		users:   ttlcache.New(opts...),
		objects: objects,
	}
	s.limited.MaxEntries = *size
	return s, nil
}

func (s *okStore) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.pages.Add(client(r), r.UserAgent())
	s.bodies.Add(client(r), r.UserAgent())
	s.blobs.Set(client(r), []byte(r.UserAgent()))
	s.users.Set(client(r), r.UserAgent(), ttlcache.DefaultTTL)
	s.objects.Set(client(r), r.UserAgent())
	s.limited.Add(client(r), r.UserAgent())
}

// A setting that follows the defaults counts.
type okBlobs struct {
	cache *bigcache.BigCache
}

func newOkBlobs(ctx context.Context) (*okBlobs, error) {
	config := bigcache.DefaultConfig(time.Hour)
	config.HardMaxCacheSize = 512
	c, err := bigcache.New(ctx, config)
	if err != nil {
		return nil, err
	}
	return &okBlobs{c}, nil
}

func (b *okBlobs) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.cache.Set(r.URL.Path, []byte(r.UserAgent()))
}

func okServe(ctx context.Context, config bigcache.Config, options *otter.Options[string, string]) error {
	s, err := newOkStore(config, options, ttlcache.WithCapacity[string, string](uint64(*size)))
	if err != nil {
		return err
	}
	b, err := newOkBlobs(ctx)
	if err != nil {
		return err
	}
	http.Handle("/store/", s)
	http.Handle("/blobs/", b)
	return http.ListenAndServe(":8081", nil)
}

// There are few keys.
var (
	okStatus = cache.New(cache.NoExpiration, 0)
	okNames  = mapset.NewSet[string]()
	okKinds  = cmap.New[int]()
)

func okFew(w http.ResponseWriter, r *http.Request) {
	okStatus.SetDefault("healthy", time.Now())
	okNames.Append("first", "second")
	switch kind := r.FormValue("kind"); kind {
	case "book", "film":
		okKinds.Set(kind, 1)
	}
}

// They last no longer than a call.
func okLocal(w http.ResponseWriter, r *http.Request) {
	local := cache.New(cache.NoExpiration, 0)
	names := mapset.NewSet[string]()
	for _, name := range r.URL.Query()["name"] {
		local.SetDefault(name, true)
		names.Add(name)
	}
	w.WriteHeader(http.StatusOK + local.ItemCount() + names.Cardinality())
}
