package audit

import (
	"fmt"
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
