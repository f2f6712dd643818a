package ok

import (
	"net"
	"net/http"
	"sync"
	"time"
)

// Containers that are local to a function, and to a handler that it makes.

type guest struct{ at time.Time }

// A goroutine beside the handler sweeps it.
func swept(next http.Handler) http.Handler {
	var mu sync.Mutex
	visitors := make(map[string]*guest)
	go func() {
		for range time.Tick(time.Minute) {
			mu.Lock()
			for ip, v := range visitors {
				if time.Since(v.at) > time.Hour {
					delete(visitors, ip)
				}
			}
			mu.Unlock()
		}
	}()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		visitors[r.RemoteAddr] = &guest{time.Now()}
		mu.Unlock()
		next.ServeHTTP(w, r)
	})
}

// It begins anew.
func startsAnew(next http.Handler) http.Handler {
	var mu sync.Mutex
	counts := map[string]int{}
	began := time.Now()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		if time.Since(began) > time.Hour {
			counts, began = map[string]int{}, time.Now()
		}
		counts[r.RemoteAddr]++
		mu.Unlock()
		next.ServeHTTP(w, r)
	})
}

// Its size is checked.
func bounded(next http.Handler) http.Handler {
	var mu sync.Mutex
	answers := map[string][]byte{}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		if len(answers) < 100 {
			answers[r.URL.Path] = nil
		}
		mu.Unlock()
		next.ServeHTTP(w, r)
	})
}

// What handles one request makes it.
func (s *site) fanOut(w http.ResponseWriter, r *http.Request) {
	sent := map[string]bool{}
	each := func(w http.ResponseWriter, r *http.Request) { sent[r.Host] = true }
	each(w, r)
	http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { sent[r.URL.Path] = true }).ServeHTTP(w, r)
}

type site struct{ hosts []string }

// It is one request's, a call further down.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.once().ServeHTTP(w, r) }

func (s *site) once() http.Handler {
	sent := map[string]bool{}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { sent[r.URL.Path] = true })
}

// The keys are those that are set up.
func knownHosts(hosts []string) http.HandlerFunc {
	counts := map[string]int{}
	for _, h := range hosts {
		counts[h] = 0
	}
	return func(w http.ResponseWriter, r *http.Request) {
		if _, ok := counts[r.Host]; ok {
			counts[r.Host]++
		}
	}
}

// A method is one of few.
func byMethod() http.HandlerFunc {
	counts := map[bool]int{}
	return func(w http.ResponseWriter, r *http.Request) { counts[r.Method == http.MethodGet]++ }
}

// Who calls it gets the map.
func Recorded() (map[string]int, http.HandlerFunc) {
	counts := map[string]int{}
	return counts, func(w http.ResponseWriter, r *http.Request) { counts[r.Host]++ }
}

// It is the caller's map.
func into(counts map[string]int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { counts[r.Host]++ }
}

func copied(counts map[string]int) http.HandlerFunc {
	own := counts
	return func(w http.ResponseWriter, r *http.Request) { own[r.Host]++ }
}

// The handler makes its own for each request.
func fresh() http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		counts := map[string]int{}
		add := func(k string) { counts[k]++ }
		add(r.Host)
		add(r.URL.Path)
	}
}

// Each connection has a handler of its own.
func accepts(l net.Listener) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		go serveOne(conn)
	}
}

func serveOne(conn net.Conn) {
	asked := map[string]bool{}
	srv := &http.Server{
		Handler:           http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { asked[r.URL.Path] = true }),
		ReadHeaderTimeout: time.Minute,
		IdleTimeout:       time.Minute,
	}
	_ = srv.Serve(&single{conn: conn})
}

// single is a listener for one connection.
type single struct{ conn net.Conn }

func (s *single) Accept() (net.Conn, error) {
	c := s.conn
	s.conn = nil
	if c == nil {
		return nil, net.ErrClosed
	}
	return c, nil
}

func (s *single) Close() error   { return nil }
func (s *single) Addr() net.Addr { return s.conn.LocalAddr() }
