package audit

import (
	"context"
	"errors"
	"net"
)

// A method acquires what another of the same value releases.

type peer struct {
	addr string
	conn net.Conn
}

func (p *peer) dial() error {
	conn, err := net.Dial("tcp", p.addr)
	if err != nil {
		return err
	}
	p.conn = conn
	return nil
}

// Close closes the peer's connection.
func (p *peer) Close() error {
	if p.conn == nil {
		return nil
	}
	return p.conn.Close()
}

func (p *peer) say(s string) error {
	if s == "" {
		return errors.New("nothing to say")
	}
	_, err := p.conn.Write([]byte(s))
	return err
}

func greets(addr, s string) error {
	p := &peer{addr: addr}
	if err := p.dial(); err != nil { // want `^peer that p\.dial sets up is not closed when the function returns at line \d+$`
		return err
	}
	if err := p.say(s); err != nil {
		return err
	}
	return p.Close()
}

func greetsAll(addrs []string) {
	for _, addr := range addrs {
		p := &peer{addr: addr}
		if err := p.dial(); err != nil { // want `^peer that p\.dial sets up is not closed before the loop at line \d+ makes the call again$`
			continue
		}
		p.say("hello")
	}
}

func greetsWell(addr, s string) error {
	p := &peer{addr: addr}
	defer p.Close()
	if err := p.dial(); err != nil {
		return err
	}
	return p.say(s)
}

func greetsDirectly(addr, s string) error {
	p := &peer{addr: addr}
	if err := p.dial(); err != nil {
		return err
	}
	defer p.conn.Close()
	return p.say(s)
}

func gathers(addrs []string) (all []*peer) {
	for _, addr := range addrs {
		p := &peer{addr: addr}
		if err := p.dial(); err != nil {
			continue
		}
		all = append(all, p)
	}
	return all
}

func redials(p *peer) error { return p.dial() } // the caller has the peer

var known []*peer

func greetsKnown(addr, s string) error {
	p := &peer{addr: addr}
	known = append(known, p)
	if err := p.dial(); err != nil {
		return err
	}
	return p.say(s)
}

// What serves on its own ends on its own.

type listening struct {
	l net.Listener
}

func (l *listening) start() error {
	li, err := net.Listen("tcp", ":0")
	if err != nil {
		return err
	}
	l.l = li
	go l.serve()
	return nil
}

func (l *listening) serve() {
	defer l.Close()
	for {
		c, err := l.l.Accept()
		if err != nil {
			return
		}
		c.Close()
	}
}

// Close stops listening.
func (l *listening) Close() error { return l.l.Close() }

func listens() error {
	l := &listening{}
	return l.start()
}

// The constructor of what holds it calls the method; the release may be promoted.

type socket struct {
	addr string
	net.Conn
}

func newSocket(addr string) *socket { return &socket{addr: addr} }

func (s *socket) connect(ctx context.Context) error {
	var d net.Dialer
	c, err := d.DialContext(ctx, "tcp", s.addr)
	if err != nil {
		return err
	}
	s.Conn = c
	return nil
}

type talk struct{ s *socket }

// Close ends the talk.
func (t *talk) Close() error { return t.s.Close() }

func newTalk(ctx context.Context, addr string) (*talk, error) {
	s := newSocket(addr)
	if err := s.connect(ctx); err != nil {
		return nil, err
	}
	return &talk{s}, nil
}

func talks(ctx context.Context, key func() error) (*talk, error) {
	t, err := newTalk(ctx, "localhost:80") // want `^talk from newTalk is not closed when the function returns at line \d+$`
	if err != nil {
		return nil, err
	}
	if err := key(); err != nil {
		return nil, err
	}
	return t, nil
}

func talksWell(ctx context.Context, key func() error) (*talk, error) {
	t, err := newTalk(ctx, "localhost:80")
	if err != nil {
		return nil, err
	}
	if err := key(); err != nil {
		t.Close()
		return nil, err
	}
	return t, nil
}
