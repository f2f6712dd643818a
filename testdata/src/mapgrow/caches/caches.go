// Package caches holds what grows though it is not made of maps, and caches
// that are made without a bound.
package caches

import (
	"context"
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

// client returns as many values as there are clients.
func client(r *http.Request) string { return r.URL.Query().Get("client") }

// Neither an expiry nor a janitor.
var sessions = cache.New(cache.NoExpiration, 0) // want "without an expiry"

func login(w http.ResponseWriter, r *http.Request) {
	sessions.Set(client(r), r.UserAgent(), cache.DefaultExpiration)
}

// The default stands for no expiry.
var logins = cache.NewFrom(cache.DefaultExpiration, 0, map[string]cache.Item{}) // want "without an expiry"

func countLogin(w http.ResponseWriter, r *http.Request) {
	if err := logins.Add(client(r), 1, cache.DefaultExpiration); err != nil {
		http.Error(w, err.Error(), http.StatusConflict)
	}
}

// Nothing deletes what has expired.
var tokens = cache.New(5*time.Minute, 0) // want "without a cleanup interval"

func issue(w http.ResponseWriter, r *http.Request) {
	tokens.SetDefault(client(r), time.Now())
}

var pages = expirable.NewLRU[string, []byte](0, nil, 0) // want "without a size or an expiry"

func page(w http.ResponseWriter, r *http.Request) {
	body, ok := pages.Get(r.URL.Path)
	if !ok {
		body = []byte(r.URL.Path)
		pages.Add(r.URL.Path, body)
	}
	w.Write(body)
}

var thumbs, _ = bigcache.New(context.Background(), bigcache.DefaultConfig(10*time.Minute)) // want "without a size"

func thumb(w http.ResponseWriter, r *http.Request) {
	thumbs.Set(r.URL.Path, []byte(r.UserAgent()))
}

// Other settings bound nothing.
type blobs struct {
	cache *bigcache.BigCache
}

func newBlobs(ctx context.Context) (*blobs, error) {
	config := bigcache.DefaultConfig(time.Hour)
	config.Verbose = false
	config.MaxEntrySize = 1 << 10
	c, err := bigcache.New(ctx, config) // want "without a size"
	if err != nil {
		return nil, err
	}
	return &blobs{cache: c}, nil
}

func (b *blobs) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.cache.Set(r.URL.Path, []byte(r.UserAgent()))
}

type images struct {
	cache *bigcache.BigCache
}

func newImages() *images {
	c, err := bigcache.NewBigCache(bigcache.Config{Shards: 64, LifeWindow: time.Hour}) // want "without a size"
	if err != nil {
		panic(err)
	}
	return &images{c}
}

func (i *images) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	i.cache.Append(r.URL.Path, []byte(r.UserAgent()))
}

func serve(ctx context.Context) error {
	b, err := newBlobs(ctx)
	if err != nil {
		return err
	}
	http.Handle("/blobs/", b)
	http.Handle("/images/", newImages())
	return http.ListenAndServe(":8080", nil)
}

var recent = lru.New(0) // want "without a size"

func remember(w http.ResponseWriter, r *http.Request) {
	recent.Add(client(r), time.Now())
}

// A literal without a limit has none either.
var visits = &lru.Cache{OnEvicted: func(key lru.Key, value interface{}) {}} // want "without a size|MaxEntries"

func visit(w http.ResponseWriter, r *http.Request) {
	visits.Add(client(r), r.URL.Path)
}

// Nothing starts it.
var profiles = ttlcache.New[string, string](ttlcache.WithTTL[string, string](time.Hour)) // want "without a capacity"

func profile(w http.ResponseWriter, r *http.Request) {
	profiles.Set(client(r), r.UserAgent(), ttlcache.DefaultTTL)
}

var rates = ttlcache.New[string, int]() // want "without a capacity"

func rate(w http.ResponseWriter, r *http.Request) {
	rates.GetOrSet(client(r), 1)
}

var quotas = otter.Must(&otter.Options[string, int]{InitialCapacity: 100}) // want "without a size or an expiry"

func quota(w http.ResponseWriter, r *http.Request) {
	quotas.SetIfAbsent(client(r), 100)
}

// These have no bound to begin with.
var seen = cmap.New[time.Time]()

func see(w http.ResponseWriter, r *http.Request) {
	seen.Set(client(r), time.Now()) // want "seen only grows"
}

var locks = xsync.NewMapOf[string, int](xsync.WithPresize(64))

func lock(w http.ResponseWriter, r *http.Request) {
	locks.LoadOrStore(client(r), 1) // want "locks only grows"
}

var agents = mapset.NewSet[string]()

func agent(w http.ResponseWriter, r *http.Request) {
	agents.Add(r.UserAgent()) // want "agents only grows"
}
