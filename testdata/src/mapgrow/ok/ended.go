package ok

import (
	"bufio"
	"net"
	"net/http"
	"sync"
	"time"
)

// What closes is not the whole, or not only for good.

type hub struct {
	mu      sync.Mutex
	members map[string]*member
	rooms   map[string]time.Time
	stale   map[string]time.Time
	parent  *hub
	nested  map[string]*hub
}

type member struct {
	hub  *hub
	name string
}

// Close takes a member out.
func (m *member) Close() error {
	m.hub.mu.Lock()
	defer m.hub.mu.Unlock()
	for name := range m.hub.members {
		if name == m.name {
			delete(m.hub.members, name)
		}
	}
	return nil
}

func (h *hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.members[r.RemoteAddr] = &member{hub: h, name: r.RemoteAddr}
	h.rooms[r.FormValue("room")] = time.Now()
	h.stale[r.RemoteAddr] = time.Now()
	h.nested[r.RemoteAddr] = &hub{parent: h}
	if len(r.Form) > 100 {
		h.shut()
	}
}

// Close is told of one room.
func (h *hub) closeRooms(names ...string) {
	for _, name := range names {
		delete(h.rooms, name)
	}
}

// shut runs while the hub works, too.
func (h *hub) shut() {
	for addr := range h.stale {
		delete(h.stale, addr)
	}
}

// Stop takes one that is nested out of what holds it.
func (h *hub) Stop() {
	h.shut()
	delete(h.parent.nested, "")
}

func serveHub() error {
	h := &hub{members: map[string]*member{}, rooms: map[string]time.Time{}, stale: map[string]time.Time{}, nested: map[string]*hub{}}
	go func() {
		for range time.Tick(time.Minute) {
			h.closeRooms("lobby")
		}
	}()
	return http.ListenAndServe(":80", h)
}

// What is made for a connection goes with it.

type talks struct {
	mu   sync.Mutex
	open int
}

type talkSession struct {
	settings map[string]string
	conn     net.Conn
}

func (t *talks) Serve(l net.Listener) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		go t.talk(&talkSession{settings: map[string]string{}, conn: conn})
	}
}

func (t *talks) talk(s *talkSession) {
	lines := bufio.NewScanner(s.conn)
	for lines.Scan() {
		s.set(lines.Text(), "on")
	}
	s.Close()
}

func (s *talkSession) set(name, value string) { s.settings[name] = value }

func (s *talkSession) Close() error {
	clear(s.settings)
	return s.conn.Close()
}

// A member's end, of the package's own.

var logins = map[string]*login{}

type login struct{ user string }

func enroll(w http.ResponseWriter, r *http.Request) {
	logins[r.RemoteAddr] = &login{user: r.RemoteAddr}
}

// Close is of one of them.
func (l *login) Close() {
	for addr := range logins {
		if addr == l.user {
			delete(logins, addr)
		}
	}
}
