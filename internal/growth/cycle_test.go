package growth_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestCycles follows what leads back to itself, and comes to an end.
func TestCycles(t *testing.T) {
	checkContainers(t, `
type tree map[string]tree

var root = tree{} // f1 request

func f1(r *request) {
	m := root
	for _, k := range r.Keys {
		n, ok := m[k]
		if !ok {
			n = tree{}
			m[k] = n
		}
		m = n
	}
}

var turned, other map[string]int // f2 request

func f2(r *request) {
	a, b := turned, other
	for range r.Size {
		a, b = b, a
	}
	a[r.Path] = 1
}

func f10(r *request, n *node) { n.add(r) }

type list []list

var nested list // shared

func f3(r *request) { nested = append(nested, nested) }

type node struct {
	next *node
	kids map[string]*node // add request
}

func (n *node) add(r *request) *node {
	kid := n.kids[r.Path]
	if kid == nil {
		kid = &node{next: n}
		n.kids[r.Path] = kid
	}
	if r.Prev == nil {
		return kid
	}
	return kid.add(r.Prev)
}

var handedOn = map[string]int{} // shared

func f4(r *request) { forth(handedOn, r) }

func forth(m map[string]int, r *request) map[string]int {
	if r.Prev != nil {
		return back(m, r.Prev)
	}
	m[r.Path] = 1
	return m
}

func back(m map[string]int, r *request) map[string]int { return forth(m, r) }

var literal = map[string]int{} // shared

func f5(r *request) {
	var again func(m map[string]int, n int)
	again = func(m map[string]int, n int) {
		if n > 0 {
			again(m, n-1)
		}
		m[r.Path] = 1
	}
	again(literal, 3)
}

type pair[K comparable, V any] struct {
	m    map[K]V // put request
	twin *pair[K, V]
}

func (p *pair[K, V]) put(k K, v V) {
	p.m[k] = v
	p.twin.put(k, v)
}

func f6(r *request, p *pair[string, int]) { p.put(r.Path, 1) }

type embedding struct {
	*embedding
	m map[string]int // set request
}

func (e *embedding) set(r *request) { e.embedding.embedding.m[r.Path] = 1 }

type doer interface {
	do(map[string]int)
	self() doer
}

type impl struct {
	doer
	m map[string]int // shared
}

func (i *impl) do(m map[string]int) { i.doer.do(i.m) }

func (i *impl) self() doer { return i }

func f7(i *impl, r *request) { i.m[r.Path] = 1 }

var aSlice []string // f8 request one more

func f8(r *request) {
	l := aSlice
	for range r.Size {
		l = append(l, r.Path)
	}
	aSlice = append(aSlice, l...)
}

var keyOfItself = map[any]any{} // f9 request; f9 request

func f9(r *request) {
	keyOfItself[keyOfItself[r.Path]] = 1
	keyOfItself[keyOfItself[keyOfItself[r.Path]]] = 1
}
`)
}

// TestLarge holds large functions against small ones: the work must not grow
// faster than they do.
func TestLarge(t *testing.T) {
	repeat := func(n int, line string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.NewReplacer("#", fmt.Sprint(i), "@", fmt.Sprint(i+1)).Replace(line))
		}
		return b.String()
	}
	for _, tt := range []struct {
		name   string
		source func(n int) string
		most   int // times the questions, with ten times the lines
	}{
		{"handed on", func(n int) string {
			return "var m = map[string]int{}\nfunc f(r *request) { g0(m, r) }\n" +
				repeat(n, "func g#(m map[string]int, r *request) { g@(m, r) }\n") + fmt.Sprintf("func g%d(m map[string]int, r *request) { m[r.Path] = 1 }\n", n)
		}, 12},
		{"handed to many", func(n int) string {
			return "var m = map[string]int{}\nfunc g(m map[string]int, k string) { m[k] = 1 }\nfunc f(r *request) {\n" + repeat(n, "g(m, r.Path)\n") + "}\n"
		}, 12},
		{"names", func(n int) string {
			return "var m = map[string]int{}\nfunc f(r *request) {\nm0 := m\n" + repeat(n, "m@ := m#\nif r.Form(\"#\") != \"\" { m@ = nil }\n") +
				fmt.Sprintf("m%d[r.Path] = 1\n}\n", n)
		}, 12},
		{"inserts", func(n int) string {
			return "var m = map[string]int{}\nfunc f(r *request) {\n" + repeat(n, "if _, ok := m[r.Form(\"#\")]; !ok { m[r.Form(\"#\")] = # }\n") + "}\n"
		}, 12},
		{"callers", func(n int) string {
			return "var m = map[string]int{}\nfunc f(k string) { m[k] = 1 }\n" + repeat(n, "func g#(k string) { f(k) }\n")
		}, 120},
		{"types", func(n int) string {
			return repeat(n, "type t# struct { next *t@; m map[string]int }\nfunc (t *t#) put(r *request) { t.m[r.Path] = 1; t.next.put(r) }\nfunc new#() *t# { return &t#{next: new@()} }\n") +
				fmt.Sprintf("type t%d struct { m map[string]int }\nfunc (t *t%d) put(r *request) {}\nfunc new%d() *t%d { return nil }\n", n, n, n, n)
		}, 12},
		{"literals", func(n int) string {
			return "var m = map[string]int{}\nfunc f(r *request) {\n" + repeat(min(n, 200), "now(func() {\n") + "m[r.Path] = 1\n" + repeat(min(n, 200), "})\n") + "}\n"
		}, 120},
		{"stores", func(n int) string {
			return "type s struct { m map[string]int }\nfunc f(r *request) *s {\nv := &s{}\n" +
				repeat(n, "if r.Form(\"#\") != \"\" { v = &s{m: map[string]int{}} }\nv.m[r.Path] = 1\n") + "return v\n}\n"
		}, 12},
		{"fields", func(n int) string {
			return "type s struct {\n" + repeat(n, "m# map[string]int\n") + "}\nfunc (v *s) put(r *request) {\n" + repeat(n, "v.m#[r.Path] = 1\n") + "}\n"
		}, 12},
	} {
		t.Run(tt.name, func(t *testing.T) {
			asked := func(n int) int {
				p := build(t, tt.source(n))
				for _, c := range p.Containers(p.vars()) {
					p.describe(c)
				}
				for _, name := range p.SSA.SSA.Pkg.Scope().Names() {
					if obj := typeNamed(p, name); obj != nil {
						p.Life(obj)
					}
				}
				return p.fake.asked
			}
			few, many := asked(30), asked(300)
			t.Logf("%d, %d", few, many)
			if many > tt.most*max(few, 30) {
				t.Errorf("%d questions with 30 lines, %d with 300", few, many)
			}
		})
	}
}
