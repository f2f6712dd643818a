package pathcond

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Exec carries out an instruction that neither calls nor branches.
func (s *State) Exec(instr ssa.Instruction) {
	if st, ok := instr.(*ssa.Store); ok {
		s.store(st)
		return
	}
	v, ok := instr.(ssa.Value)
	if !ok {
		return
	}
	if s.U.InLoop(instr.Block()) || instr.Parent() != s.U.root {
		s.Redefine(v)
	}
	switch v := v.(type) {
	case *ssa.Alloc:
		s.reset(v)
	case *ssa.BinOp:
		if c := s.U.compare(comparison(v), s.Value(v.X), s.Value(v.Y)); c != 0 {
			s.SetValue(v, c)
		} else if v.Op == token.ADD && integer(v.Type()) && element(v.Y) == 1 {
			if n := s.U.next(s.Value(v.X)); n != 0 {
				s.SetValue(v, n)
			}
		}
	case *ssa.UnOp:
		switch v.Op {
		case token.MUL:
			s.SetValue(v, s.load(v))
		case token.NOT:
			s.SetValue(v, s.U.not(s.Value(v.X)))
		}
	case *ssa.ChangeType:
		s.SetValue(v, s.Value(v.X))
	case *ssa.ChangeInterface:
		s.SetValue(v, s.Value(v.X))
	case *ssa.MakeInterface:
		// Other boxed values are not nil even if what they hold is.
		if x := s.Value(v.X); s.U.Local(s.U.Root(x)) || s.Reaches(x) {
			s.SetValue(v, x)
		}
	case *ssa.TypeAssert:
		s.typeAssert(v)
	case *ssa.Extract:
		x := s.U.PartOf(s.Value(v.Tuple), v.Index)
		if known := s.mem.at(x); known != 0 {
			x = known
		}
		s.SetValue(v, x)
	case *ssa.FieldAddr:
		s.setAddr(v, v.X, v.Field)
	case *ssa.IndexAddr:
		s.setAddr(v, v.X, element(v.Index))
	case *ssa.Field:
		if a := s.U.AddrOf(s.Value(v.X), v.Field); a != 0 {
			s.SetValue(v, s.contents(a, v))
		}
	case *ssa.Slice:
		s.SetValue(v, s.Value(v.X))
	case *ssa.Lookup:
		if s.U.shapes.of(s.U.root).updates {
			break
		}
		if x := s.U.Pure(&PureFunc{Of: lookup{v.CommaOk}}, []Sym{s.Value(v.X), s.Value(v.Index)}); x != 0 {
			s.SetValue(v, x)
		}
	case *ssa.MakeClosure:
		// A function literal is like a struct that holds what it captures.
		for i, b := range v.Bindings {
			if a := s.U.AddrOf(s.U.Of(v), i); a != 0 {
				s.set(a, s.Value(b))
			}
		}
	}
}

// lookup is the function that a lookup in a map, or the choice of a character, is.
type lookup struct{ commaOk bool }

// comparison returns how v compares: what is never less than 0 is more than that if it is
// not 0.
func comparison(v *ssa.BinOp) token.Token {
	zero := func(x ssa.Value) bool {
		c, ok := x.(*ssa.Const)
		return ok && c.Value != nil && c.Value.Kind() == constant.Int && constant.Sign(c.Value) == 0
	}
	switch {
	case v.Op == token.GTR && zero(v.Y) && neverNegative(v.X), v.Op == token.LSS && zero(v.X) && neverNegative(v.Y):
		return token.NEQ
	case v.Op == token.LEQ && zero(v.Y) && neverNegative(v.X), v.Op == token.GEQ && zero(v.X) && neverNegative(v.Y):
		return token.EQL
	}
	return v.Op
}

func neverNegative(v ssa.Value) bool {
	if call, ok := v.(*ssa.Call); ok {
		b, ok := call.Call.Value.(*ssa.Builtin)
		return ok && (b.Name() == "len" || b.Name() == "cap")
	}
	b, ok := v.Type().Underlying().(*types.Basic)
	return ok && b.Info()&types.IsUnsigned != 0
}

func element(v ssa.Value) int {
	if c, ok := v.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.Int {
		if i, exact := constant.Int64Val(c.Value); exact && i >= 0 && i < 1<<20 {
			return int(i)
		}
	}
	return Element
}

func integer(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

func (s *State) setAddr(v, base ssa.Value, part int) {
	if a := s.U.AddrOf(s.Value(base), part); a != 0 {
		s.SetValue(v, a)
	}
}

// reset makes a variable hold its zero value.
func (s *State) reset(v *ssa.Alloc) {
	id := s.U.Of(v)
	s.unset(func(addr, _ Sym) bool { return s.U.Root(addr) == id })
	s.escaped.remove(id)
}

func composite(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Struct, *types.Array:
		return true
	}
	return false
}

func (s *State) load(v *ssa.UnOp) Sym {
	addr := s.Value(v.X)
	if composite(v.Type()) {
		return addr // parts are looked up below the address
	}
	return s.contents(addr, v)
}

