// Package pathcond knows what is known on a path through a function: which
// values are equal, which are nil, and what a branch has already decided.
//
// Every value is described by a symbol. Symbols are hash-consed terms, so two
// loads of one access path with no store between them are one symbol, and a
// condition tested twice is decided the second time. Facts hang on symbols.
package pathcond

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Sym is a term in a Universe. The zero Sym is no term.
type Sym int32

// Kind says how a term is made.
type Kind uint8

const (
	Value Kind = iota + 1 // what v holds since its latest run
	Old                   // what v held before its latest run
	Const                 // a constant
	Addr                  // the address of part i of what a points to or is
	Init                  // the contents of address a when nothing is known of them
	After                 // the contents of address a after instruction v
	Copy                  // the contents of a composite that is a copy of the value a
	Cmp                   // a comparison of a and b; i is token.EQL or token.LSS
	Not                   // the negation of a
	Part                  // result i of tuple a
	Pure                  // a call of v, which gives equal results for equal arguments (a is their list)
	Cons                  // a list of a, then b
	Plus                  // the integer a + 1
	Asks                  // the result b of a call, a condition: if it is not i (1 for true), a is not nil
	Res                   // the resource under observation
)

// maxDepth bounds terms, so that walking a linked structure ends.
const maxDepth = 8

// Element is the part index of an element whose index is not constant.
const Element = -1

type node struct {
	kind Kind
	a, b Sym
	i    int32
	id   int32 // the number of v
	v    any   // ssa.Value, ssa.Instruction, *types.Func or constKey: all comparable
}

type constKey struct {
	kind  constant.Kind
	exact string
}

// Universe holds the terms of one exploration.
type Universe struct {
	nodes    []node
	depth    []uint8
	consts   []constant.Value // by Sym, for Const
	slots    []Sym            // an open hash table of the nodes, at most half full
	root     *ssa.Function
	shapes   *Shapes
	bindings map[*ssa.FreeVar]ssa.Value
	assigned map[*ssa.Global]bool // package-level variables that the paths may set
	ids      map[any]int32
	values   []Sym  // of those Value nodes that were asked for, by the number of their value
	resource Sym    // 0 until it is asked for
	scratch  []bool // see flags
}

// NewUniverse returns a universe for paths that start in root.
func NewUniverse(root *ssa.Function, shapes *Shapes) *Universe {
	shape := shapes.of(root)
	return &Universe{
		nodes:    make([]node, 1),
		depth:    make([]uint8, 1),
		consts:   make([]constant.Value, 1),
		slots:    make([]Sym, 64),
		root:     root,
		shapes:   shapes,
		bindings: shape.bindings,
		assigned: shape.assigned,
		ids:      map[any]int32{},
	}
}

// intern returns the symbol of the term n, whose id is not set yet.
func (u *Universe) intern(n node) Sym {
	if n.v != nil {
		n.id = u.number(n.v)
	}
	slot := u.slotOf(&n)
	if s := u.slots[slot]; s != 0 {
		return s
	}
	s := Sym(len(u.nodes))
	u.nodes = append(u.nodes, n)
	u.depth = append(u.depth, max(u.depth[n.a], u.depth[n.b])+1)
	u.consts = append(u.consts, nil)
	u.slots[slot] = s
	if 2*len(u.nodes) > len(u.slots) {
		u.slots = make([]Sym, 2*len(u.slots))
		for i := range u.nodes[1:] {
			u.slots[u.slotOf(&u.nodes[i+1])] = Sym(i + 1)
		}
	}
	return s
}

// slotOf returns the slot that holds n's symbol, or the one that is free for it.
func (u *Universe) slotOf(n *node) uint32 {
	const prime = 0x9e3779b97f4a7c15 // spreads the bits
	h := uint64(uint32(n.a))<<32 | uint64(uint32(n.b))
	h = (h ^ h>>29) * prime
	h ^= uint64(uint32(n.id))<<32 | uint64(uint32(n.i))<<8 | uint64(n.kind)
	h = (h ^ h>>32) * prime
	mask := uint32(len(u.slots) - 1)
	for slot := uint32(h>>32) & mask; ; slot = (slot + 1) & mask {
		s := u.slots[slot]
		if s == 0 {
			return slot
		}
		if m := &u.nodes[s]; m.a == n.a && m.b == n.b && m.id == n.id && m.i == n.i && m.kind == n.kind {
			return slot
		}
	}
}

