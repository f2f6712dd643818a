package ok

import (
	"net/http"
	"os"
	"sync"
)

// once with a declared function, counting
var loadOnce sync.Once
var words = map[string]int{}

func load() {
	for _, n := range os.Args {
		words[n]++
	}
}
func look(w http.ResponseWriter, r *http.Request) { loadOnce.Do(load); _ = words[r.URL.Path] }

// once via method
type reg struct {
	once  sync.Once
	names map[string]int
}

var theReg = &reg{names: map[string]int{}}

func (g *reg) load() {
	for _, n := range os.Args {
		g.names[n]++
	}
}
func (g *reg) ServeHTTP(w http.ResponseWriter, r *http.Request) { g.once.Do(g.load) }

// initialiser only
var idx = index(os.Args)
var indexed = map[string]int{}

func index(l []string) int {
	for _, n := range l {
		indexed[n]++
	}
	return 0
}

// initialiser hands it on
var handed = map[string]int{}
var other = struct{ m map[string]int }{handed}

func h(w http.ResponseWriter, r *http.Request) { handed[r.URL.Path]++; delete(other.m, r.URL.Path) }

// atomic flag / done flag
type lazy struct {
	mu    sync.Mutex
	done  bool
	names map[string]int
}

func (l *lazy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.done {
		for _, n := range os.Args {
			l.names[n]++
		}
		l.done = true
	}
}
func (l *lazy) ensure() {
	if l.done {
		return
	}
	for _, n := range os.Args {
		l.names[n]++
	}
	l.done = true
}

// functional options
type rt struct {
	mu sync.Mutex
	m  map[string]int
}
type opt func(*rt)

func with(k string) opt                                        { return func(r *rt) { r.m[k]++ } }
func (r *rt) ServeHTTP(w http.ResponseWriter, q *http.Request) {}
func newRT(o ...opt) *rt {
	r := &rt{m: map[string]int{}}
	for _, f := range o {
		f(r)
	}
	return r
}

var theRT = newRT(with("a"))

// joined
type coll struct {
	mu   sync.Mutex
	errs map[string]error
}

func (c *coll) add(k string, e error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.errs[k] == nil {
		c.errs[k] = e
	}
}
func gather(w http.ResponseWriter, r *http.Request) {
	c := &coll{errs: map[string]error{}}
	var wg sync.WaitGroup
	for k := range r.Form {
		wg.Go(func() { c.add(k, nil) })
	}
	wg.Wait()
}
func gather2(l []string) {
	c := &coll{errs: map[string]error{}}
	var wg sync.WaitGroup
	for _, k := range l {
		wg.Add(1)
		go func() { defer wg.Done(); c.add(k, nil) }()
	}
	wg.Wait()
}
