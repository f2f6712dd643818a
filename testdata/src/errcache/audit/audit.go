// Package audit holds failures that are kept for a time, or perhaps on purpose.
package audit

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"
)

type entry struct {
	ips     []string
	expires time.Time
}

type resolver struct {
	mu    sync.Mutex
	hosts map[string]entry
	names map[string]string
	conns map[string]net.Conn
}

// A failure stands for the answer until the entry expires.
func (r *resolver) Lookup(host string) ([]string, error) {
	if e, ok := r.hosts[host]; ok && time.Now().Before(e.expires) {
		return e.ips, nil
	}
	ips, err := net.LookupHost(host)
	if err != nil {
		r.hosts[host] = entry{expires: time.Now().Add(time.Minute)} // want `a failure of LookupHost \(called at line \d+\) is cached in hosts as an empty value, and answers later calls`
		return nil, err
	}
	r.hosts[host] = entry{ips, time.Now().Add(time.Minute)}
	return ips, nil
}

// Somebody forgets the names now and then.
func (r *resolver) Forget(ip string) { delete(r.names, ip) }

func (r *resolver) Name(ip string) string {
	if n, ok := r.names[ip]; ok {
		return n
	}
	names, err := net.LookupAddr(ip)
	if err != nil || len(names) == 0 {
		if err != nil {
			r.names[ip] = "" // want `a failure of LookupAddr \(called at line \d+\) is cached in names as "", and answers later calls`
		}
		return ""
	}
	r.names[ip] = names[0]
	return names[0]
}

// Nil is no hit, but whatever else comes with an error is.
func (r *resolver) Conn(addr string) (net.Conn, error) {
	if c := r.conns[addr]; c != nil {
		return c, nil
	}
	c, err := net.Dial("tcp", addr)
	r.conns[addr] = c // want `c is cached in conns before err of Dial \(called at line \d+\) is checked`
	return c, err
}

// So it is here.
func (r *resolver) Both(addr string) (c net.Conn, err error) {
	c, ok := r.conns[addr]
	if ok && c != nil {
		return c, nil
	}
	r.conns[addr], err = net.Dial("tcp", addr) // want `r.conns\[addr\] is cached in conns before err of Dial \(called at line \d+\) is checked`
	return r.conns[addr], err
}

// Nor do named results and a deferred call change that.
func (r *resolver) Locked(addr string) (c net.Conn, err error) {
	var ok bool
	c, ok = r.conns[addr]
	if ok && c != nil {
		return c, nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.conns[addr], err = net.Dial("tcp", addr) // want `r.conns\[addr\] is cached in conns before err of Dial \(called at line \d+\) is checked`
	return r.conns[addr], err
}

type client struct {
	once sync.Once
	conn net.Conn
	err  error
}

// How long the client lives does not show.
func (c *client) connect() error {
	c.once.Do(func() { // want `once.Do keeps the first failure of Dial \(called at line \d+\) for ever: nothing tries again`
		c.conn, c.err = net.Dial("tcp", "db:5432")
	})
	return c.err
}

type lazy[T any] struct {
	once sync.Once
	val  T
	err  error
}

// Nor does what is done only once.
func (l *lazy[T]) get(f func() (T, error)) (T, error) {
	l.once.Do(func() { // want `once.Do keeps the first failure of the call \(called at line \d+\) for ever: nothing tries again`
		l.val, l.err = f()
	})
	return l.val, l.err
}

type parser interface {
	Parse(text string) (int, error)
}

type memo struct {
	parser parser
	sizes  map[string]int
}

// Whether the parser can fail for a while is not known.
func (m *memo) Size(text string) int {
	if n, ok := m.sizes[text]; ok {
		return n
	}
	n, _ := m.parser.Parse(text)
	m.sizes[text] = n // want `n is cached in sizes although the error of Parse \(called at line \d+\) is thrown away`
	return n
}

var errNone = errors.New("none")

func fetch(ctx context.Context, id string) (string, error) { return id, ctx.Err() }

var defaultName = "nobody"

type names struct{ byID map[string]string }

// What a variable holds may be as good as a name.
func (n *names) Name(ctx context.Context, id string) string {
	if s, ok := n.byID[id]; ok {
		return s
	}
	s, err := fetch(ctx, id)
	if err != nil {
		s = defaultName
	}
	n.byID[id] = s // want `a failure of fetch \(called at line \d+\) is cached in byID as an empty value, and answers later calls`
	return s
}

type registry struct{ sizes map[string]int }

func (r *registry) Get(name string) int { return r.sizes[name] }

// What is set up from settings is read like a cache.
func (r *registry) Setup(p parser, names []string) {
	for _, name := range names {
		n, err := p.Parse(name)
		if err != nil {
			println(err.Error())
		}
		r.sizes[name] = n // want `n is cached in sizes even if Parse \(called at line \d+\) has failed`
	}
}

type parsed struct {
	size int
	text string
}

type parses struct {
	parser parser
	byText map[string]*parsed
}

// What is stored on the error branch alone is stored on purpose.
func (p *parses) Get(text string) (*parsed, error) {
	if x, ok := p.byText[text]; ok {
		return x, nil
	}
	n, err := p.parser.Parse(text)
	if err != nil {
		x := &parsed{size: n, text: text}
		p.byText[text] = x // want `n is cached in byText even if Parse \(called at line \d+\) has failed`
		return x, err
	}
	x := &parsed{size: n, text: text}
	p.byText[text] = x
	return x, nil
}
