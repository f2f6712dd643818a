package pathcond

import (
	"encoding/binary"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// State is what is known at one point of a path.
type State struct {
	U *Universe
	// Relevant, if not nil, says whether a fact on a symbol is worth keeping:
	// facts that nothing later asks for only multiply paths.
	Relevant func(Sym) bool
	// Implements, if not nil, says whether a value from which the resource can
	// be reached surely has the methods of an interface.
	Implements func(Sym, *types.Interface) bool

	val     table[Sym]      // what a value stands for, if not for itself
	mem     table[Sym]      // what an address holds
	facts   table[Fact]     // what is known of a symbol
	escaped table[struct{}] // variables that others can reach
	ways    map[Sym]Path    // what leads to the resource, until memory changes; never changed itself
}

// NewState returns a state in which nothing is known.
func NewState(u *Universe) *State { return &State{U: u} }

// Clone returns an independent copy.
func (s *State) Clone() *State {
	c := *s
	c.val, c.mem = s.val.clone(), s.mem.clone()
	c.facts, c.escaped = s.facts.clone(), s.escaped.clone()
	return &c
}

// Value returns what v stands for on this path.
func (s *State) Value(v ssa.Value) Sym {
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value == nil {
			if z := s.U.zero(v.Type()); z != 0 {
				return z
			}
			return s.U.Of(v)
		}
		return s.U.ConstOf(v.Value)
	case *ssa.FreeVar:
		if x, ok := s.val.get(s.U.Of(v)); ok {
			return x
		}
		if b := s.U.bindings[v]; b != nil {
			return s.Value(b)
		}
	}
	id := s.U.Of(v)
	if x, ok := s.val.get(id); ok {
		return x
	}
	return id
}

// SetValue makes v stand for x.
func (s *State) SetValue(v ssa.Value, x Sym) {
	id := s.U.Of(v)
	if id == x {
		s.val.remove(id)
		return
	}
	s.val.put(id, x)
}

// SetNil records that x is, or is not, nil.
func (s *State) SetNil(x Sym, isNil bool) {
	f := s.facts.at(x)
	f.Nil = truth(isNil)
	s.facts.put(x, f)
}

// SetBool records the truth of x.
func (s *State) SetBool(x Sym, b bool) {
	f := s.facts.at(x)
	f.Bool = truth(b)
	s.facts.put(x, f)
}

// Put makes the address hold x.
func (s *State) Put(addr, x Sym) { s.set(addr, x) }

// Size returns how much is known, roughly what a step from here costs.
func (s *State) Size() int { return len(s.val.entries) + len(s.mem.entries) + len(s.escaped.entries) }

// set puts x into memory.
func (s *State) set(addr, x Sym) {
	if old, ok := s.mem.get(addr); !ok || old != x {
		s.mem.put(addr, x)
		s.changed(old, x)
	}
}

// changed forgets the ways to the resource if what an address held, or what it holds
// now, is on one.
func (s *State) changed(contents ...Sym) {
	for _, x := range contents {
		if _, ok := s.ways[x]; ok {
			s.ways = nil
			return
		}
	}
}

// unset takes out of memory what gone accepts.
func (s *State) unset(gone func(addr, content Sym) bool) {
	var contents []Sym
	s.mem.removeFunc(func(addr, content Sym) bool {
		if !gone(addr, content) {
			return false
		}
		contents = append(contents, content)
		return true
	})
	s.changed(contents...)
}

// Holds returns what the address is known to hold, or 0.
func (s *State) Holds(addr Sym) Sym { return s.mem.at(addr) }

// Contents returns what the addresses at and below base hold, in order.
func (s *State) Contents(base Sym) []Sym {
	var found []Sym
	for _, e := range s.mem.entries {
		if s.U.Root(e.key) == base {
			found = append(found, e.value)
		}
	}
	return found
}

// Clobber forgets the contents of what lies at base, as instruction by may
// have changed them; what keep accepts stays.
func (s *State) Clobber(base Sym, by ssa.Instruction, keep func(content Sym) bool) {
	s.unset(func(addr, content Sym) bool { return s.U.Root(addr) == base && !keep(content) })
	if !s.mem.has(base) {
		s.set(base, s.U.intern(node{kind: After, a: base, v: by}))
	}
}

// ClobberEscaped does the same to each variable that others can reach and but does
// not accept.
func (s *State) ClobberEscaped(by ssa.Instruction, but func(base Sym) bool, keep func(content Sym) bool) {
	if len(s.escaped.entries) == 0 {
		return
	}
	var gone []Sym // in order, since symbols are numbered as they come
	for _, e := range s.escaped.entries {
		if but == nil || !but(e.key) {
			gone = append(gone, e.key)
		}
	}
	isGone := func(x Sym) bool {
		_, ok := slices.BinarySearch(gone, x)
		return ok
	}
	s.unset(func(addr, content Sym) bool { return isGone(s.U.Root(addr)) && !keep(content) })
	for _, x := range gone {
		if !s.mem.has(x) {
			s.set(x, s.U.intern(node{kind: After, a: x, v: by}))
		}
	}
}

// Escape records that others can reach the variable at base from now on.
func (s *State) Escape(base Sym) { s.escaped.put(base, struct{}{}) }

// Escaped reports whether others can reach the variable at base.
func (s *State) Escaped(base Sym) bool { return s.escaped.has(base) }

// Redefine prepares for a new run of the instruction that defines v: what was
// said of its last value is said of an old one from now on.
func (s *State) Redefine(v ssa.Value) {
	id := s.U.Of(v)
	s.val.remove(id)
	if !s.mentioned(id) {
		return
	}
	old := s.U.intern(node{kind: Old, v: v})
	s.forget(old)
	s.rename(id, old)
	if s.escaped.has(id) {
		s.escaped.remove(id)
		s.escaped.put(old, struct{}{})
	}
}

