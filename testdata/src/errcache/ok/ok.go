// Package ok holds what keeps no failure, or does so on purpose.
package ok

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"regexp"
	"strconv"
	"sync"
	"time"
)

type user struct{ name string }

type source interface {
	Load(ctx context.Context, id string) (*user, error)
}

type service struct {
	mu     sync.Mutex
	users  map[string]*user
	counts map[string]int
	failed map[string]time.Time
	errs   map[string]error
	states map[string]string
	src    source
}

func fetch(ctx context.Context, id string) ([]string, error) {
	if id == "" {
		return nil, errors.New("no id")
	}
	return nil, ctx.Err()
}

// Checked first.
func (s *service) Checked(ctx context.Context, id string) (*user, error) {
	if u, ok := s.users[id]; ok {
		return u, nil
	}
	u, err := s.src.Load(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("user %s: %w", id, err)
	}
	s.users[id] = u
	return u, nil
}

// The store stands in the branch without an error.
func (s *service) InBranch(ctx context.Context, id string) (*user, error) {
	if u, ok := s.users[id]; ok {
		return u, nil
	}
	u, err := s.src.Load(ctx, id)
	if err == nil {
		s.users[id] = u
	}
	return u, err
}

// A switch decides.
func (s *service) Switch(ctx context.Context, id string) (*user, error) {
	if u, ok := s.users[id]; ok {
		return u, nil
	}
	u, err := s.src.Load(ctx, id)
	switch {
	case errors.Is(err, context.Canceled):
		return nil, err
	case err != nil:
		log.Print(err)
	default:
		s.users[id] = u
	}
	return u, err
}

// A deferred function stores what is good.
func (s *service) Deferred(ctx context.Context, id string) (u *user, err error) {
	if u, ok := s.users[id]; ok {
		return u, nil
	}
	defer func() {
		if err == nil {
			s.users[id] = u
		}
	}()
	return s.src.Load(ctx, id)
}

