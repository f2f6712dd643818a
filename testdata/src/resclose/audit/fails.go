package audit

import (
	"errors"
	"net"
	"os"
)

type unixServer struct {
	ln   net.Listener
	path string
	stop chan struct{}
}

// Start leaves the listener open if the socket's mode cannot be set.
func (s *unixServer) Start() error {
	ln, err := net.Listen("unix", s.path) // want `^listener from net\.Listen is not closed when Start fails at line \d+: it stays in field ln$`
	if err != nil {
		return err
	}
	s.ln = ln
	if err := os.Chmod(s.path, 0o600); err != nil {
		return err
	}
	go s.run()
	return nil
}

func (s *unixServer) run() {
	defer s.ln.Close()
	<-s.stop
}

type pairOf struct{ data, index *os.File }

// Open leaves the data open if there is no index.
func (s *pairOf) Open(dir string) error {
	var err error
	s.data, err = os.Open(dir + "/data") // want `^file from os\.Open is not closed when Open fails at line \d+: it stays in field data$`
	if err != nil {
		return err
	}
	s.index, err = os.Open(dir + "/index")
	if err != nil {
		return err
	}
	return nil
}

func (s *pairOf) Shut() error { return errors.Join(s.data.Close(), s.index.Close()) }

// The same, but somebody sees to it.

type tidy struct{ data, index *os.File }

func (t *tidy) Open(dir string) (err error) {
	defer func() {
		if err != nil {
			t.Close()
		}
	}()
	t.data, err = os.Open(dir + "/data")
	if err != nil {
		return err
	}
	t.index, err = os.Open(dir + "/index")
	return err
}

func (t *tidy) Close() error {
	if t.data != nil {
		t.data.Close()
	}
	if t.index != nil {
		t.index.Close()
	}
	return nil
}

type careful struct{ data, index *os.File }

func (c *careful) Open(dir string) error {
	var err error
	c.data, err = os.Open(dir + "/data")
	if err != nil {
		return err
	}
	c.index, err = os.Open(dir + "/index")
	if err != nil {
		c.data.Close()
		return err
	}
	return nil
}

func (c *careful) Close() error { return errors.Join(c.data.Close(), c.index.Close()) }

type opened struct{ data, index *os.File }

func newOpened(dir string) (*opened, error) {
	o := &opened{}
	if err := o.open(dir); err != nil {
		o.Close()
		return nil, err
	}
	return o, nil
}

func (o *opened) open(dir string) error {
	var err error
	if o.data, err = os.Open(dir + "/data"); err != nil {
		return err
	}
	o.index, err = os.Open(dir + "/index")
	return err
}

func (o *opened) Close() error {
	if o.data != nil {
		o.data.Close()
	}
	if o.index != nil {
		o.index.Close()
	}
	return nil
}

// lazy keeps its connection for the next call.
type lazy struct{ c net.Conn }

func (l *lazy) Send(b []byte) error {
	if l.c == nil {
		c, err := net.Dial("tcp", "localhost:1")
		if err != nil {
			return err
		}
		l.c = c
	}
	_, err := l.c.Write(b)
	return err
}

func (l *lazy) Close() error { return l.c.Close() }

// link replaces a connection that does not work.
type link struct{ c net.Conn }

func (l *link) Dial(first, second string) (err error) {
	l.c, err = net.Dial("tcp", first) // want `^connection from net\.Dial is not closed before Dial puts another in field c$`
	if err != nil {
		return err
	}
	if _, err = l.c.Write(nil); err != nil {
		l.c, err = net.Dial("tcp", second)
	}
	return err
}

func (l *link) Close() error { return l.c.Close() }
