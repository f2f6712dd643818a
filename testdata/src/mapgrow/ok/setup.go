package ok

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"sync"
)

// Filled while the program starts.

type handler func(http.ResponseWriter, *http.Request)

var handlers = map[string]handler{}

// RegisterHandler is called by the packages that have one.
func RegisterHandler(name string, h handler) { handlers[name] = h }

var drivers = map[string]func() error{}

func MustRegister(name string, open func() error) {
	if _, dup := drivers[name]; dup {
		panic("registered twice: " + name)
	}
	drivers[name] = open
}

var formats = map[string]string{}

// AddFormat refuses what is there already.
func AddFormat(name, text string) error {
	if _, dup := formats[name]; dup {
		return fmt.Errorf("format %q exists", name)
	}
	formats[name] = text
	return nil
}

var ErrDup = errors.New("duplicate")

var commands = map[string]func(){}

func AddCommand(name string, run func()) error {
	if commands[name] != nil {
		return ErrDup
	}
	commands[name] = run
	return nil
}

var environment = map[string]string{}

func init() {
	for _, kv := range os.Environ() {
		environment[kv] = kv
	}
	fill(environment)
	http.HandleFunc("/environment", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, environment[r.FormValue("key")]) })
}

func fill(m map[string]string) {
	for _, name := range os.Args {
		m[name] = name
	}
}

// Once.

var (
	once   sync.Once
	loaded = map[string]string{}
)

func lookup(w http.ResponseWriter, r *http.Request) {
	once.Do(func() {
		for _, n := range os.Args {
			loaded[n] = n
		}
	})
	fmt.Fprintln(w, loaded[r.URL.Path])
}

var config = sync.OnceValue(func() map[string]string {
	for _, n := range os.Args {
		fromConfig[n] = n
	}
	return nil
})

var fromConfig = map[string]string{}

func configured(w http.ResponseWriter, r *http.Request) {
	config()
	fmt.Fprintln(w, fromConfig[r.URL.Path])
}

// Filled where there is nothing yet, under a lock.

type zones struct {
	mu   sync.Mutex
	byID map[string]string
	done bool
}

func (z *zones) get(w http.ResponseWriter, r *http.Request) {
	z.mu.Lock()
	defer z.mu.Unlock()
	if z.byID == nil {
		z.byID = map[string]string{}
		for _, n := range os.Args {
			z.byID[n] = n
		}
	}
	fmt.Fprintln(w, z.byID[r.URL.Path])
}

type lazily struct {
	mu    sync.Mutex
	names map[string]string
}

func (l *lazily) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.names) == 0 {
		for _, n := range os.Args {
			l.names[n] = n
		}
	}
	fmt.Fprintln(w, l.names[r.URL.Path])
}

// Filled by who makes it.

type router struct {
	prefix string
	routes map[string]http.Handler
	order  []string
}

func newRouter(prefix string, routes map[string]http.Handler) *router {
	r := &router{prefix: prefix, routes: map[string]http.Handler{}}
	for path, h := range routes {
		r.routes[prefix+path] = h
		r.order = append(r.order, path)
	}
	return r
}

func (r *router) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	if h := r.routes[req.URL.Path]; h != nil {
		h.ServeHTTP(w, req)
	}
}

func serveRoutes() error {
	r := newRouter("/", nil)
	r.addRoute(os.Args[1])
	return http.ListenAndServe(":8080", r)
}

func (r *router) addRoute(path string) { r.order = append(r.order, path) }

func main() {
	if err := serveRoutes(); err != nil {
		os.Exit(1)
	}
}

// Options that a constructor calls.

type Engine struct {
	mu      sync.Mutex
	filters []func(string) bool
	names   map[string]bool
}

type Option func(*Engine)

func WithFilter(f func(string) bool) Option {
	return func(e *Engine) { e.filters = append(e.filters, f) }
}

func WithName(name string) Option {
	return func(e *Engine) {
		if e.names[name] {
			return
		}
		e.names[name] = true
	}
}

func (e *Engine) Start() {}

func (e *Engine) Stop() {}
