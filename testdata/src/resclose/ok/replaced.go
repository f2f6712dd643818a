package ok

import (
	"fmt"
	"net"
	"os"
	"sync/atomic"
)

// rolling closes the file that it replaces.
type rolling struct {
	f *os.File
	n int
}

func newRolling() (*rolling, error) {
	r := &rolling{}
	return r, r.rotate()
}

func (r *rolling) rotate() error {
	if r.f != nil {
		r.f.Close()
	}
	r.n++
	f, err := os.Create(fmt.Sprint("log.", r.n))
	if err != nil {
		return err
	}
	r.f = f
	return nil
}

func (r *rolling) Close() error { return r.f.Close() }

// reopened has its caller close the old file.
type reopened struct{ f *os.File }

func (r *reopened) reload(name string) error {
	if err := r.Close(); err != nil {
		return err
	}
	return r.reopen(name)
}

func (r *reopened) reopen(name string) (err error) {
	r.f, err = os.Open(name)
	return err
}

func (r *reopened) Close() error { return r.f.Close() }

// lazy opens its file once.
type lazy struct{ f *os.File }

func (l *lazy) open(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	l.f = f
	return nil
}

func (l *lazy) each(names []string, use func(*os.File)) error {
	for _, name := range names {
		if l.f == nil {
			if err := l.open(name); err != nil {
				return err
			}
		}
		use(l.f)
	}
	return nil
}

func (l *lazy) Close() error { return l.f.Close() }

// dialler tries until it has a connection.
type dialler struct{ c net.Conn }

func (d *dialler) run(addr string) {
	for {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			continue
		}
		d.c = c
		return
	}
}

func (d *dialler) start(addr string) {
	for d.connect(addr) != nil {
	}
}

func (d *dialler) connect(addr string) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	d.c = c
	return nil
}

func (d *dialler) Close() error { return d.c.Close() }

// rounds closes each connection before it makes the next.
type rounds struct{ c net.Conn }

func (r *rounds) run(addr string) error {
	for {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			return err
		}
		r.c = c
		r.serve()
	}
}

func (r *rounds) serve() {
	defer r.c.Close()
	fmt.Fprintln(r.c, "hello")
}

// perAddr makes a new one for each address.
type perAddr struct{ c net.Conn }

func dialAll(addrs []string) (all []*perAddr, err error) {
	for _, addr := range addrs {
		p := &perAddr{}
		if err := p.dial(addr); err != nil {
			return all, err
		}
		all = append(all, p)
	}
	return all, nil
}

func (p *perAddr) dial(addr string) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	p.c = c
	return nil
}

func (p *perAddr) Close() error { return p.c.Close() }

// handles takes out what it replaces, in a function that gets the place.
type handles struct {
	open        func(name string) (*os.File, error)
	first, last atomic.Pointer[os.File]
}

func newHandles() *handles { return &handles{open: os.Open} }

func (h *handles) start(on func(func(name string))) error {
	f, err := h.open("first")
	if err != nil {
		return err
	}
	h.first.Store(f)
	on(h.onFirst)
	on(h.onLast)
	return nil
}

func (h *handles) onFirst(name string) { h.changed(&h.first, name) }
func (h *handles) onLast(name string)  { h.changed(&h.last, name) }

func (h *handles) changed(to *atomic.Pointer[os.File], name string) {
	f, err := h.open(name)
	if err != nil {
		return
	}
	if old := to.Swap(f); old != nil {
		old.Close()
	}
}

// opened holds a file.
type opened struct{ f *os.File }

func (o *opened) Close() error { return o.f.Close() }

func openNew(name string) (*opened, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &opened{f}, nil
}

var kept = map[string]*opened{}

func openKept(name string) (*opened, error) { return kept[name], nil }

// openers has two functions, of which one lends.
type openers struct {
	get func(name string) (*opened, error)
}

func newOpeners(keep bool) *openers {
	s := &openers{get: openNew}
	if keep {
		s.get = openKept
	}
	return s
}

func (s *openers) size(name string) (int64, error) {
	o, err := s.get(name)
	if err != nil {
		return 0, err
	}
	st, err := o.f.Stat()
	if err != nil {
		return 0, err
	}
	return st.Size(), nil
}