// contents returns what addr holds; v is the value read from it.
func (s *State) contents(addr Sym, v ssa.Value) Sym {
	if x, ok := s.mem.get(addr); ok {
		return x
	}
	if composite(v.Type()) {
		return addr
	}
	switch at, n := s.whole(addr); n.kind {
	case After:
		return s.bounded(node{kind: After, a: addr, v: n.v}, v)
	case Copy:
		return s.contents(s.U.replace(addr, at, n.a), v)
	}
	if root := s.U.Root(addr); s.U.made(root) && !s.Escaped(root) {
		if z := s.U.zero(v.Type()); z != 0 {
			return z
		}
	}
	return s.bounded(node{kind: Init, a: addr}, v)
}

// whole returns the nearest composite around what is at addr of which something is
// known as a whole, and what that is.
func (s *State) whole(addr Sym) (at Sym, content node) {
	for at = addr; s.U.nodes[at].kind == Addr; {
		at = s.U.nodes[at].a
		if n := s.U.nodes[s.mem.at(at)]; n.kind == After || n.kind == Copy {
			return at, n
		}
	}
	return 0, node{}
}

func (s *State) bounded(n node, v ssa.Value) Sym {
	if s.U.depth[n.a] >= maxDepth {
		return s.U.Of(v)
	}
	return s.U.intern(n)
}

func (s *State) store(st *ssa.Store) {
	addr, x := s.Value(st.Addr), s.Value(st.Val)
	if !composite(st.Val.Type()) {
		s.set(addr, x)
		return
	}
	if addr == x {
		return
	}
	// A copied composite takes its parts with it.
	rest := s.rest(x, st)
	s.unset(func(a, _ Sym) bool { return s.below(a, addr) })
	for _, e := range s.mem.clone().entries { // as it is now
		if e.key != x && s.below(e.key, x) {
			s.set(s.U.replace(e.key, x, addr), e.value)
		}
	}
	if rest != 0 {
		s.set(addr, rest)
	}
}

// rest returns what is known of those parts of a composite of which nothing is known
// by themselves, when st copies it: 0 if they are zero.
func (s *State) rest(x Sym, st *ssa.Store) Sym {
	n := s.U.nodes[s.mem.at(x)]
	at := x
	if n.kind != After && n.kind != Copy {
		at, n = s.whole(x)
	}
	root := s.U.Root(x)
	v := s.U.SSA(root)
	switch {
	case n.kind == Copy:
		return s.U.intern(node{kind: Copy, a: s.U.replace(x, at, n.a)})
	case n.kind == After:
	case s.U.made(root) && !s.Escaped(root):
		return 0
	case v == nil:
		if s.U.nodes[root].kind == Part {
			return s.U.intern(node{kind: Copy, a: x}) // a result
		}
	default:
		if _, ok := v.(*ssa.Const); ok {
			return 0
		}
		if composite(v.Type()) && s.U.nodes[root].kind == Value {
			return s.U.intern(node{kind: Copy, a: x})
		}
	}
	return s.U.intern(node{kind: After, a: x, v: st})
}

func (s *State) below(a, base Sym) bool {
	for ; ; a = s.U.nodes[a].a {
		if a == base {
			return true
		}
		if s.U.nodes[a].kind != Addr {
			return false
		}
	}
}

func (s *State) typeAssert(v *ssa.TypeAssert) {
	x := s.Value(v.X)
	if !v.CommaOk {
		s.SetValue(v, x)
		return
	}
	id := s.U.Of(v)
	if s.Nil(x) == True {
		s.set(s.U.PartOf(id, 1), s.U.ConstOf(constant.MakeBool(false)))
		return
	}
	if !s.Reaches(x) {
		return
	}
	s.set(s.U.PartOf(id, 0), x)
	if iface, ok := v.AssertedType.Underlying().(*types.Interface); ok && s.Implements != nil && s.Implements(x, iface) {
		s.set(s.U.PartOf(id, 1), s.U.ConstOf(constant.MakeBool(true)))
	}
}

// settle ends what the head of a loop knows of its counters: that they are one
// more than before.
func (s *State) settle(head *ssa.BasicBlock) {
	for _, instr := range head.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			return
		}
		id := s.U.Of(phi)
		if x := s.val.at(id); x != 0 && s.U.nodes[x].kind == Plus {
			s.val.remove(id)
			s.rename(x, id)
		}
	}
}

// Enter carries out the phis of block to on the edge from block from.
func (s *State) Enter(from, to *ssa.BasicBlock) {
	s.settle(from)
	edge := -1
	for i, p := range to.Preds {
		if p == from {
			edge = i
			break
		}
	}
	type move struct {
		phi *ssa.Phi
		x   Sym
	}
	var moves []move
	for _, instr := range to.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		moves = append(moves, move{phi, s.Value(phi.Edges[edge])})
	}
	for i, m := range moves {
		id, old := s.U.Of(m.phi), s.U.intern(node{kind: Old, v: m.phi})
		s.Redefine(m.phi)
		for j := i; j < len(moves); j++ { // later moves may speak of this phi's old value
			moves[j].x = s.U.replace(moves[j].x, id, old)
		}
		s.SetValue(m.phi, moves[i].x)
	}
}
