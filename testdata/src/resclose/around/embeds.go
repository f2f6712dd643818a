package around

import (
	"errors"
	"net"
	"os"
)

// What a struct embeds is closed by the struct's own Close, which is that of the field.

type client struct {
	net.Conn
	name string
}

func dialClient(addr string) (*client, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &client{Conn: c}, nil
}

func (c *client) hello() error {
	_, err := c.Write([]byte(c.name))
	return err
}

func greets(addr string) error {
	c, err := dialClient(addr) // want `^client from dialClient is not closed when the function returns at line 35$`
	if err != nil {
		return err
	}
	if err := c.hello(); err != nil {
		return err
	}
	return c.Close()
}

type segment struct {
	*os.File
	entries int
}

func openSegment(name string) (segment, error) {
	f, err := os.Open(name)
	if err != nil {
		return segment{}, err
	}
	return segment{File: f}, nil
}

func counts(name string) (int, error) {
	s, err := openSegment(name) // want `^file from openSegment is never closed: the function returns at line \d+$`
	if err != nil {
		return 0, err
	}
	return s.entries, nil
}

type deep struct{ client }

func dialDeep(addr string) (*deep, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &deep{client{Conn: c}}, nil
}

func names(addr string) (string, error) {
	d, err := dialDeep(addr) // want `^deep from dialDeep is never closed: the function returns at line \d+$`
	if err != nil {
		return "", err
	}
	return d.name, nil
}

func closesEmbedded(addr string) error {
	c, err := dialClient(addr)
	if err != nil {
		return err
	}
	defer c.Conn.Close()
	return c.hello()
}

func closesPromoted(name string) (int, error) {
	s, err := openSegment(name)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	return s.entries, nil
}

// The caller has what is embedded, and closes it.
func around(c net.Conn) *client { return &client{Conn: c} }

func greetsBy(c net.Conn) error {
	return around(c).hello()
}

// hidden's Close is its own, and leaves the connection to others.
type hidden struct {
	net.Conn
	shared bool
}

func (h *hidden) Close() error {
	if h.shared {
		return errors.New("shared")
	}
	return nil
}

var pool = map[string]net.Conn{}

func dialHidden(addr string) (*hidden, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	pool[addr] = c
	return &hidden{Conn: c, shared: true}, nil
}

func uses(addr string) (net.Addr, error) {
	h, err := dialHidden(addr)
	if err != nil {
		return nil, err
	}
	return h.RemoteAddr(), nil
}
