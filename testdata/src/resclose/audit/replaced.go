package audit

import (
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"sync/atomic"
)

// rotating drops the file it replaces.
type rotating struct {
	f *os.File
	n int
}

func newRotating() (*rotating, error) {
	f, err := os.Create("log.0")
	if err != nil {
		return nil, err
	}
	return &rotating{f: f}, nil
}

func (r *rotating) rotate() (err error) {
	r.n++
	r.f, err = os.Create(fmt.Sprint("log.", r.n)) // want `^file from os\.Create takes the place of an earlier one in field f, which is not closed$`
	return err
}

func (r *rotating) Close() error { return r.f.Close() }

// switched forgets the connection it replaces.
type switched struct{ cur atomic.Pointer[net.TCPConn] }

func (s *switched) reconnect(addr *net.TCPAddr) error {
	c, err := net.DialTCP("tcp", nil, addr) // want `^connection from net\.DialTCP takes the place of an earlier one in field cur, which is not closed$`
	if err != nil {
		return err
	}
	s.cur.Store(c)
	return nil
}

func (s *switched) write(b []byte) error {
	_, err := s.cur.Load().Write(b)
	return err
}

func (s *switched) Close() error { return s.cur.Load().Close() }

// watched opens its file anew whenever it is told that the name has changed.
type watched struct {
	mu sync.Mutex
	f  *os.File
}

func newWatched(name string, on func(func(string))) (*watched, error) {
	w := &watched{}
	if err := w.first(name); err != nil {
		return nil, err
	}
	on(w.changed)
	return w, nil
}

func (w *watched) first(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	w.f = f
	return nil
}

func (w *watched) changed(name string) {
	f, err := os.Open(name) // want `^file from os\.Open takes the place of an earlier one in field f, which is not closed$`
	if err != nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.f = f
}

func (w *watched) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.f.Close()
}

// current is opened anew by each reload.
var current *os.File

func reloadCurrent(name string) error {
	f, err := os.Open(name) // want `^file from os\.Open takes the place of an earlier one in variable current, which is not closed$`
	if err != nil {
		return err
	}
	current = f
	return nil
}

func closeCurrent() error { return current.Close() }

// looping dials for each job, and keeps only the last connection.
type looping struct{ c net.Conn }

func (l *looping) run(addrs <-chan string) error {
	for addr := range addrs {
		c, err := net.Dial("tcp", addr) // want `^connection from net\.Dial takes the place of an earlier one in field c, which is not closed$`
		if err != nil {
			return err
		}
		l.c = c
	}
	return nil
}

func (l *looping) Close() error { return l.c.Close() }

// store opens its log by a function that only its constructor sets.
type store interface {
	io.Writer
	io.Closer
}

type logStore struct {
	name string
	f    *os.File
}

func (l logStore) Write(b []byte) (int, error) { return l.f.Write(b) }
func (l logStore) Close() error                { return l.f.Close() }

func wrapLog(f *os.File, name string) logStore { return logStore{name, f} }

func openStore(name string) (store, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	return wrapLog(f, name), nil
}

type stores struct {
	open        func(name string) (store, error)
	first, last atomic.Pointer[store]
	closed      bool
}

func newStores() *stores { return &stores{open: openStore} }

func (s *stores) start(on func(func(name string))) error {
	st, err := s.open("first")
	if err != nil {
		return err
	}
	s.first.Store(&st)
	on(s.onFirst)
	st2, err := s.open("last") // want `^store from s\.open is not closed when the function returns at line \d+$`
	if err != nil {
		return err
	}
	if s.closed {
		return nil
	}
	s.last.Store(&st2)
	on(s.onLast)
	return nil
}

func (s *stores) onFirst(name string) { s.changed(&s.first, name) }
func (s *stores) onLast(name string)  { s.changed(&s.last, name) }

func (s *stores) changed(to *atomic.Pointer[store], name string) {
	st, err := s.open(name) // want `^store from s\.open takes the place of an earlier one in field first, which is not closed$`
	if err != nil {
		return
	}
	to.Store(&st)
}

func (s *stores) write(b []byte) error {
	_, err := (*s.first.Load()).Write(b)
	return err
}