// flags returns a flag for each symbol there is, none set. It is good until the next call.
func (u *Universe) flags() []bool {
	if len(u.scratch) < len(u.nodes) {
		u.scratch = make([]bool, 2*len(u.nodes))
	}
	clear(u.scratch)
	return u.scratch
}

// number returns a number for x, counted from 1.
func (u *Universe) number(x any) int32 {
	n, ok := u.ids[x]
	if !ok {
		n = int32(len(u.ids)) + 1
		u.ids[x] = n
	}
	return n
}

// Kind returns how s is made.
func (u *Universe) Kind(s Sym) Kind { return u.nodes[s].kind }

// Operand returns the first operand of s.
func (u *Universe) Operand(s Sym) Sym { return u.nodes[s].a }

// Operands returns both operands of s; what is missing is 0.
func (u *Universe) Operands(s Sym) (a, b Sym) { return u.nodes[s].a, u.nodes[s].b }

// PartIndex returns the part or result that an Addr or Part selects.
func (u *Universe) PartIndex(s Sym) int { return int(u.nodes[s].i) }

// SSA returns the value that s stands for, or nil.
func (u *Universe) SSA(s Sym) ssa.Value {
	v, _ := u.nodes[s].v.(ssa.Value)
	return v
}

// Resource returns the symbol of the resource under observation.
func (u *Universe) Resource() Sym {
	if u.resource == 0 {
		u.resource = u.intern(node{kind: Res})
	}
	return u.resource
}

// Of returns the symbol that stands for v itself.
func (u *Universe) Of(v ssa.Value) Sym {
	id := int(u.number(v))
	if id >= len(u.values) {
		u.values = append(u.values, make([]Sym, id+1-len(u.values))...)
	}
	if u.values[id] == 0 {
		u.values[id] = u.intern(node{kind: Value, v: v})
	}
	return u.values[id]
}

// AddrOf returns the address of part i of s, or 0 if the term grows too deep.
func (u *Universe) AddrOf(s Sym, i int) Sym {
	if u.depth[s] >= maxDepth {
		return 0
	}
	return u.intern(node{kind: Addr, a: s, i: int32(i)})
}

// PartOf returns result i of the tuple s.
func (u *Universe) PartOf(s Sym, i int) Sym {
	return u.intern(node{kind: Part, a: s, i: int32(i)})
}

// ConstOf returns the symbol of a constant; nil stands for the nil value.
func (u *Universe) ConstOf(v constant.Value) Sym {
	key := constKey{}
	if v != nil {
		key = constKey{v.Kind(), v.ExactString()}
	}
	s := u.intern(node{kind: Const, v: key})
	u.consts[s] = v
	return s
}

// zero returns the symbol of the zero value of typ, or 0 for a composite.
func (u *Universe) zero(typ types.Type) Sym {
	switch t := typ.Underlying().(type) {
	case *types.Basic:
		switch {
		case t.Info()&types.IsBoolean != 0:
			return u.ConstOf(constant.MakeBool(false))
		case t.Info()&types.IsNumeric != 0:
			return u.ConstOf(constant.MakeInt64(0))
		case t.Info()&types.IsString != 0:
			return u.ConstOf(constant.MakeString(""))
		}
		return u.ConstOf(nil)
	case *types.Struct, *types.Array, *types.Tuple:
		return 0
	}
	return u.ConstOf(nil)
}

