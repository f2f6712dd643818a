package a

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"runtime/trace"
	"time"
)

// reachable asks whether somebody answers and hangs up on nobody.
func reachable(addr string) bool {
	_, err := net.DialTimeout("tcp", addr, time.Second) // want `^connection from net\.DialTimeout is discarded and never closed$`
	return err == nil
}

func greet(addr string, t time.Time) (net.Conn, error) {
	c, err := net.Dial("tcp", addr) // want `^connection from net\.Dial is not closed when the function returns at line \d+$`
	if err != nil {
		return nil, err
	}
	if err := c.SetDeadline(t); err != nil {
		return nil, err
	}
	if _, err := c.Write(nil); err != nil {
		return nil, err
	}
	return c, nil
}

func handshake(addr string, cfg *tls.Config) (net.Conn, error) {
	raw, err := net.Dial("tcp", addr) // want `^connection from net\.Dial is not closed when the function returns at line \d+$`
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
		c, err := net.Dial("tcp", addr) // want `^connection from net\.Dial is not closed when the function returns at line \d+$`
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
	l1, err := net.Listen("tcp", a) // want `^listener from net\.Listen is not closed when the function returns at line \d+$`
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
	l, err := net.Listen("tcp", "127.0.0.1:0") // want `^listener from net\.Listen is never closed: the function returns at line \d+$`
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, nil
}

// deferred closes all connections when the listener ends, and none before.
func deferred(l net.Listener) error {
	for {
		c, err := l.Accept() // want `^connection from l\.Accept is closed by a defer in a loop at line \d+: it stays open until the function returns$`
		if err != nil {
			return err
		}
		defer c.Close()
		io.WriteString(c, "hello\n")
	}
}

func refused(l net.Listener, allow func(net.Addr) bool) error {
	for {
		c, err := l.Accept() // want `^connection from l\.Accept is not closed before the loop at line \d+ makes the call again$`
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

// duplicate forgets the descriptor that FileConn copies once more.
func duplicate(c *net.TCPConn) (net.Conn, error) {
	f, err := c.File() // want `^file from c\.File is never closed: the function returns at line \d+$`
	if err != nil {
		return nil, err
	}
	return net.FileConn(f)
}

func hijacked(w http.ResponseWriter) error {
	c, rw, err := http.NewResponseController(w).Hijack() // want `^connection from http\.NewResponseController\(w\)\.Hijack is never closed: the function returns at line \d+$`
	if err != nil {
		return err
	}
	_, err = c.Write([]byte("HTTP/1.1 101 Switching Protocols\r\n\r\n"))
	if err != nil {
		return err
	}
	return rw.Flush()
}

func task(ctx context.Context, work func(context.Context) error) error {
	ctx, t := trace.NewTask(ctx, "work") // want `^span from trace\.NewTask is not ended when the function returns at line \d+$`
	if err := work(ctx); err != nil {
		return err
	}
	t.End()
	return nil
}

// boundAddr tells where it has listened, and leaves the listener.
func boundAddr() (net.Addr, error) {
	ln, err := net.ListenTCP("tcp", &net.TCPAddr{}) // want `listener from net.ListenTCP is never closed: the function returns at line \d+`
	if err != nil {
		return nil, err
	}
	return ln.Addr(), nil
}
