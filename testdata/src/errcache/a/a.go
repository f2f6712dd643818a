// Package a holds failures that are kept for later calls.
package a

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"sync"
)

type user struct{ name string }

type source interface {
	Load(ctx context.Context, id string) (*user, error)
}

type service struct {
	mu    sync.Mutex
	users map[string]*user
	perms map[string][]string
	src   source
}

func fetchPerms(ctx context.Context, id string) ([]string, error) {
	if id == "" {
		return nil, errors.New("no id")
	}
	return nil, ctx.Err()
}

// The value is stored first, the error looked at later.
func (s *service) Unchecked(ctx context.Context, id string) (*user, error) {
	if u, ok := s.users[id]; ok {
		return u, nil
	}
	u, err := s.src.Load(ctx, id)
	s.users[id] = u // want `u is cached in users before err of Load \(called at line \d+\) is checked`
	if err != nil {
		return nil, err
	}
	return u, nil
}

// The error is logged and not acted upon.
func (s *service) Logged(ctx context.Context, id string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p, ok := s.perms[id]; ok {
		return p
	}
	perms, err := fetchPerms(ctx, id)
	if err != nil {
		log.Printf("permissions of %s: %v", id, err)
	}
	s.perms[id] = perms // want `perms is cached in perms even if fetchPerms \(called at line \d+\) has failed`
	return perms
}

// Handing the error to a logger is no check.
func (s *service) LoggedAlways(ctx context.Context, id string) []string {
	if p, ok := s.perms[id]; ok {
		return p
	}
	perms, err := fetchPerms(ctx, id)
	log.Println("fetched", id, err)
	s.perms[id] = perms // want `perms is cached in perms before err of fetchPerms \(called at line \d+\) is checked`
	return perms
}

// The error is thrown away, of a call that depends on the network.
var hosts sync.Map

func host(addr string) string {
	if h, ok := hosts.Load(addr); ok {
		return h.(string)
	}
	names, _ := net.LookupAddr(addr)
	name := addr
	if len(names) > 0 {
		name = names[0]
	}
	hosts.Store(addr, names)
	return name
}

func hostsOf(addr string) []string {
	if h, ok := hosts.Load(addr); ok {
		return h.([]string)
	}
	names, _ := net.LookupAddr(addr)
	hosts.Store(addr, names) // want `names is cached in hosts although the error of LookupAddr \(called at line \d+\) is thrown away`
	return names
}

// A stand-in is stored on the error branch.
func (s *service) StandIn(ctx context.Context, id string) (*user, error) {
	if u, ok := s.users[id]; ok {
		return u, nil
	}
	u, err := s.src.Load(ctx, id)
	if err != nil {
		s.users[id] = nil // want `a failure of Load \(called at line \d+\) is cached in users as nil, and answers later calls`
		return nil, err
	}
	s.users[id] = u
	return u, nil
}

type outcome struct {
	val []string
	err error
}

type memo struct {
	sync.Mutex
	byID map[string]outcome
}

// The error is part of what is stored, for ever.
func (m *memo) Get(ctx context.Context, id string) ([]string, error) {
	m.Lock()
	defer m.Unlock()
	if o, ok := m.byID[id]; ok {
		return o.val, o.err
	}
	val, err := fetchPerms(ctx, id)
	m.byID[id] = outcome{val, err} // want `err of fetchPerms \(called at line \d+\) is cached in byID, and answers later calls`
	return val, err
}

// put takes the error, and stores whatever it is.
func (s *service) put(id string, u *user, err error) {
	if err != nil {
		log.Print(err)
	}
	s.users[id] = u
}

func (s *service) Helper(ctx context.Context, id string) *user {
	if u, ok := s.users[id]; ok {
		return u
	}
	u, err := s.src.Load(ctx, id)
	s.put(id, u, err) // want `u is cached in users before err of Load \(called at line \d+\) is checked`
	return u
}

// remember has no way to know.
func (s *service) remember(id string, perms []string) { s.perms[id] = perms }

func (s *service) Remembered(ctx context.Context, id string) ([]string, error) {
	if p, ok := s.perms[id]; ok {
		return p, nil
	}
	perms, err := fetchPerms(ctx, id)
	s.remember(id, perms) // want `perms is cached in perms before err of fetchPerms \(called at line \d+\) is checked`
	return perms, err
}

// A pair of methods makes a cache, too.
type zones struct{ ips map[string][]string }