// compare returns the symbol of x op y, or 0 if op is no comparison. Every
// comparison is expressed by == and <, with a constant on the right of ==.
func (u *Universe) compare(op token.Token, x, y Sym) Sym {
	switch op {
	case token.EQL:
		if u.nodes[x].kind == Const {
			x, y = y, x
		} else if u.nodes[y].kind != Const && y < x {
			x, y = y, x
		}
		return u.cmp(token.EQL, x, y)
	case token.NEQ:
		return u.not(u.compare(token.EQL, x, y))
	case token.LSS:
		return u.cmp(token.LSS, x, y)
	case token.GTR:
		return u.cmp(token.LSS, y, x)
	case token.GEQ:
		return u.not(u.cmp(token.LSS, x, y))
	case token.LEQ:
		return u.not(u.cmp(token.LSS, y, x))
	}
	return 0
}

// next returns x + 1, or 0 if x is itself such a sum: a counter is told apart
// from its last value, no further. What counts up to 0 begins to count there.
func (u *Universe) next(x Sym) Sym {
	switch u.nodes[x].kind {
	case Plus:
		return 0
	case Const:
		if i, ok := constant.Int64Val(constant.ToInt(u.consts[x])); ok && i == -1 {
			return u.ConstOf(constant.MakeInt64(0))
		}
	}
	return u.intern(node{kind: Plus, a: x})
}

// IsNil returns the condition that x is nil.
func (u *Universe) IsNil(x Sym) Sym { return u.compare(token.EQL, x, u.ConstOf(nil)) }

func (u *Universe) cmp(op token.Token, x, y Sym) Sym {
	if n := u.nodes[y]; op == token.LSS && n.kind == Plus {
		return u.not(u.cmp(token.LSS, n.a, x)) // x < a+1 unless a < x
	}
	return u.intern(node{kind: Cmp, a: x, b: y, i: int32(op)})
}

// PureFunc is a function whose result depends on its arguments alone.
type PureFunc struct {
	Of     any  // a *types.Func, or a builtin's name
	Prefix bool // it reports whether a text begins with its last argument
}

// Pure returns the symbol of a call of such a function, or 0 if the term grows too deep.
func (u *Universe) Pure(fn *PureFunc, args []Sym) Sym {
	kind := int32(0)
	if fn.Prefix {
		kind = isPrefix
	}
	var list Sym
	for _, a := range args {
		if u.depth[list] >= maxDepth || u.depth[a] >= maxDepth {
			return 0
		}
		list = u.intern(node{kind: Cons, a: list, b: a})
	}
	return u.intern(node{kind: Pure, a: list, i: kind, v: fn.Of})
}

// isPrefix marks tests of how a text begins.
const isPrefix = 1

func (u *Universe) not(s Sym) Sym {
	if u.nodes[s].kind == Not {
		return u.nodes[s].a
	}
	return u.intern(node{kind: Not, a: s})
}

// Root strips the parts from an address.
func (u *Universe) Root(s Sym) Sym {
	for u.nodes[s].kind == Addr {
		s = u.nodes[s].a
	}
	return s
}

func (u *Universe) within(fn *ssa.Function) bool {
	for ; fn != nil; fn = fn.Parent() {
		if fn == u.root {
			return true
		}
	}
	return false
}

// replace returns s with every occurrence of old replaced by new.
func (u *Universe) replace(s, old, new Sym) Sym {
	if s == old {
		return new
	}
	n := u.nodes[s]
	if n.a == 0 && n.b == 0 {
		return s
	}
	a, b := n.a, n.b
	if a != 0 {
		a = u.replace(a, old, new)
	}
	if b != 0 {
		b = u.replace(b, old, new)
	}
	if a == n.a && b == n.b {
		return s
	}
	n.a, n.b = a, b
	return u.intern(n)
}

// mentions reports whether x occurs in s.
func (u *Universe) mentions(s, x Sym) bool {
	return s == x || s > x && u.madeOf(s, x) // what a symbol is made of comes before it
}

func (u *Universe) madeOf(s, x Sym) bool {
	n := &u.nodes[s]
	return u.mentions(n.a, x) || u.mentions(n.b, x)
}

// ID returns a number for x, which stands for it in keys.
func (u *Universe) ID(x any) uint64 { return uint64(u.number(x)) }

// Binding returns what a free variable stands for where its literal is made, or nil
// if that is not known.
func (u *Universe) Binding(v *ssa.FreeVar) ssa.Value { return u.bindings[v] }
