package a

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime/trace"
	"sync/atomic"
	"time"
)

// reachable asks whether somebody answers and hangs up on nobody.
func reachable(addr string) bool {
	_, err := net.DialTimeout("tcp", addr, time.Second) // want `is discarded and never closed`
	return err == nil
}

func deadline(addr string, t time.Time) (net.Conn, error) {
	c, err := net.Dial("tcp", addr) // want `is (not|never) closed`
	if err != nil {
		return nil, err
	}
	if err := c.SetDeadline(t); err != nil {
		return nil, err
	}
	return c, nil
}

func handshake(addr string, cfg *tls.Config) (net.Conn, error) {
	raw, err := net.Dial("tcp", addr) // want `is (not|never) closed`
	if err != nil {
		return nil, err
	}
	c := tls.Client(raw, cfg)
	if err := c.Handshake(); err != nil {
		return nil, err
	}
	return c, nil
}

func token(context.Context) error { return nil }

type client struct {
	dial func(addr string) (io.Writer, func(), error)
}

// newClient has a dialer that forgets the connection if it gets no token.
func newClient() *client {
	return &client{dial: func(addr string) (io.Writer, func(), error) {
		c, err := net.Dial("tcp", addr) // want `is (not|never) closed`
		if err != nil {
			return nil, nil, err
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		err = token(ctx)
		cancel()
		if err != nil {
			return nil, nil, err
		}
		return c, func() { c.Close() }, nil
	}}
}

// twoListeners leaves the first listening when the second cannot.
func twoListeners(a, b string) (net.Listener, net.Listener, error) {
	l1, err := net.Listen("tcp", a) // want `is (not|never) closed`
	if err != nil {
		return nil, nil, err
	}
	l2, err := net.Listen("tcp", b)
	if err != nil {
		return nil, nil, err
	}
	return l1, l2, nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0") // want `is (not|never) closed`
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, nil
}

// deferred closes all connections when the listener ends, and none before.
func deferred(l net.Listener) error {
	for {
		c, err := l.Accept() // want `is (not|never) closed`
		if err != nil {
			return err
		}
		defer c.Close()
		io.WriteString(c, "hello\n")
	}
}

func refused(l net.Listener, allow func(net.Addr) bool) error {
	for {
		c, err := l.Accept() // want `is (not|never) closed`
		if err != nil {
			return err
		}
		if !allow(c.RemoteAddr()) {
			continue
		}
		go func() {
			defer c.Close()
			io.Copy(c, c)
		}()
	}
}

// background closes the connection unless the first write fails.
func background(addr string) error {
	c, err := net.Dial("tcp", addr) // want `is (not|never) closed`
	if err != nil {
		return err
	}
	go func() {
		if _, err := io.WriteString(c, "hello\n"); err != nil {
			return
		}
		io.Copy(io.Discard, c)
		c.Close()
	}()
	return nil
}

// switched forgets the connection it replaces.
type switched struct{ cur atomic.Pointer[net.TCPConn] }

func (s *switched) reconnect(addr *net.TCPAddr) error {
	c, err := net.DialTCP("tcp", nil, addr) // want `is (not|never) closed`
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

// duplicate forgets the descriptor that FileConn copies once more.
func duplicate(c *net.TCPConn) (net.Conn, error) {
	f, err := c.File() // want `is (not|never) closed`
	if err != nil {
		return nil, err
	}
	return net.FileConn(f)
}

func hijacked(w http.ResponseWriter) error {
	c, rw, err := http.NewResponseController(w).Hijack() // want `is (not|never) closed`
	if err != nil {
		return err
	}
	_, err = c.Write([]byte("HTTP/1.1 101 Switching Protocols\r\n\r\n"))
	if err != nil {
		return err
	}
	return rw.Flush()
}

// childPipe keeps the writing end, so the reader never sees an end.
func childPipe(cmd *exec.Cmd) ([]byte, error) {
	r, w, err := os.Pipe() // want `is (not|never) closed`
	if err != nil {
		return nil, err
	}
	defer r.Close()
	cmd.Stdout = w
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func task(ctx context.Context, work func(context.Context) error) error {
	ctx, t := trace.NewTask(ctx, "work") // want `is (not|never) (closed|ended)`
	if err := work(ctx); err != nil {
		return err
	}
	t.End()
	return nil
}

// sets is a tree over streams; who stops early must close it.
type sets struct{ rest []io.ReadCloser }

func openSets(names []string) (*sets, error) {
	s := &sets{}
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			s.Close()
			return nil, err
		}
		s.rest = append(s.rest, f)
	}
	return s, nil
}

func (s *sets) Next() bool {
	if len(s.rest) == 0 {
		return false
	}
	s.rest[0].Close()
	s.rest = s.rest[1:]
	return true
}

func (s *sets) Close() {
	for _, r := range s.rest {
		r.Close()
	}
}

type source interface{ Next() bool }

type unique struct{ src source }

func newUnique(s source) *unique { return &unique{s} }

func (u *unique) Next() bool { return u.src.Next() }

// limited stops before the end and leaves the other files open.
func limited(names []string, limit int) (int, error) {
	s, err := openSets(names) // want `is (not|never) closed`
	if err != nil {
		return 0, err
	}
	u, n := newUnique(s), 0
	for u.Next() {
		if n++; n >= limit {
			break
		}
	}
	return n, nil
}
