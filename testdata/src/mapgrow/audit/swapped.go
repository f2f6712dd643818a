package audit

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// What holds a container is replaced while the program works.

type generation struct{ m map[string]string }

type generations struct {
	mu        sync.Mutex
	cur, prev *generation
}

func (g *generations) rotate() {
	g.mu.Lock()
	g.prev, g.cur = g.cur, &generation{m: map[string]string{}}
	g.mu.Unlock()
}

func (g *generations) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	g.cur.m[r.Header.Get("X-User")] = r.RemoteAddr // want `^m only grows: ServeHTTP adds an entry for each r\.Header\.Get\("X-User"\), and nothing removes any$`
	g.mu.Unlock()
}

type table struct{ byPath map[string]int }

var (
	tableMu sync.Mutex
	current = newTable()
)

func newTable() *table { return &table{byPath: map[string]int{}} }

func flush() *table {
	tableMu.Lock()
	defer tableMu.Unlock()
	t := current
	current = newTable()
	return t
}

func counts(w http.ResponseWriter, r *http.Request) {
	tableMu.Lock()
	current.byPath[r.URL.Path]++ // want `^byPath only grows: counts adds an entry for each r\.URL\.Path, and nothing removes any$`
	tableMu.Unlock()
}

// There are as many keys as were configured.

type Target struct{ ID, Addr string }

type poller struct {
	mu      sync.Mutex
	targets []Target
	status  map[string]string
}

func NewPoller(targets []Target) *poller {
	return &poller{targets: targets, status: map[string]string{}}
}

func (p *poller) Run(ctx context.Context) {
	for ctx.Err() == nil {
		p.poll(ctx)
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

func (p *poller) poll(ctx context.Context) {
	for _, t := range p.targets {
		p.mu.Lock()
		p.status[t.Addr] = "ok" // want `^status only grows: poll adds an entry for each t\.Addr, and nothing removes any$`
		p.mu.Unlock()
	}
}

// A room is gone with its entry.

type room struct {
	mu      sync.Mutex
	members map[string]bool
}

type lobby struct {
	mu    sync.Mutex
	rooms map[string]*room
}

func (l *lobby) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	id := r.RemoteAddr
	in := &room{members: map[string]bool{}}
	l.mu.Lock()
	l.rooms[id] = in
	l.mu.Unlock()
	defer func() {
		l.mu.Lock()
		delete(l.rooms, id)
		l.mu.Unlock()
	}()
	in.Join(r.Context(), r.FormValue("who"))
}

func (r *room) Join(ctx context.Context, who string) {
	r.mu.Lock()
	r.members[who] = true // want `^members only grows: Join adds an entry for each who, and nothing removes any$`
	r.mu.Unlock()
}

// minutes puts a new holder in the place of the last one in its own loop.
type minutes struct {
	mu  sync.Mutex
	cur *perMinute
}

type perMinute struct{ addrs map[string]int }

func newMinutes() *minutes { return &minutes{cur: &perMinute{addrs: map[string]int{}}} }

func (m *minutes) run() {
	for range time.Tick(time.Minute) {
		m.mu.Lock()
		m.cur = &perMinute{addrs: map[string]int{}}
		m.mu.Unlock()
	}
}

func (m *minutes) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.cur.addrs[r.RemoteAddr]++ // want `^addrs only grows: ServeHTTP adds an entry for each r\.RemoteAddr, and nothing removes any$`
}
