package growth_test

import (
	"go/types"
	"strings"
	"testing"
)

// TestLife compares how long values of types live with the ends of their names.
func TestLife(t *testing.T) {
	p := build(t, `
type inVarLong struct{ n int }

var v inVarLong

type inPointerVarLong struct{ n int }

var pv *inPointerVarLong

type storedLong struct{ n int }

var held any

func f1() { held = &storedLong{} }

type localShort struct{ n int }

func f2() {
	l := &localShort{}
	l.n = 1
	std(l.n)
}

type usedShort struct{ n int }

func (u *usedShort) use() { u.n++ }

func f3() {
	u := &usedShort{}
	u.use()
	u.use()
}

type returnedUnknown struct{ n int }

func F4() *returnedUnknown { return &returnedUnknown{} }

type returnedShort struct{ n int }

func f5() *returnedShort { return &returnedShort{} }

func f6() { f5().n = 1 }

type returnedLong struct{ n int }

func f7() (*returnedLong, error) { return &returnedLong{}, nil }

func f8() {
	r, err := f7()
	if err == nil {
		held = r
	}
}

type givenUnknown struct{ n int }

func f9() { mystery(&givenUnknown{}) }

type givenStdShort struct{ n int }

func f10() { std(&givenStdShort{}) }

type servedLong struct{ n int }

func f11() { serve(&servedLong{}) }

type goneUnknown struct{ n int }

func (g *goneUnknown) run() {}

func f12() {
	g := &goneUnknown{}
	go g.run()
}

type inLongLong struct{ n int }

type outerServer struct{ in *inLongLong }

func f13() *outerServer { return &outerServer{in: &inLongLong{}} }

type inShortShort struct{ n int }

type outerShort struct{ in *inShortShort }

func f14() {
	o := &outerShort{in: &inShortShort{}}
	std(o.in.n)
}

type chainALong struct{ b *chainBLong }

type chainBLong struct{ c *chainCLong }

type chainCLong struct{ n int }

var chain *chainALong

func f15() { chain = &chainALong{b: &chainBLong{c: &chainCLong{}}} }

type capturedShort struct{ n int }

func f16() {
	c := &capturedShort{}
	now(func() { c.n++ })
}

type capturedUnknown struct{ n int }

func f17() {
	c := &capturedUnknown{}
	later(func() { c.n++ })
}

type sentUnknown struct{ n int }

func f18(ch chan *sentUnknown) { ch <- &sentUnknown{} }

type appendedUnknown struct{ n int }

func f19(l []*appendedUnknown) []*appendedUnknown { return append(l, &appendedUnknown{}) }

type handedLong struct{ n int }

func keep(h *handedLong) { held = h }

func f20() { keep(&handedLong{}) }

type neverUnknown struct{ n int }

type daemonServer struct{ n int }

type eitherLong struct{ n int }

func f21(c bool) {
	e := &eitherLong{}
	if c {
		held = e
	}
}

func f22() { e := eitherLong{}; e.n = 1 }

type genericLong[T any] struct{ x T }

var generic = &genericLong[int]{}

type selfUnknown struct{ self *selfUnknown }

func F23() *selfUnknown {
	s := &selfUnknown{}
	s.self = s
	return s
}

type selfShort struct{ self *selfShort }

func f24() {
	s := &selfShort{}
	s.self = s
}

type pingUnknown struct{ q *pongUnknown }

type pongUnknown struct{ p *pingUnknown }

func F25() *pingUnknown {
	p := &pingUnknown{}
	p.q = &pongUnknown{p: p}
	return p
}

type againUnknown struct{ next *againUnknown }

func F26(n int) *againUnknown {
	if n == 0 {
		return nil
	}
	return &againUnknown{next: F26(n - 1)}
}

type methodLong struct{ n int }

func (m *methodLong) serve() { held = m }

func f27() {
	m := new(methodLong)
	m.serve()
}

type callsEachOtherShort struct{ n int }

func (m *callsEachOtherShort) ping(n int) { m.pong(n) }
func (m *callsEachOtherShort) pong(n int) { m.ping(n) }

func f28() { new(callsEachOtherShort).ping(1) }
`)
	scope := p.SSA.SSA.Pkg.Scope()
	found := 0
	for _, name := range scope.Names() {
		obj, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || p.Fset.File(obj.Pos()) != p.Fset.File(p.Files[1].Pos()) {
			continue
		}
		found++
		want := ""
		for i, end := range []string{"Unknown", "Short", "Long", "Server"} {
			if strings.HasSuffix(name, end) {
				want = []string{"Unknown", "Short", "Long", "Long"}[i]
			}
		}
		for range 2 { // it is the same when it is asked for again
			if got := []string{"Unknown", "Short", "Long"}[p.Life(obj)]; got != want {
				t.Errorf("%s: got %s", name, got)
			}
		}
	}
	if found < 30 {
		t.Errorf("only %d types", found)
	}
}
