package pathcond

import (
	"go/constant"
	"go/token"
	"go/types"
	"math"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Truth is what is known of a condition.
type Truth int8

const (
	Maybe Truth = iota
	True
	False
)

func truth(b bool) Truth {
	if b {
		return True
	}
	return False
}

// Not returns the opposite of t.
func (t Truth) Not() Truth {
	switch t {
	case True:
		return False
	case False:
		return True
	}
	return Maybe
}

const maxNe = 4

// Fact is what is known of one symbol.
type Fact struct {
	Nil    Truth
	Bool   Truth
	Lo, Hi int64 // both included; meaningful if Ranged
	Ranged bool
	Eq     Sym        // a constant it equals
	Ne     [maxNe]Sym // constants it does not equal
}

func (f Fact) bounds() (int64, int64) {
	if f.Ranged {
		return f.Lo, f.Hi
	}
	return math.MinInt64, math.MaxInt64
}

// Nil says whether s is the nil value.
func (s *State) Nil(x Sym) Truth {
	n := s.U.nodes[x]
	switch n.kind {
	case Const:
		return truth(s.U.consts[x] == nil)
	case Addr, Res:
		return False
	case Value, Old:
		switch n.v.(type) {
		case *ssa.Alloc, *ssa.MakeClosure, *ssa.MakeInterface, *ssa.MakeMap, *ssa.MakeChan, *ssa.MakeSlice, *ssa.Function, *ssa.Global:
			return False
		}
	case Init:
		// A package-level error is a sentinel, made where it is declared.
		if g, ok := s.U.nodes[n.a].v.(*ssa.Global); ok && !s.U.assigned[g] && IsError(g.Type().(*types.Pointer).Elem()) {
			return False
		}
	}
	return s.facts.at(x).Nil
}

// before reports whether x is surely older than a resource that the root function
// acquires: what a parameter is, or what lies in a package-level variable, or behind a
// parameter, before anything is stored there.
func (u *Universe) before(x Sym) bool {
	n := u.nodes[x]
	if n.kind == Init {
		n = u.nodes[u.Root(n.a)]
	}
	if n.kind != Value {
		return false
	}
	switch v := n.v.(type) {
	case *ssa.Global:
		return true
	case *ssa.Parameter:
		return v.Parent() == u.root
	}
	return false
}

// IsError reports whether t is the type error.
func IsError(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

// IsBool reports whether t is a truth value.
func IsBool(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Kind() == types.Bool
}

// Eval says whether the condition c holds.
func (s *State) Eval(c Sym) Truth {
	n := s.U.nodes[c]
	switch n.kind {
	case Const:
		if v := s.U.consts[c]; v != nil && v.Kind() == constant.Bool {
			return truth(constant.BoolVal(v))
		}
		return Maybe
	case Not:
		return s.Eval(n.a).Not()
	case Cmp:
		if token.Token(n.i) == token.EQL {
			return s.evalEqual(c, n.a, n.b)
		}
		return s.evalLess(c, n.a, n.b)
	}
	if f := s.facts.at(c).Bool; f != Maybe || n.kind != Pure || n.i != isPrefix {
		return f
	}
	return s.evalPrefix(n)
}

// evalPrefix says whether a text begins so by what is known of how it begins.
func (s *State) evalPrefix(n node) Truth {
	of := s.U.nodes[n.a] // the text, then the prefix
	prefix, ok := s.text(of.b)
	if !ok {
		return Maybe
	}
	found := Maybe
	for i := range s.facts.entries {
		f, m := &s.facts.entries[i].value, s.U.nodes[s.facts.entries[i].key]
		if m.kind != Pure || m.i != isPrefix || m.v != n.v || f.Bool != True || s.U.nodes[m.a].a != of.a {
			continue
		}
		known, ok := s.text(s.U.nodes[m.a].b)
		switch {
		case !ok:
		case strings.HasPrefix(known, prefix):
			found = True
		case !strings.HasPrefix(prefix, known):
			found = False
		}
	}
	return found
}

// text returns the string that a symbol stands for, if it is a constant.
func (s *State) text(x Sym) (string, bool) {
	if v := s.U.consts[x]; s.U.nodes[x].kind == Const && v != nil && v.Kind() == constant.String {
		return constant.StringVal(v), true
	}
	return "", false
}

func (s *State) evalEqual(c, a, b Sym) Truth {
	if a == b {
		return True
	}
	if s.U.nodes[b].kind != Const {
		if s.U.before(a) && b == s.U.resource || s.U.before(b) && a == s.U.resource {
			return False // it is new
		}
		if na, nb := s.Nil(a), s.Nil(b); na != Maybe && nb != Maybe {
			if na == True && nb == True {
				return True
			}
			if na != nb {
				return False
			}
		}
		return s.facts.at(c).Bool
	}
	v := s.U.consts[b]
	if v == nil {
		return s.Nil(a)
	}
	if v.Kind() == constant.Bool {
		t := s.Eval(a)
		if !constant.BoolVal(v) {
			t = t.Not()
		}
		return t
	}
	if s.U.nodes[a].kind == Const {
		w := s.U.consts[a]
		return truth(w != nil && w.Kind() == v.Kind() && constant.Compare(w, token.EQL, v))
	}
	f := s.facts.at(a)
	if f.Eq != 0 {
		return truth(f.Eq == b)
	}
	for _, ne := range f.Ne {
		if ne == b {
			return False
		}
	}
	if i, ok := constant.Int64Val(constant.ToInt(v)); ok && f.Ranged && v.Kind() == constant.Int && (i < f.Lo || i > f.Hi) {
		return False
	}
	return Maybe
}

// Found reports whether something has been found to be the constant c.
func (s *State) Found(c Sym) bool {
	for i := range s.facts.entries {
		if s.facts.entries[i].value.Eq == c {
			return true
		}
	}
	return false
}

func (s *State) intConst(x Sym) (int64, bool) {
	if s.U.nodes[x].kind == Const {
		if v := s.U.consts[x]; v != nil && v.Kind() == constant.Int {
			return constant.Int64Val(v)
		}
	}
	if f := s.facts.at(x); f.Ranged && f.Lo == f.Hi {
		return f.Lo, true
	}
	return 0, false
}

func (s *State) evalLess(c, a, b Sym) Truth {
	alo, ahi := s.Bounds(a)
	blo, bhi := s.Bounds(b)
	switch {
	case ahi < blo:
		return True
	case alo >= bhi && alo != math.MinInt64 && bhi != math.MaxInt64:
		return False
	}
	return s.facts.at(c).Bool
}

// Bounds returns the least and greatest value that the integer x can have.
func (s *State) Bounds(x Sym) (lo, hi int64) {
	if i, ok := s.intConst(x); ok {
		return i, i
	}
	return s.facts.at(x).bounds()
}

// Assume records that c is t and reports whether that can be.
func (s *State) Assume(c Sym, t bool) bool {
	if known := s.Eval(c); known != Maybe {
		return known == truth(t)
	}
	n := s.U.nodes[c]
	switch n.kind {
	case Not:
		return s.Assume(n.a, !t)
	case Cmp:
		if token.Token(n.i) == token.LSS {
			return s.assumeLess(c, n.a, n.b, t)
		}
		return s.assumeEqual(c, n.a, n.b, t)
	}
	s.learn(c, func(f *Fact) { f.Bool = truth(t) })
	if n.kind == Asks && t != (n.i == 1) {
		s.learn(n.a, func(f *Fact) { f.Nil = False })
	}
	return true
}

func (s *State) assumeEqual(c, a, b Sym, t bool) bool {
	if s.U.nodes[b].kind != Const {
		s.learn(c, func(f *Fact) { f.Bool = truth(t) })
		return true
	}
	v := s.U.consts[b]
	switch {
	case v == nil:
		s.learn(a, func(f *Fact) { f.Nil = truth(t) })
	case v.Kind() == constant.Bool:
		return s.Assume(a, constant.BoolVal(v) == t)
	case t:
		s.learn(a, func(f *Fact) {
			f.Eq = b
			if i, ok := constant.Int64Val(constant.ToInt(v)); ok && v.Kind() == constant.Int {
				f.Lo, f.Hi, f.Ranged = i, i, true
			}
		})
	default:
		s.learn(a, func(f *Fact) {
			for i, ne := range f.Ne {
				if ne == 0 {
					f.Ne[i] = b
					break
				}
			}
			if i, ok := constant.Int64Val(constant.ToInt(v)); ok && f.Ranged && v.Kind() == constant.Int {
				if i == f.Lo {
					f.Lo++
				}
				if i == f.Hi {
					f.Hi--
				}
			}
		})
	}
	return true
}

func (s *State) assumeLess(c, a, b Sym, t bool) bool {
	bound := func(x Sym, lo, hi int64) {
		s.learn(x, func(f *Fact) {
			l, h := f.bounds()
			f.Lo, f.Hi, f.Ranged = max(l, lo), min(h, hi), true
		})
	}
	if i, ok := s.intConst(b); ok {
		if t && i > math.MinInt64 {
			bound(a, math.MinInt64, i-1)
		} else if !t {
			bound(a, i, math.MaxInt64)
		}
		return true
	}
	if i, ok := s.intConst(a); ok {
		if t && i < math.MaxInt64 {
			bound(b, i+1, math.MaxInt64)
		} else if !t {
			bound(b, math.MinInt64, i)
		}
		return true
	}
	s.learn(c, func(f *Fact) { f.Bool = truth(t) })
	return true
}

func (s *State) learn(x Sym, change func(*Fact)) {
	if s.Relevant != nil && !s.Relevant(x) {
		return
	}
	f := s.facts.at(x)
	change(&f)
	s.facts.put(x, f)
}
