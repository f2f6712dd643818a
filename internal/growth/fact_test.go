package growth_test

import (
	"fmt"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"
)

// TestParams says what functions do with the maps that they are given.
func TestParams(t *testing.T) {
	p := build(t, `
func reads(m map[string]int, k string) int { return m[k] } // 0

func grows(m map[string]int, k string) { m[k] = 1 } // 0 grows by 1

func growsFirst(k string, m map[string]int) { m[k] = 1 } // 1 grows by 0

func growsBoxed(k string, m map[any]int) { m[k] = 1 } // 1 grows by 0

func growsConverted(m map[counter]int, n int) { m[counter(n)] = 1 } // 0 grows by 1

type counter int

func growsPart(m map[string]int, r *request) { m[r.Path] = 1 } // 0 grows

func growsAny(m map[string]int) { m[text("a")] = 1 } // 0 grows

func growsFixed(m map[string]int) { m["a"] = 1 } // 0 grows

func shrinks(m map[string]int, k string) { delete(m, k) } // 0 shrinks

func clears(m map[string]int) { clear(m) } // 0 shrinks

func both(m map[string]int, k string) { m[k] = 1; delete(m, k) } // 0 grows by 1 shrinks

func limits(m map[string]int, k string) { if len(m) < 10 { m[k] = 1 } } // 0 grows by 1 shrinks

func through(m map[string]int, k string) { grows(m, k) } // 0 grows

func deletesThrough(m map[string]int, k string) { shrinks(m, k) } // 0 shrinks

func keeps(m map[string]int) { kept = m } // 0 shared

var kept map[string]int

func returns(m map[string]int) map[string]int { return m } // 0

func Returns(m map[string]int) map[string]int { return m } // 0 shared

func unknown(m map[string]int) { mystery(m) } // 0 shared

func two(a, b map[string]int, k string) { a[k] = b[k]; delete(b, k) } // 0 grows by 2; 1 shrinks

func recursive(m map[string]int, k string, n int) { if n > 0 { recursive(m, k, n-1) }; m[k] = 1 } // 0 grows by 1

func pingA(m map[string]int, k string) { pongA(m, k) } // 0

func pongA(m map[string]int, k string) { pingA(m, k) } // 0

func inLiteral(m map[string]int, k string) { now(func() { m[k] = 1 }) } // 0 grows by 1

func nothing(m map[string]int) {} // 0

func inItself(m map[string]any, k string) { m[k] = m } // 0 shared
`)
	want := p.Expected()
	for _, fn := range p.SSA.Funcs {
		text, ok := want[p.Line(fn.Pos())]
		if !ok || fn.Parent() != nil {
			continue
		}
		delete(want, p.Line(fn.Pos()))
		var says []string
		for i, param := range fn.Params {
			if _, ok := param.Type().Underlying().(*types.Map); ok {
				says = append(says, p.held(fn, i))
			}
		}
		if got := strings.Join(says, "; "); got != text {
			t.Errorf("%s: got %q, want %q", fn.Name(), got, text)
		}
	}
	for line := range want {
		t.Errorf("nothing is found at %s", p.Lines[line-1])
	}
}

func (p *program) held(fn *ssa.Function, i int) string {
	h, ok := p.Param(fn, i)
	if !ok {
		return fmt.Sprint(i, " shared")
	}
	s := fmt.Sprint(h.Arg)
	if h.Grows {
		s += " grows"
		if h.Key >= 0 {
			s += fmt.Sprint(" by ", h.Key)
		}
	}
	if h.Shrinks {
		s += " shrinks"
	}
	return s
}

// TestMethods says what methods do with the container that their receiver is.
func TestMethods(t *testing.T) {
	p := build(t, `
type set struct{ m map[string]int }

func (s *set) grow(k string) { s.m[k] = 1 } // grows by 1

func (s set) copies(k string) { s.m[k] = 1 } // grows by 1

func (s *set) lazily(k string) { if s.m == nil { s.m = map[string]int{} }; s.m[k] = 1 } // grows by 1

func (s *set) drop(k string) { delete(s.m, k) } // shrinks

func (s *set) reset() { s.m = nil } // shrinks

func (s *set) read(k string) int { return s.m[k] } // nothing

func (s *set) none() {} // nothing

func (s *set) all() map[string]int { return s.m } // nothing

func (s *set) All() map[string]int { return s.m } // shared

func (s *set) given(f func(map[string]int)) { f(s.m) } // shared

func (s *set) inside(k string) { now(func() { s.m[k] = 1 }) } // grows by 1

func (s *set) again(k string) { s.again(k) } // nothing
`)
	field := p.SSA.SSA.Pkg.Scope().Lookup("set").Type().Underlying().(*types.Struct).Field(0)
	want := p.Expected()
	for _, fn := range p.SSA.Funcs {
		text, ok := want[p.Line(fn.Pos())]
		if !ok || fn.Parent() != nil {
			continue
		}
		delete(want, p.Line(fn.Pos()))
		got := "nothing"
		h, ok := p.Method(fn, field)
		switch {
		case !ok:
			got = "shared"
		case h.Shrinks:
			got = "shrinks"
		case h.Grows && h.Key >= 0:
			got = fmt.Sprint("grows by ", h.Key)
		case h.Grows:
			got = "grows"
		}
		if got != text {
			t.Errorf("%s: got %q, want %q", fn.Name(), got, text)
		}
	}
	for line := range want {
		t.Errorf("nothing is found at %s", p.Lines[line-1])
	}
}
