package ok

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"os"
	"sync"
)

// Functions that clean up call those made before.

func cleanups() (func(), error) {
	f, err := os.Open("x")
	if err != nil {
		return nil, err
	}
	closeF := func() { f.Close() }
	g, err := os.Open("y")
	if err != nil {
		closeF()
		return nil, err
	}
	return func() {
		g.Close()
		closeF()
	}, nil
}

func chained() (cleanup func(), err error) {
	f, err := os.Open("x")
	if err != nil {
		return nil, err
	}
	cleanup = func() { f.Close() }
	before := cleanup
	cleanup = func() { println("bye"); before() }
	return cleanup, nil
}

func closesEach() (err error) {
	f, err := os.Open("x")
	if err != nil {
		return err
	}
	defer func() {
		for _, c := range [...]io.Closer{f} {
			err = errors.Join(err, c.Close())
		}
	}()
	return nil
}

// One field's end is another's.

type overTLS struct {
	raw net.Conn
	tls *tls.Conn
}

func dialOverTLS(addr string) (*overTLS, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &overTLS{raw: c, tls: tls.Client(c, nil)}, nil
}

func (s *overTLS) RemoteAddr() net.Addr { return s.raw.RemoteAddr() }
func (s *overTLS) Close() error         { return s.tls.Close() }

type twice struct {
	f  *os.File
	rc io.Closer
}

func openTwice(name string) (*twice, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &twice{f: f, rc: f}, nil
}

func (t *twice) Name() string { return t.f.Name() }
func (t *twice) Close() error { return t.rc.Close() }

// What is made once is everybody's.

var shared = sync.OnceValues(func() (*os.File, error) { return os.Open("x") })

func readsShared() (int64, error) {
	f, err := shared()
	if err != nil {
		return 0, err
	}
	st, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return st.Size(), nil
}

type holdsShared struct{ get func() (*os.File, error) }

func newHoldsShared(name string) *holdsShared {
	return &holdsShared{get: sync.OnceValues(func() (*os.File, error) { return os.Open(name) })}
}

func (h *holdsShared) size() (int64, error) {
	f, err := h.get()
	if err != nil {
		return 0, err
	}
	st, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return st.Size(), nil
}