func (z *zones) Lookup(name string) []string { return z.ips[name] }

func (z *zones) Refresh(name string) error {
	ips, err := net.LookupHost(name)
	z.ips[name] = ips // want `ips is cached in ips before err of LookupHost \(called at line \d+\) is checked`
	return err
}

// A closure under a lock runs now.
func (s *service) locked(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}

func (s *service) InClosure(ctx context.Context, id string) (*user, error) {
	if u, ok := s.users[id]; ok {
		return u, nil
	}
	u, err := s.src.Load(ctx, id)
	s.locked(func() {
		s.users[id] = u // want `u is cached in users before err of Load \(called at line \d+\) is checked`
	})
	return u, err
}

// An entry around the value changes nothing.
type entry struct{ perms []string }

type entries struct{ m map[string]*entry }

func (e *entries) Get(ctx context.Context, id string) *entry {
	if x, ok := e.m[id]; ok {
		return x
	}
	perms, err := fetchPerms(ctx, id)
	if err != nil {
		fmt.Println(err)
	}
	x := &entry{perms: perms}
	e.m[id] = x // want `perms is cached in m even if fetchPerms \(called at line \d+\) has failed`
	return x
}

var (
	dialOnce sync.Once
	conn     net.Conn
	connErr  error
)

func dial() (net.Conn, error) {
	dialOnce.Do(func() { // want `dialOnce.Do keeps the first failure of Dial \(called at line \d+\) for ever: nothing tries again`
		conn, connErr = net.Dial("tcp", "db:5432")
	})
	return conn, connErr
}

var resolve = sync.OnceValues(func() ([]string, error) { // want `OnceValues keeps the first failure of LookupHost \(called at line \d+\) for ever: nothing tries again`
	return net.LookupHost("db")
})

var (
	table    []string
	tableErr error
	loaded   bool
)

// A flag says that it has been tried, and so does the error.
func load() ([]string, error) {
	if loaded {
		return table, tableErr
	}
	loaded = true
	table, tableErr = net.LookupHost("db") // want `tableErr keeps the first failure of LookupHost \(called at line \d+\) for ever: nothing tries again`
	return table, tableErr
}

var (
	backend    net.Conn
	backendErr error
)

func Backend() (net.Conn, error) {
	if backend == nil && backendErr == nil {
		backend, backendErr = net.Dial("tcp", "db:5432") // want `backendErr keeps the first failure of Dial \(called at line \d+\) for ever: nothing tries again`
	}
	return backend, backendErr
}

// Remote is asked again and again.
type Remote struct {
	once sync.Once
	conn net.Conn
	err  error
}

func (r *Remote) Fetch(ctx context.Context, key string) (net.Conn, error) {
	r.once.Do(func() { // want `once.Do keeps the first failure of Dial \(called at line \d+\) for ever: nothing tries again`
		r.conn, r.err = net.Dial("tcp", key)
	})
	return r.conn, r.err
}

type key struct {
	once   sync.Once
	text   string
	parsed *parsedKey
}

type parsedKey struct{ bits int }

func parseKey(text string) (*parsedKey, error) {
	if text == "" {
		return nil, errors.New("no key")
	}
	return &parsedKey{len(text)}, nil
}

// The error is lost for all callers but the first.
func (k *key) get() (*parsedKey, error) {
	var err error
	k.once.Do(func() { // want `once.Do runs once: if parseKey \(called at line \d+\) fails, later calls get no result and no error`
		k.parsed, err = parseKey(k.text)
	})
	return k.parsed, err
}

// fetched can fail on one way.
func (c *pages) fetched(ctx context.Context, id string) (*page, error) {
	if id == "" {
		return nil, nil
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return &page{id}, nil
}

type page struct{ id string }

type pages struct{ known map[string]*page }

func (c *pages) Get(ctx context.Context, id string) *page {
	if p, ok := c.known[id]; ok {
		return p
	}
	p, _ := c.fetched(ctx, id)
	c.known[id] = p // want `p is cached in known although the error of fetched`
	return p
}

type seed struct {
	once  sync.Once
	rand  io.Reader
	bytes [6]byte
}

// The source of randomness can be read again.
func (s *seed) get() ([6]byte, error) {
	var failed error
	s.once.Do(func() { // want `once.Do runs once: if ReadFull \(called at line \d+\) fails, later calls get no result and no error`
		_, failed = io.ReadFull(s.rand, s.bytes[:])
	})
	return s.bytes, failed
}