// Become makes what v stands for the resource: all that is said of it is said of that.
func (s *State) Become(v ssa.Value) {
	x, res := s.Value(v), s.U.Resource()
	s.rename(x, res)
	if s.escaped.has(x) {
		s.escaped.remove(x)
		s.escaped.put(res, struct{}{})
	}
	s.SetValue(v, res)
	s.SetNil(res, false)
}

// rename puts y in place of x in all that is said.
func (s *State) rename(x, y Sym) {
	for i, e := range s.val.entries {
		if to := s.U.replace(e.value, x, y); to != e.value {
			s.val.own()
			s.val.entries[i].value = to
		}
	}
	s.mem = renameKeys(s, s.mem, x, y, func(content Sym) Sym { return s.U.replace(content, x, y) })
	s.ways = nil
	s.facts = renameKeys(s, s.facts, x, y, func(f Fact) Fact { return f })
}

func renameKeys[V any](s *State, t table[V], x, y Sym, rename func(V) V) table[V] {
	out := table[V]{entries: make([]entry[V], len(t.entries))}
	for i, e := range t.entries {
		out.entries[i] = entry[V]{s.U.replace(e.key, x, y), rename(e.value)}
	}
	out.sort()
	return out
}

func (s *State) mentioned(id Sym) bool {
	for _, e := range s.val.entries {
		if s.U.mentions(e.value, id) {
			return true
		}
	}
	for _, e := range s.mem.entries {
		if s.U.mentions(e.key, id) || s.U.mentions(e.value, id) {
			return true
		}
	}
	for i := range s.facts.entries {
		if s.U.mentions(s.facts.entries[i].key, id) {
			return true
		}
	}
	return s.escaped.has(id)
}

// forget drops all that is said of x.
func (s *State) forget(x Sym) {
	s.facts.removeFunc(func(k Sym, _ Fact) bool { return s.U.mentions(k, x) })
	s.unset(func(addr, _ Sym) bool { return s.U.mentions(addr, x) })
	s.escaped.remove(x)
}

// Drop forgets the values of fn that live does not accept, and the facts on
// values that nothing refers to any more.
func (s *State) Drop(fn *ssa.Function, live func(ssa.Value) bool) {
	dead := func(x Sym) bool {
		n := &s.U.nodes[x]
		if n.kind != Value && n.kind != Old {
			return false
		}
		if n.kind == Old {
			return true
		}
		instr, ok := n.v.(ssa.Instruction)
		if !ok || instr.Parent() != fn {
			return false
		}
		if _, isAlloc := n.v.(*ssa.Alloc); isAlloc {
			return false
		}
		return !live(n.v.(ssa.Value))
	}
	s.val.removeFunc(func(k, _ Sym) bool { return dead(k) })
	s.dropVariables(fn, live)
	if len(s.facts.entries) == 0 {
		return
	}
	used := s.U.flags()
	for _, e := range s.val.entries {
		used[e.value] = true
		if n := &s.U.nodes[e.value]; n.kind == Plus {
			used[n.a] = true
		}
	}
	for _, e := range s.mem.entries {
		used[e.value] = true
		for a := e.key; s.U.nodes[a].kind == Addr; {
			a = s.U.nodes[a].a
			used[a] = true
		}
	}
	// A term that is made of what is gone can be made no more.
	var gone func(x Sym) bool
	gone = func(x Sym) bool {
		if x == 0 || used[x] {
			return false
		}
		n := &s.U.nodes[x]
		switch n.kind {
		case Part:
			if s.U.nodes[n.a].kind == Pure {
				return gone(n.a)
			}
			return true // its Extract, if alive, would refer to it
		case Value, Old:
			return dead(x)
		case After:
			return s.outdated(n) || gone(n.a)
		case Cmp, Not, Pure, Cons, Plus, Asks, Addr, Init:
			return gone(n.a) || gone(n.b)
		}
		return false
	}
	s.facts.removeFunc(func(x Sym, _ Fact) bool { return gone(x) })
}

// outdated reports whether what an address held after an instruction is no longer what
// it holds.
func (s *State) outdated(after *node) bool {
	if s.mem.has(after.a) {
		return true // of what it holds this would be a use
	}
	_, now := s.whole(after.a)
	return now.kind != After || now.v != after.v
}

// AppendKey appends bytes that are equal for equal states.
func (s *State) AppendKey(b []byte) []byte {
	b = appendTable(b, s.val)
	b = appendTable(b, s.mem)
	b = binary.AppendUvarint(b, uint64(len(s.facts.entries)))
	for i := range s.facts.entries {
		f := &s.facts.entries[i].value
		b = binary.AppendUvarint(b, uint64(s.facts.entries[i].key))
		b = append(b, byte(f.Nil), byte(f.Bool))
		if f.Ranged {
			b = append(b, 1)
			b = binary.AppendVarint(b, f.Lo)
			b = binary.AppendVarint(b, f.Hi)
		} else {
			b = append(b, 0)
		}
		b = binary.AppendUvarint(b, uint64(f.Eq))
		for _, ne := range f.Ne {
			b = binary.AppendUvarint(b, uint64(ne))
		}
	}
	b = binary.AppendUvarint(b, uint64(len(s.escaped.entries)))
	for _, e := range s.escaped.entries {
		b = binary.AppendUvarint(b, uint64(e.key))
	}
	return b
}

func appendTable(b []byte, t table[Sym]) []byte {
	b = binary.AppendUvarint(b, uint64(len(t.entries)))
	for _, e := range t.entries {
		b = binary.AppendUvarint(b, uint64(e.key))
		b = binary.AppendUvarint(b, uint64(e.value))
	}
	return b
}
