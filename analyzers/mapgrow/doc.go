// Package mapgrow defines an analyzer that reports maps, lists and caches that
// only ever grow.
//
// # Analyzer mapgrow
//
// mapgrow: report maps, lists and caches that only grow
//
// A map that a service fills while it works, and that nothing empties, holds
// every key that it has ever seen: sessions, addresses, tenants. The analyzer
// looks at package-level variables, at fields of what lives as long as the process,
// and at variables that a function leaves to a handler which it makes. It finds what
// puts something into them (assignments, sync.Map, container/list, containers of known
// libraries, appending in an endless loop), follows the container through variables,
// helpers and other packages, and reports it where nothing takes anything out: no
// delete, no replacement, no check of its size. What only happens where the holder
// ends, as in Close or Shutdown, takes nothing out while it works; and what has
// expired, but leaves only when it is asked for again, stays if nobody comes back.
//
// It reports the place where something is put in, with how the program comes there
// and where the key comes from; a cache of a known library that is made without a
// size or an expiry where it is made.
//
// # Wrong
//
//	var lastSeen = map[string]time.Time{}
//
//	func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
//		mu.Lock()
//		lastSeen[r.Header.Get("X-User-ID")] = time.Now()
//		mu.Unlock()
//		s.mux.ServeHTTP(w, r)
//	}
//
// # Right
//
//	var lastSeen, _ = lru.New[string, time.Time](10_000)
//
//	func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
//		lastSeen.Add(r.Header.Get("X-User-ID"), time.Now())
//		s.mux.ServeHTTP(w, r)
//	}
//
// # Advice
//
// delete the entry when its owner ends, or use a cache with a size and an expiry
//
// # At run time
//
// The heap profile shows what the entries hold under the function that is named.
// Take two, some hours apart, and look at the difference:
//
//	curl -so old.pb.gz localhost:6060/debug/pprof/heap # and again, later, as new.pb.gz
//	go tool pprof -sample_index=inuse_space -top -diff_base old.pb.gz new.pb.gz
//
// go_memstats_heap_inuse_bytes, or /gc/heap/live:bytes of runtime/metrics, which
// leaves out what is garbage, rises from one collection to the next under the same
// load. To watch one container, publish its length, under its lock, by
// prometheus.NewGaugeFunc or expvar.Func: it rises and never falls.
//
// # Why it may be silent
//
// Of the keys, it is few values that must be proven, unlike in other rules: keys
// that are unknown count. Few are constants, truth values, enumerations and types,
// also where all callers in the package pass them. It is silent about what is
// filled in init functions, constructors, functions whose names say that they
// register or set something up, and where a lookup that finds something is an
// error; about containers that are local to a call, that a caller hands in, or that
// others get hold of; about entries that only replace older ones; and in tests.
// Storing nil under a key takes nothing out.
//
// # Audit
//
// The audit tier adds exported containers; fields of what may live shortly; lists
// that are appended to without proof of repetition; entries added for want of one
// where no request, context or endless loop shows, unless they must be closed or are
// locks or channels; entries computed of the key alone; counters that come down
// again; integers as keys; keys whose names say that there are few, such as kind or
// region, or that a function elsewhere accepts first; keys out of a list that stays as
// it was set up; containers in what the program replaces as a whole; and entries that
// only a client's next request removes, or that have lapsed and go when somebody asks for
// them again, and those of a map of calls that whoever stops waiting for the answer leaves
// there.
//
// # Options
//
//   - tier: audit adds what stands under Audit, and ignore directives that silence
//     nothing.
//   - tests: all reports in _test.go files, and in code that only helps tests, too.
//   - generated: true reports in generated files, too.
//   - Rows container, grow and shrink tell of a library's containers; boundless and
//     leaves of caches that are made without a bound; finite and bound of keys that
//     are few.
//   - //leakvet:shrinks on a function or method says that it takes entries out;
//     //leakvet:bounded on a field, variable or type that the container is bounded
//     by other means, and on a function, or a key's type, that there are few keys.
//   - //leakvet:ignore mapgrow REASON, on the line of the finding or above it,
//     silences the finding; //leakvet:ignore-file mapgrow REASON those of the file.
//
// # Since
//
// v0.1.0
package mapgrow
