package a

import (
	"context"
	"net"
	"net/http"
	"sync"
	"time"
)

// What holds it empties it where it ends, and never before.

type gate struct {
	mu     sync.Mutex
	peers  map[string]time.Time
	late   map[string]time.Time
	named  sync.Map
	dialed map[string]time.Time
}

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.peers[r.RemoteAddr] = time.Now()                // want `^peers only grows: ServeHTTP adds an entry for each r.RemoteAddr, and nothing removes any before Close$`
	g.late[r.RemoteAddr] = time.Now()                 // want `^late only grows: ServeHTTP adds an entry for each r.RemoteAddr, and nothing removes any before Shutdown$`
	g.named.Store(r.FormValue("name"), r.UserAgent()) // want `^named only grows: .* and nothing removes any before Close$`
	g.dialed[r.RemoteAddr] = time.Now()               // want `^dialed only grows: .* and nothing removes any before Close$`
}

func (g *gate) Close() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	for addr := range g.peers {
		delete(g.peers, addr)
	}
	g.named.Range(func(key, _ any) bool {
		g.named.Delete(key)
		return true
	})
	g.dialed = nil
	return nil
}

func (g *gate) Shutdown(ctx context.Context) error {
	for len(g.late) > 0 {
		g.drop()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
	return g.Close()
}

// drop is only called where the gate ends.
func (g *gate) drop() {
	g.mu.Lock()
	defer g.mu.Unlock()
	clear(g.late)
}

func listen(l net.Listener) error {
	g := &gate{peers: map[string]time.Time{}, late: map[string]time.Time{}, dialed: map[string]time.Time{}}
	defer g.Close()
	return (&http.Server{Handler: g}).Serve(l)
}

// A method makes what it puts there, for a server that works.

type switchboard struct {
	mu    sync.Mutex
	calls map[*voice]struct{}
}

type voice struct {
	board *switchboard
	conn  net.Conn
}

func newSwitchboard() *switchboard { return &switchboard{calls: map[*voice]struct{}{}} }

func (s *switchboard) Serve(l net.Listener) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		go s.newVoice(conn).run()
	}
}

func (s *switchboard) newVoice(conn net.Conn) *voice {
	v := &voice{board: s, conn: conn}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[v] = struct{}{} // want `^calls only grows: newVoice adds an entry for each v, and nothing removes any before Shutdown$`
	return v
}

func (v *voice) run() {
	defer v.conn.Close()
	v.conn.Write([]byte("hello"))
}

func (s *switchboard) Shutdown(ctx context.Context) error {
	for !s.idle() {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
	return nil
}

func (s *switchboard) idle() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for v := range s.calls {
		v.conn.Close()
		delete(s.calls, v)
	}
	return true
}

// The package's own, which a function that is no method empties.

var callers = map[string]time.Time{}

func comeIn(w http.ResponseWriter, r *http.Request) {
	callers[r.RemoteAddr] = time.Now() // want `^callers only grows: .* and nothing removes any before Shutdown$`
}

// Shutdown ends it all.
func Shutdown() { clear(callers) }
