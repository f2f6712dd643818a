package leakapi_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/leakvet/leakvet/internal/leakapi"
)

func TestParseCaches(t *testing.T) {
	tables, err := leakapi.Parse("t.txt", `
cache (*p.C).Set    key=1 value=2
cache (*p.C).SetFor key=1 value=2 ttl=3
cache (*p.C).Put    value=1 ttl=made
cache (*p.M).Store  key=1 value=2 of=0
lookup (*p.M).Load  arg=0 key=1
evict (*p.M).Delete arg=0
loader (*p.C).Get   arg=2
once p.Once         arg=0
pure q.F
`)
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]*leakapi.Caching{
		"(*p.C).Set":    {Write: &leakapi.CacheWrite{Key: 1, Value: 2, TTL: -1, Of: -1}},
		"(*p.C).SetFor": {Write: &leakapi.CacheWrite{Key: 1, Value: 2, TTL: 3, Of: -1}},
		"(*p.C).Put":    {Write: &leakapi.CacheWrite{Key: -1, Value: 1, TTL: -1, Expires: true, Of: -1}},
		"(*p.M).Store":  {Write: &leakapi.CacheWrite{Key: 1, Value: 2, TTL: -1, Of: 0}},
		"(*p.M).Load":   {Read: &leakapi.CacheRead{Of: 0, Key: 1}},
		"(*p.M).Delete": {Evicts: []int{0}},
		"(*p.C).Get":    {Loaders: []int{2}},
		"p.Once":        {Once: []int{0}},
	} {
		f := tables.FuncByKey(key)
		if f == nil || !reflect.DeepEqual(f.Caching, want) {
			t.Errorf("%s: got %+v", key, f)
		} else if f.Resources() || f.Flow() {
			t.Errorf("%s: a row on caches speaks of resources or contexts", key)
		}
	}
	if !tables.Caches("p") || tables.Caches("q") {
		t.Error("packages with rows on caches are not told from others")
	}
}

func TestParseCacheErrors(t *testing.T) {
	for _, test := range []struct{ row, want string }{
		{"cache p.F", "cache p.F lacks value="},
		{"cache p.F value=x", "value=x does not begin with an index"},
		{"cache p.F value=0 ttl=5s", "ttl=5s does not begin with an index"},
		{"cache p.F value=0 of=0.A", "of=0.A is not an index alone"},
		{"cache p.F value=0 arg=1", "unknown attribute arg= in a row of cache"},
		{"lookup p.F arg=0", "lookup p.F lacks key="},
		{"lookup p.F key=0", "lookup p.F lacks arg="},
		{"evict p.F", "evict p.F lacks arg="},
		{"loader p.F", "loader p.F lacks arg="},
		{"once p.F", "once p.F lacks arg="},
		{"once p.F arg=*", "arg=* does not begin with an index"},
	} {
		_, err := leakapi.Parse("t.txt", test.row+"\n")
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s:\ngot  %v\nwant %s", test.row, err, test.want)
		}
	}
}
