package audit

import (
	"errors"
	"io"
	"net"
	"time"
)

// reports closes the connection unless the first write fails, of which it tells.
func reports(addr string, failed chan<- error) error {
	c, err := net.Dial("tcp", addr) // want `^connection from net\.Dial is not closed when the goroutine returns at line \d+$`
	if err != nil {
		return err
	}
	go func() {
		if _, err := io.WriteString(c, "hello\n"); err != nil {
			failed <- err
			return
		}
		io.Copy(io.Discard, c)
		c.Close()
	}()
	return nil
}

// deadline fails only if somebody has closed the connection already.
func deadline(addr string, t time.Time) (net.Conn, error) {
	c, err := net.Dial("tcp", addr) // want `^connection from net\.Dial is not closed when the function returns at line \d+$`
	if err != nil {
		return nil, err
	}
	if err := c.SetDeadline(t); err != nil {
		return nil, err
	}
	return c, nil
}

// asTCP gets what it asked for, most likely.
func asTCP(addr string) (*net.TCPConn, error) {
	c, err := net.Dial("tcp", addr) // want `^connection from net\.Dial is not closed when the function returns at line \d+$`
	if err != nil {
		return nil, err
	}
	t, ok := c.(*net.TCPConn)
	if !ok {
		return nil, errors.New("no TCP connection")
	}
	return t, nil
}

func ofKind(addr string) error {
	c, err := net.Dial("tcp", addr) // want `^connection from net\.Dial is not closed when the function returns at line \d+$`
	if err != nil {
		return err
	}
	switch c := c.(type) {
	case *net.TCPConn:
		return c.Close()
	case *net.UnixConn:
		return c.Close()
	}
	return errors.New("unknown connection")
}

// dialsAll needs all of them until it returns.
func dialsAll(addrs []string) error {
	var conns []net.Conn
	for _, a := range addrs {
		c, err := net.Dial("tcp", a) // want `^connection from net\.Dial is closed by a defer in a loop at line \d+: it stays open until the function returns$`
		if err != nil {
			return err
		}
		defer c.Close()
		conns = append(conns, c)
	}
	for _, c := range conns {
		io.WriteString(c, "x")
	}
	return nil
}

// servesAll waits for all of them.
func servesAll(addrs []string, serve func(net.Listener) error) error {
	errc := make(chan error, len(addrs))
	for _, a := range addrs {
		l, err := net.Listen("tcp", a) // want `^listener from net\.Listen is closed by a defer in a loop at line \d+: it stays open until the function returns$`
		if err != nil {
			return err
		}
		defer l.Close()
		go func() { errc <- serve(l) }()
	}
	return <-errc
}
