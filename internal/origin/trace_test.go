package origin_test

import (
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/origin"
)

// TestKinds: what is least bounded counts, and a source for sure more than one
// that mostly has few values.
func TestKinds(t *testing.T) {
	checkSeen(t, `
func kinds(r *request, w *writer, l *loose, s string, b *body) {
	see("a") // finite
	see(few()) // finite
	see(mystery("a")) // unknown
	see(id()) // any p.id(), a new id
	see(often()) // weak p.often(), a rare thing
	see(s) // finite, by s
	see(r.Path) // any r.Path
	see(r.Method) // weak r.Method
	see(r.Scheme) // finite
	see(r.URL.Host) // any r.URL.Host
	see(r.Header["X-Id"]) // any r.Header["X-Id"]
	see(r.Parts[1]) // any r.Parts
	see(r.Prev.Path) // any r.Prev.Path
	see(r.Form("name")) // any r.Form("name")
	see(l.Path) // any l.Path
	num(r.Size) // any r.Size
	all(r) // any
	all(r.Secure) // finite
	all(b) // finite, by b
}

func besideNothing(l *loose) { see(l.Path) } // finite, by l.Path

func order(r *request, s string) {
	see("a" + few()) // finite
	see(few() + mystery("")) // unknown
	see(mystery("") + few()) // unknown
	see(mystery("") + id()) // any p.id(), a new id
	see(id() + mystery("")) // any p.id(), a new id
	see(mystery("") + often()) // weak p.often(), a rare thing
	see(often() + id()) // any p.id(), a new id
	see(id() + often()) // any p.id(), a new id
	see(id() + r.Path) // any p.id(), a new id
	see(r.Path + id()) // any r.Path
	see(often() + r.Method) // weak p.often(), a rare thing
	see(r.Method + often()) // weak r.Method
	see(s + id()) // any p.id(), a new id, by s
	see(s + "a") // finite, by s
	see(mystery("") + s) // unknown, by s
}

func typed(c color, d bool, e byte, r *request, v any) {
	all(c) // finite
	see(string(c)) // finite
	see(c.name()) // finite
	all(d) // finite
	all(e) // finite
	all(color(r.Path)) // finite
	see(string(color(r.Path))) // finite
	see(v.(string)) // finite, by v
	text, _ := v.(string)
	see(text) // finite, by v
	var boxed any = r.Path
	see(boxed.(string)) // any r.Path
	see(string([]byte(r.Path))) // any r.Path
}

func reduced(r *request) {
	num(r.Size % 10) // finite
	num(r.Size & 7) // finite
	num(r.Size + 1) // any r.Size
	num(-r.Size) // any r.Size
	num(^r.Size) // any r.Size
	num(r.Size % len(r.Path)) // any r.Size
	num(len(r.Path)) // unknown
	all(r.Path == "a") // finite
	num(min(r.Size, 5)) // any r.Size
	all(r.Path[0]) // finite
	see(r.Path[:3]) // any r.Path
}
`)
}

// TestVariables looks at what stores reach a use.
func TestVariables(t *testing.T) {
	checkSeen(t, `
func phis(r *request, c bool) {
	s := "a"
	if c {
		s = r.Path
	}
	see(s) // any r.Path
	u := "a"
	if c {
		u = "b"
	}
	see(u) // finite
	v := mystery("")
	if c {
		v = "b"
	}
	see(v) // unknown
}

func replaced(r *request) {
	s := r.Path
	see(s) // any r.Path
	s = "a"
	see(s) // finite
	s += "b"
	see(s) // finite
	s += r.Path
	see(s) // any r.Path
}

func loops(r *request, n int) {
	s := ""
	for range n {
		see(s) // finite
		s += "x"
	}
	see(s) // finite
	u := ""
	for range n {
		see(u) // any r.Path
		u += r.Path
	}
	v := r.Path
	for range n {
		v = lower(v)
	}
	see(v) // any r.Path
}

func cells(r *request, c bool, s string) {
	a := "a"
	see(a) // finite
	p := &a
	see(a) // finite
	a = r.Path
	see(a) // any r.Path
	if c {
		a = "b"
		see(a) // finite
	}
	see(a) // any r.Path
	a = s
	see(a) // finite, by s
	keep(p)
	var zero string
	keep(&zero)
	see(zero) // finite
}

func keep(*string)

func looped(r *request, n int) {
	a := "a"
	keep(&a)
	for range n {
		see(a) // any r.Path
		a = "b"
		see(a) // finite
		a = r.Path
	}
}

func pointers(r *request, p *string, pp **string) {
	see(*p) // finite, by p
	see(**pp) // finite, by pp
	s := r.Path
	q := &s
	see(*q) // any r.Path
}

func received(c chan string, r *request, m chan string) {
	see(<-c) // finite, by c
	s, ok := <-c
	see(s) // finite, by c
	all(ok) // finite
	select {
	case u := <-c:
		see(u) // finite, by c
	case u := <-m:
		see(u) // finite, by m
	}
}
`)
}

