package audit

import (
	"errors"
	"io"
	"net"
	"time"
)

// background closes the connection unless the first write fails.
func background(addr string) error {
	c, err := net.Dial("tcp", addr) // want `^connection from net\.Dial is not closed when the function returns at line \d+$`
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