// What is surely absent may be remembered.
func (s *service) Absent(ctx context.Context, id string) (*user, error) {
	if u, ok := s.users[id]; ok {
		return u, nil
	}
	u, err := s.src.Load(ctx, id)
	if errors.Is(err, sql.ErrNoRows) {
		s.users[id] = nil
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	s.users[id] = u
	return u, nil
}

func isNotFound(err error) bool { return os.IsNotExist(err) }

// A helper of one's own knows the kinds of errors, too.
func (s *service) Predicate(ctx context.Context, id string) (*user, error) {
	if u, ok := s.users[id]; ok {
		return u, nil
	}
	u, err := s.src.Load(ctx, id)
	if err != nil && !isNotFound(err) {
		return nil, err
	}
	s.users[id] = u
	return u, nil
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// The helper does not return if there is an error.
func (s *service) Must(ctx context.Context, id string) *user {
	if u, ok := s.users[id]; ok {
		return u
	}
	u, err := s.src.Load(ctx, id)
	must(err)
	s.users[id] = u
	return u
}

// The value tells.
func (s *service) ByValue(ctx context.Context, id string) *user {
	if u, ok := s.users[id]; ok {
		return u
	}
	u, _ := s.src.Load(ctx, id)
	if u != nil {
		s.users[id] = u
	}
	return u
}

// Nothing but a number of failures, or when they were.
func (s *service) Counted(ctx context.Context, id string) error {
	if s.counts[id] > 3 {
		return errors.New("too many failures")
	}
	if t, ok := s.failed[id]; ok && time.Since(t) < time.Minute {
		return errors.New("failed a moment ago")
	}
	_, err := s.src.Load(ctx, id)
	if err != nil {
		s.counts[id]++
		s.failed[id] = time.Now()
		return err
	}
	return nil
}

// Errors for a report; nothing is saved by them.
func (s *service) All(ctx context.Context, ids []string) map[string]error {
	for _, id := range ids {
		if _, err := s.src.Load(ctx, id); err != nil {
			s.errs[id] = err
			s.states[id] = "failed"
		}
	}
	return s.errs
}

// A local map ends with its function.
func all(ctx context.Context, s source, ids []string) []*user {
	seen := map[string]*user{}
	var out []*user
	for _, id := range ids {
		if u, ok := seen[id]; ok {
			out = append(out, u)
			continue
		}
		u, err := s.Load(ctx, id)
		seen[id] = u
		if err != nil {
			log.Print(err)
		}
	}
	return out
}

type outcome struct {
	val     []string
	err     error
	expires time.Time
}

type memo struct{ byID map[string]outcome }

// An outcome that expires holds its error on purpose.
func (m *memo) Get(ctx context.Context, id string) ([]string, error) {
	if o, ok := m.byID[id]; ok && time.Now().Before(o.expires) {
		return o.val, o.err
	}
	val, err := fetch(ctx, id)
	life := time.Hour
	if err != nil {
		life = time.Second
	}
	m.byID[id] = outcome{val, err, time.Now().Add(life)}
	return val, err
}

type pattern struct {
	re  *regexp.Regexp
	err error
}

var patterns sync.Map

// What fails once always fails.
func compile(text string) (*regexp.Regexp, error) {
	if p, ok := patterns.Load(text); ok {
		return p.(*pattern).re, p.(*pattern).err
	}
	re, err := regexp.Compile(text)
	patterns.Store(text, &pattern{re, err})
	return re, err
}

// It is taken back.
func (s *service) Undone(ctx context.Context, id string) (*user, error) {
	if u, ok := s.users[id]; ok {
		return u, nil
	}
	u, err := s.src.Load(ctx, id)
	s.users[id] = u
	if err != nil {
		delete(s.users, id)
		return nil, err
	}
	return u, nil
}

// A fallback is as good as the result.
func (s *service) Fallback(ctx context.Context, id string) *user {
	if u, ok := s.users[id]; ok {
		return u
	}
	u, err := s.src.Load(ctx, id)
	if err != nil {
		u = &user{name: id}
	}
	s.users[id] = u
	return u
}

// The second source answers.
func (s *service) Second(ctx context.Context, other source, id string) (*user, error) {
	if u, ok := s.users[id]; ok {
		return u, nil
	}
	u, err := s.src.Load(ctx, id)
	if err != nil {
		if u, err = other.Load(ctx, id); err != nil {
			return nil, err
		}
	}
	s.users[id] = u
	return u, nil
}

// A retry loop goes on until there is no error.
func (s *service) Retried(ctx context.Context, id string) (*user, error) {
	if u, ok := s.users[id]; ok {
		return u, nil
	}
	var u *user
	var err error
	for range 3 {
		if u, err = s.src.Load(ctx, id); err == nil {
			break
		}
	}
	if err != nil {
		return nil, err
	}
	s.users[id] = u
	return u, nil
}

// The helper looks at the error that it is given.
func (s *service) put(id string, u *user, err error) {
	if err != nil {
		return
	}
	s.users[id] = u
}

func (s *service) Helper(ctx context.Context, id string) *user {
	if u, ok := s.users[id]; ok {
		return u
	}
	u, err := s.src.Load(ctx, id)
	s.put(id, u, err)
	return u
}

// Parts of one thing under fixed names are no cache.
func (s *service) Fixed(ctx context.Context) error {
	if _, ok := s.users["admin"]; ok {
		return nil
	}
	u, err := s.src.Load(ctx, "admin")
	s.users["admin"] = u
	return err
}

var (
	once sync.Once
	conn net.Conn
)

// There is nothing to go on with.
func dial() net.Conn {
	once.Do(func() {
		c, err := net.Dial("tcp", "db:5432")
		if err != nil {
			log.Fatal(err)
		}
		conn = c
	})
	return conn
}

type lazy struct {
	once sync.Once
	conn net.Conn
	err  error
}

// The next call tries again.
func (l *lazy) Conn() (net.Conn, error) {
	l.once.Do(func() { l.conn, l.err = net.Dial("tcp", "db:5432") })
	if l.err != nil {
		l.once = sync.Once{}
	}
	return l.conn, l.err
}

var config = sync.OnceValues(func() (*regexp.Regexp, error) { return regexp.Compile("a+") })

// Only the first of many errors counts.
func run(ctx context.Context, s source, ids []string) error {
	var first sync.Once
	var failure error
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Go(func() {
			if _, err := s.Load(ctx, id); err != nil {
				first.Do(func() { failure = err })
			}
		})
	}
	wg.Wait()
	return failure
}

type writer struct {
	conn net.Conn
	err  error
}

// A writer that has failed stays so.
func (w *writer) Write(b []byte) {
	if w.err != nil {
		return
	}
	_, w.err = w.conn.Write(b)
}

type sessions struct{ open map[string]net.Conn }

// Finding nil is no hit.
func (s *sessions) Get(addr string) (net.Conn, error) {
	if c := s.open[addr]; c != nil {
		return c, nil
	}
	var err error
	s.open[addr], err = net.Dial("tcp", addr)
	return s.open[addr], err
}

type listener struct {
	net.Listener
	once sync.Once
	err  error
}

// Nobody closes a thing again.
func (l *listener) Close() error {
	l.once.Do(func() { l.err = l.Listener.Close() })
	return l.err
}

// It is replaced.
func (s *service) Replaced(ctx context.Context, id string) *user {
	if u, ok := s.users[id]; ok {
		return u
	}
	var err error
	s.users[id], err = s.src.Load(ctx, id)
	if err != nil {
		s.users[id] = &user{}
	}
	return s.users[id]
}

var (
	backend    net.Conn
	backendErr error
)

// Nil makes the next call try again.
func Backend() (net.Conn, error) {
	if backend == nil {
		backend, backendErr = net.Dial("tcp", "db:5432")
	}
	return backend, backendErr
}

var (
	table    []string
	tableErr error
	ready    bool
)

func load() ([]string, error) {
	if ready {
		return table, tableErr
	}
	table, tableErr = net.LookupHost("db")
	ready = tableErr == nil
	return table, tableErr
}

type reader struct {
	conn net.Conn
	n    int
	err  error
}

// fail stops all that follows.
func (r *reader) fail(err error) { r.err = err }

func (r *reader) Open(addr string) {
	c, err := net.Dial("tcp", addr)
	r.fail(err)
	r.conn = c
}

// A reader that has failed stays so, too.
func (r *reader) Read(b []byte) (int, error) {
	if r.err != nil {
		return 0, r.err
	}
	r.n, r.err = r.conn.Read(b)
	return r.n, r.err
}

// A stand-in has a life of its own.
func (l *libraries) OwnLife(ctx context.Context, id string) (*user, error) {
	u, err := l.src.Load(ctx, id)
	if err != nil {
		l.short.Set(id, (*user)(nil), time.Second)
		return nil, err
	}
	l.short.Set(id, u, time.Hour)
	return u, nil
}

type list struct{ items map[string]*user }

func (l *list) Get(id string) *user { return l.items[id] }

// A list of one's own is nobody's cache, and what it held before a call is not
// the call's.
func rename(ctx context.Context, save func(context.Context, *list) error, from, to string) error {
	var l list
	if err := save(ctx, &l); err != nil {
		return err
	}
	u := l.items[from]
	l.items[to] = u
	if err := save(ctx, &l); err != nil {
		l.items[from] = u
		return err
	}
	return nil
}

// Nor does anybody stop it again.
func (l *listener) Stop(ctx context.Context) error {
	l.once.Do(func() { _, l.err = fetch(ctx, "stop") })
	return l.err
}

type parsedOnce struct {
	once   sync.Once
	parsed int
	err    error
}

// The error is kept with the result, and is the same each time.
func (p *parsedOnce) get(text string) (int, error) {
	p.once.Do(func() { p.parsed, p.err = strconv.Atoi(text) })
	return p.parsed, p.err
}

// described cannot fail, whatever its signature says.
func (c *pages) described(ctx context.Context, id string) (*page, error) {
	if id == "" {
		return nil, nil
	}
	select {
	case <-ctx.Done():
	default:
	}
	each(func() error { return errors.New("not its own") })
	return &page{id}, nil
}

func each(f func() error) {
	if err := f(); err != nil {
		panic(err)
	}
}

type page struct{ id string }

type pages struct{ known map[string]*page }

func (c *pages) Get(ctx context.Context, id string) *page {
	if p, ok := c.known[id]; ok {
		return p
	}
	p, _ := c.described(ctx, id)
	c.known[id] = p
	return p
}

func (c *pages) GetLogged(ctx context.Context, id string) *page {
	if p, ok := c.known[id]; ok {
		return p
	}
	p, err := c.described(ctx, id)
	if err != nil {
		log.Println(err)
	}
	c.known[id] = p
	return p
}

// templates parses what the program brings along: it fails always or never.
type templates struct {
	once  sync.Once
	store templateStore
	page  *template
}

type template struct{ text string }

type templateStore interface {
	Parse(name, text string) (*template, error)
}

var pageText = "{{.}}"

func (t *templates) get() (*template, error) {
	var failed error
	t.once.Do(func() { t.page, failed = t.store.Parse("page", pageText) })
	return t.page, failed
}

// header is read from a stream that its maker hands in: there is nothing to try again.
type header struct {
	once  sync.Once
	codec headerCodec
	width int
}

type headerCodec interface {
	Decode(r io.Reader) (int, error)
}

func (h *header) read(r io.Reader) error {
	var failed error
	h.once.Do(func() { h.width, failed = h.codec.Decode(r) })
	return failed
}

// users takes back what it has put in when that turns out to have failed.
type users struct {
	mu sync.Mutex
	m  map[string]string
}

func (u *users) find(ctx context.Context, name string, fetch func(context.Context, string) (string, error)) (found string, err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if found, ok := u.m[name]; ok {
		return found, nil
	}
	defer func() {
		if err != nil {
			delete(u.m, name)
		}
	}()
	found, err = fetch(ctx, name)
	u.m[name] = found
	return found, err
}
