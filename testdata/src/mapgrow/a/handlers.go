package a

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"sync"
	"time"
)

// Sessions that a login starts and nothing ends.

type session struct {
	user  string
	since time.Time
}

var (
	sessionsMu sync.Mutex
	sessions   = map[string]*session{}
)

func login(w http.ResponseWriter, r *http.Request) {
	token := r.FormValue("token")
	sessionsMu.Lock()
	defer sessionsMu.Unlock()
	sessions[token] = &session{user: r.FormValue("user"), since: time.Now()} // want `^sessions only grows: login adds an entry for each token, and nothing removes any$`
}

func whoami(w http.ResponseWriter, r *http.Request) {
	sessionsMu.Lock()
	defer sessionsMu.Unlock()
	if s := sessions[r.FormValue("token")]; s != nil {
		fmt.Fprintln(w, s.user, len(sessions))
	}
}

// One limiter for each address.

type limiter struct{ tokens int }

func (l *limiter) allow() bool { l.tokens--; return l.tokens > 0 }

type throttle struct {
	mu       sync.Mutex
	limiters map[string]*limiter
	next     http.Handler
}

func newThrottle(next http.Handler) *throttle {
	return &throttle{limiters: make(map[string]*limiter), next: next}
}

func (t *throttle) limiter(ip string) *limiter {
	t.mu.Lock()
	defer t.mu.Unlock()
	l, ok := t.limiters[ip]
	if !ok {
		l = &limiter{tokens: 10}
		t.limiters[ip] = l // want `^limiters only grows: limiter adds an entry for each ip, and nothing removes any$`
	}
	return l
}

func (t *throttle) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !t.limiter(r.RemoteAddr).allow() {
		http.Error(w, "slow down", http.StatusTooManyRequests)
		return
	}
	t.next.ServeHTTP(w, r)
}

// One semaphore for each host.

var semaphores sync.Map

func acquire(ctx context.Context, host string) (release func(), err error) {
	v, _ := semaphores.LoadOrStore(host, make(chan struct{}, 4)) // want `^semaphores only grows: acquire adds an entry for each host, and nothing removes any$`
	sem := v.(chan struct{})
	select {
	case sem <- struct{}{}:
		return func() { <-sem }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// What counts up and down leaves zeros behind.

var (
	inFlightMu sync.Mutex
	inFlight   = make(map[string]int)
)

func track(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ip := r.RemoteAddr
		inFlightMu.Lock()
		inFlight[ip]++ // want `^inFlight only grows: track adds an entry for each ip, and nothing removes any$`
		inFlightMu.Unlock()
		defer func() {
			inFlightMu.Lock()
			inFlight[ip]--
			inFlightMu.Unlock()
		}()
		next.ServeHTTP(w, r)
	})
}

// A nil under the key keeps the key.

type hub struct {
	mu    sync.Mutex
	conns map[string]*conn
}

type conn struct{ send chan []byte }

func (h *hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	id := r.URL.Query().Get("id")
	c := &conn{send: make(chan []byte)}
	h.mu.Lock()
	h.conns[id] = c // want `^conns only grows: ServeHTTP adds an entry for each id, and nothing removes any$`
	h.mu.Unlock()
	defer h.leave(id)
	for msg := range c.send {
		w.Write(msg)
	}
}

func (h *hub) leave(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.conns[id] = nil
}

// What stops an entry only reads it.

type job struct{ cancel context.CancelFunc }

type jobs struct {
	mu      sync.Mutex
	running map[string]*job
}

func (j *jobs) Submit(ctx context.Context, id string, work func(context.Context)) {
	ctx, cancel := context.WithCancel(ctx)
	j.mu.Lock()
	defer j.mu.Unlock()
	j.running[id] = &job{cancel: cancel} // want `^running only grows: Submit adds an entry for each id, and nothing removes any$`
	go work(ctx)
}

func (j *jobs) Stop(id string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if job, ok := j.running[id]; ok {
		job.cancel()
	}
}

var allJobs = &jobs{running: map[string]*job{}}

// Ranging and reading remove nothing.

var visits = map[string]map[string]int{}

func visit(w http.ResponseWriter, r *http.Request) {
	user := r.URL.Query().Get("user")
	pages := visits[user]
	if pages == nil {
		pages = map[string]int{}
		visits[user] = pages // want `^visits only grows: visit adds an entry for each user, and nothing removes any$`
	}
	pages[r.URL.Path]++
	if len(pages) > 100 {
		delete(pages, r.URL.Path)
	}
	for user, pages := range visits {
		log.Println(user, len(pages))
	}
}

// A struct variable with its lock.

var stats = struct {
	sync.Mutex
	agents map[string]int
}{agents: map[string]int{}}

func agent(w http.ResponseWriter, r *http.Request) {
	stats.Lock()
	defer stats.Unlock()
	stats.agents[r.UserAgent()]++ // want `^agents only grows: agent adds an entry for each r.UserAgent\(\), and nothing removes any$`
}

// Handlers that are literals.

type api struct {
	mu      sync.Mutex
	results map[string][]byte
}

func newAPI(mux *http.ServeMux) *api {
	a := &api{results: map[string][]byte{}}
	mux.HandleFunc("/results", func(w http.ResponseWriter, r *http.Request) {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.results[r.URL.Query().Get("id")] = []byte(r.UserAgent()) // want `^results only grows: newAPI adds an entry for each r.URL.Query\(\).Get\("id"\), and nothing removes any$`
	})
	return a
}

var shared = newAPI(http.DefaultServeMux)

// What clients send inside bodies is no better.

type upload struct {
	ID   string `json:"id"`
	Data []byte `json:"data"`
}

var uploads sync.Map

func receive(w http.ResponseWriter, r *http.Request) {
	var u upload
	if err := json.NewDecoder(r.Body).Decode(&u); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	uploads.Store(u.ID, u.Data) // want `^uploads only grows: receive adds an entry for each u.ID, and nothing removes any$`
}

// A method like those that gRPC calls.

type GetRequest struct{ Key string }

type GetResponse struct{ Value string }

type cacheServer struct {
	mu     sync.RWMutex
	values map[string]string
	load   func(context.Context, string) (string, error)
}

func (s *cacheServer) Get(ctx context.Context, req *GetRequest) (*GetResponse, error) {
	s.mu.RLock()
	v, ok := s.values[req.Key]
	s.mu.RUnlock()
	if ok {
		return &GetResponse{Value: v}, nil
	}
	v, err := s.load(ctx, req.Key)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.values[req.Key] = v // want `^values only grows: Get adds an entry for each req.Key, and nothing removes any$`
	s.mu.Unlock()
	return &GetResponse{Value: v}, nil
}

// What is deleted there is forgotten here.

type presence struct {
	mu    sync.Mutex
	conns map[string]*conn
	last  map[string]time.Time
}

func (p *presence) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	id := r.URL.Query().Get("id")
	p.mu.Lock()
	p.conns[id] = &conn{}
	p.last[id] = time.Now() // want `^last only grows: ServeHTTP adds an entry for each id, and nothing removes any, as it does from conns$`
	p.mu.Unlock()
	defer p.leave(id)
}

func (p *presence) leave(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.conns, id)
}
