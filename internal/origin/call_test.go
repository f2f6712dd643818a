package origin_test

import (
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/origin"
)

// TestTabledCalls looks at what the tables say of calls.
func TestTabledCalls(t *testing.T) {
	checkSeen(t, `
func derived(r *request, s string) {
	see(lower(r.Path)) // any r.Path
	see(lower("a")) // finite
	see(lower(s)) // finite, by s
	see(lower(mystery(""))) // unknown
	see(concat("a", r.Path)) // any r.Path
	see(concat(s, r.Path)) // any r.Path, by s
	see(concat(lower(concat(r.Path, "/")), "a")) // any r.Path
	for _, f := range fields(r.Path) {
		see(f) // any r.Path
	}
	n, err := atoi(r.Path)
	num(n) // any r.Path
	see(err.Error()) // any r.Path
	see(itoa(n)) // any r.Path
	st, _ := stamped()
	see(st) // any p.stamped(), a new stamp
}

// An edit can take out what varies, if it is told what to.
func edits(r *request, s string) {
	see(strip(r.Path, "x")) // any r.Path
	see(strip(r.Path, few())) // any r.Path
	see(strip(r.Path, mystery(""))) // unknown
	see(strip(r.Path, r.URL.Host)) // unknown
	see(strip("a", r.Path)) // unknown
	see(strip(s, "x")) // finite, by s
}

// A loop that edits its own variable can take out what varies, bit by bit.
func loops(r *request, list []string, n int) {
	p := r.Path
	for _, x := range list {
		p = strip(p, x)
	}
	see(p) // any r.Path
	q := r.Path
	for i := 0; i < n; i++ {
		q = mystery(q)
	}
	see(q) // unknown
	u := r.Path
	for range n {
		u = lower(u)
	}
	see(u) // any r.Path
	v := r.Path
	for _, x := range list {
		if v == x {
			v = strip(v, unseen())
		}
	}
	see(v) // unknown
}

func formats(r *request, s string) {
	see(format("%s", r.Path)) // any r.Path
	see(format("%s-%d", "a", 1)) // finite
	see(format("%s-%s", s, r.Path)) // any r.Path, by s
	see(format("%T", r)) // finite
	see(format("%T and %t", r.Path, r.Secure)) // finite
	see(format("%T-%s", s, r.Path)) // any r.Path, by s
	see(format("%p", r)) // any p.format("%p", …), an address in memory
	see(format("%s-%p", "a", r)) // any p.format("%s-%p", …), an address in memory
	see(format("100%%", r.Path)) // any r.Path
	see(format("%[1]*.3v", r.Path)) // any r.Path
	see(format("%+v", s)) // finite, by s
	see(format(r.Path)) // any r.Path
	see(format("plain")) // finite
	see(fmt.Sprintf("%s", r.Path)) // any r.Path
	see(fmt.Sprintf("%T", r)) // finite
}

func errs(r *request) {
	see(errors.New("a").Error()) // finite
	see(errors.New(r.Path).Error()) // any r.Path
	see(fmt.Errorf("bad %s", r.Path).Error()) // any r.Path
	err := sum()
	see(err.Error()) // weak p.sum().Error(), the text of an error
	_, err = stamped()
	see(err.Error()) // weak err.Error(), the text of an error
	see(dial().Error()) // any p.dial().Error(), the text of an error
}

func texts(err error) {
	see(err.Error()) // finite, by err
}

func getters(m *message) {
	see(m.Name) // finite, by m.Name
	see(m.GetName()) // finite, by m.Name
	see(m.GetSub().GetName()) // finite, by m.Sub.Name
}

type service struct{}

// Serve is given what a client sends.
func (*service) Serve(ctx context.Context, m *message) (*message, error) {
	see(m.GetName()) // any m.GetName()
	see(m.Sub.Name) // any m.Sub.Name
	return nil, nil
}

func (*service) inside(ctx context.Context, m *message) (*message, error) {
	see(m.Name) // finite, by m.Name
	return nil, nil
}

func facts(r *request, s string) {
	see(elsewhere("a", r.Path)) // any r.Path
	see(elsewhere(r.Path, "a")) // finite
	see(elsewhere(r.Path, s)) // finite, by s
	see(remoteID()) // any newID(), a new id
	see(remotePath(r)) // any r.URL.Host
	see(remoteFew(r.Path)) // finite
}

func pick(r *request) string { return remotePath(r) }
`)
}