// TestCaptured looks at variables of the function around a literal.
func TestCaptured(t *testing.T) {
	checkSeen(t, `
func captured(r *request, s string) {
	path := r.Path
	fixed := "a"
	func() {
		see(path) // any r.Path
		see(fixed) // finite
		see(s) // finite, by s
		see(r.URL.Host) // any r.URL.Host
		func() {
			see(path) // any r.Path
			see(s) // finite, by s
		}()
	}()
}

func deferred(r *request) {
	what := "none"
	defer func() {
		see(what) // any r.Path
	}()
	if r.Secure {
		return
	}
	what = r.Path
}

func overwritten(r *request) {
	what := r.Path
	defer func() {
		see(what) // finite
	}()
	what = "done"
}

func early(r *request) {
	what := "none"
	func() {
		see(what) // finite
	}()
	if r.Secure {
		return
	}
	what = r.Path
	func() {
		see(what) // any r.Path
	}()
	see(what) // any r.Path
}

func later(r *request, run func(func())) {
	what := "none"
	run(func() {
		see(what) // any r.Path
	})
	what = r.Path
}

func spawned(r *request) {
	what := "none"
	go func() {
		see(what) // any r.Path
	}()
	what = r.Path
}

func set(r *request) {
	what := "none"
	assign := func() { what = r.Path }
	assign()
	see(what) // any r.Path
}

func own(r *request) func(string) {
	path := r.Path
	return func(mine string) {
		see(mine) // finite, by mine
		see(path) // any r.Path
		mine = path
		see(mine) // any r.Path
	}
}

func served() func(*request) {
	return func(r *request) { see(r.Path) } // any r.Path
}
`)
}

// TestOrder: what is found does not depend on what was asked before.
func TestOrder(t *testing.T) {
	c := build(t, `
func isOne(s string) bool { return s == "a" || isOne(lower(s)) && s == "b" }

func pick(s string) string {
	if isOne(s) {
		return s
	}
	return pick(lower(s)) + few()
}

func f(r *request, n int) {
	p, q := r.Path, r.Form("q")
	for range n {
		if p == q {
			p = lower(p)
		}
		see(p)
	}
	if isOne(p) {
		see(p)
		q = pick(p)
	}
	see(q)
	if q == pick(r.URL.Host) {
		see(q)
		see(pick(q))
	}
	see(mystery(q) + p)
}
`)
	calls := c.calls(seen...)
	of := func(tracer *origin.Tracer, call *ssa.Call) string {
		return describe(tracer.Of(call.Call.Args[0], call.Block()))
	}
	forward := origin.NewTracer(c.eff)
	var want []string
	for _, call := range calls {
		want = append(want, of(forward, call))
		if got := of(origin.NewTracer(c.eff), call); got != want[len(want)-1] {
			t.Errorf("line %d: %s, but %s if asked alone", c.Line(call.Pos()), want[len(want)-1], got)
		}
	}
	backward := origin.NewTracer(c.eff)
	for i := len(calls) - 1; i >= 0; i-- {
		if got := of(backward, calls[i]); got != want[i] {
			t.Errorf("line %d: %s, but %s if asked from the end", c.Line(calls[i].Pos()), want[i], got)
		}
	}
}