// TestFills looks at what calls fill.
func TestFills(t *testing.T) {
	checkSeen(t, `
type order struct {
	ID    string
	Lines []line
}

type line struct{ SKU string }

func decoded(r *request, b *body) {
	var o order
	decode(r.Body, &o)
	see(o.ID) // any o.ID
	for _, l := range o.Lines {
		see(l.SKU) // any l.SKU
	}
	var p order
	decode(b, &p)
	see(p.ID) // finite, by b
	n := new(order)
	decode(r.Body, n)
	see(n.ID) // any order.ID
	m := map[string]string{}
	decode(r.Body, &m)
	see(m["a"]) // any m["a"]
	var s string
	decode(r.Body, &s)
	see(s) // any s
	var buf [9]byte
	read(r.Body, buf[:])
	see(string(buf[:])) // any buf
	var noise [9]byte
	read(entropy, noise[:])
	see(string(noise[:])) // any noise, random bytes
	var q order
	see(q.ID) // finite
}

func sources() {
	var s, u string
	scan(&s, &u)
	see(s) // any s, what a user types
	see(u) // any u, what a user types
	var v string
	stamp(&v)
	see(v) // any v, a new stamp
}

func load(b *body, into any) error { return decode(b, into) }

func loadFixed(r *request, o *order) { decode(r.Body, o) }

func twice(b *body, into any) { load(b, into) }

func again(b *body, into any, n int) {
	if n > 0 {
		again(b, into, n-1)
		return
	}
	decode(b, into)
}

func helpers(r *request) {
	var o order
	load(r.Body, &o)
	see(o.ID) // any o.ID
	var p order
	twice(r.Body, &p)
	see(p.ID) // any p.ID
	var q order
	loadFixed(r, &q)
	see(q.ID) // any q.ID
	var u order
	again(r.Body, &u, 3)
	see(u.ID) // any u.ID
}

func generic[T any](b *body) T {
	var v T
	decode(b, &v)
	return v
}

func returned(r *request) order {
	var o order
	decode(r.Body, &o)
	return o
}

func results(r *request) {
	see(returned(r).ID) // any p.returned(r).ID
	o := returned(r)
	see(o.ID) // any o.ID
}
`)
}

// TestResults looks into the functions of the package.
func TestResults(t *testing.T) {
	checkSeen(t, `
func Same(s string) string { return s }

func second(a, b string) string { return b }

func path(r *request) string { return r.Path }

func short(p string) string {
	switch p {
	case "a", "b":
		return p
	}
	return "other"
}

func both(s string) (string, string) { return s, "a" }

func either(a, b string, c bool) string {
	if c {
		return a
	}
	return b
}

func deep(r *request) string { return Same(second("a", path(r))) }

func down(s string, n int) string {
	if n > 0 {
		return down(lower(s), n-1)
	}
	return s
}

func even(s string, n int) string {
	if n == 0 {
		return s
	}
	return odd(s, n-1)
}

func odd(s string, n int) string { return even(lower(s), n-1) }

func forever(s string) string { return forever(s) }

func host(u *url) string { return u.Host }

func hostOf(r *request) string { return host(r.URL) }

func bare(s string) (out string) {
	out = "a"
	if s != "" {
		out = s
	}
	return
}

func results(r *request, s string) {
	see(Same(r.Path)) // any r.Path
	see(Same("a")) // finite
	see(Same(s)) // finite, by s
	see(second(r.Path, "a")) // finite
	see(second("a", r.Path)) // any r.Path
	see(path(r)) // any r.Path
	see(short(r.Path)) // finite
	a, b := both(r.Path)
	see(a) // any r.Path
	see(b) // finite
	see(either(r.Path, "a", true)) // any r.Path
	see(either(s, r.Path, true)) // any r.Path, by s
	see(deep(r)) // any r.Path
	see(down(r.Path, 3)) // any r.Path
	see(down("a", 3)) // finite
	see(even("a", 3)) // finite
	see(even(r.Path, 3)) // any r.Path
	see(forever(r.Path)) // finite
	see(host(r.URL)) // any u.Host
	see(hostOf(r)) // any u.Host
	see(bare(r.Path)) // any r.Path
	see(bare("a")) // finite
}

type api struct{ name string }

func (a *api) tag(s string) string { return s }

func (a *api) fixed(s string) string { return "a" }

func values(r *request, a *api, f func(string) string) {
	tag := a.tag
	see(tag(r.Path)) // any r.Path
	fixed := a.fixed
	see(fixed(r.Path)) // finite
	see((*api).tag(a, r.Path)) // any r.Path
	see(func(s string) string { return s }(r.Path)) // any r.Path
	see(func(s string) string { return "a" }(r.Path)) // finite
	local := func(s string) string { return s + r.URL.Host }
	see(local("a")) // any r.URL.Host
	see(f(r.Path)) // unknown
	see(mystery(r.Path)) // unknown
}
`)
}

// TestRouted: who serves one path alone is given no other.
func TestRouted(t *testing.T) {
	c := build(t, `
func health(r *request) {
	see(r.Path) // finite
	see(r.URL.Host) // any r.URL.Host
	func() {
		see(r.Path) // finite
	}()
}

func other(r *request) {
	see(r.Path) // any r.Path
}
`)
	c.eff.routed = map[string]bool{"health": true}
	tracer := origin.NewTracer(c.eff)
	c.check(t, seen, func(call *ssa.Call) string { return describe(tracer.Of(call.Call.Args[0], call.Block())) })
}
