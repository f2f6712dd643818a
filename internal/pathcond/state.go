package pathcond

import (
	"encoding/binary"
	"go/types"
	"maps"
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

	val     map[Sym]Sym      // what a value stands for, if not for itself
	mem     map[Sym]Sym      // what an address holds
	facts   map[Sym]Fact     // what is known of a symbol
	escaped map[Sym]struct{} // variables that others can reach
	ways    map[Sym]Path     // what leads to the resource, until memory changes; never changed itself
}

// NewState returns a state in which nothing is known.
func NewState(u *Universe) *State {
	return &State{U: u, val: map[Sym]Sym{}, mem: map[Sym]Sym{}, facts: map[Sym]Fact{}, escaped: map[Sym]struct{}{}}
}

// Clone returns an independent copy.
func (s *State) Clone() *State {
	c := *s
	c.val, c.mem = maps.Clone(s.val), maps.Clone(s.mem)
	c.facts, c.escaped = maps.Clone(s.facts), maps.Clone(s.escaped)
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
		if x, ok := s.val[s.U.Of(v)]; ok {
			return x
		}
		if b := s.U.bindings[v]; b != nil {
			return s.Value(b)
		}
	}
	id := s.U.Of(v)
	if x, ok := s.val[id]; ok {
		return x
	}
	return id
}

// SetValue makes v stand for x.
func (s *State) SetValue(v ssa.Value, x Sym) {
	id := s.U.Of(v)
	if id == x {
		delete(s.val, id)
		return
	}
	s.val[id] = x
}

// SetNil records that x is, or is not, nil.
func (s *State) SetNil(x Sym, isNil bool) {
	f := s.facts[x]
	f.Nil = truth(isNil)
	s.facts[x] = f
}

// SetBool records the truth of x.
func (s *State) SetBool(x Sym, b bool) {
	f := s.facts[x]
	f.Bool = truth(b)
	s.facts[x] = f
}

// Put makes the address hold x.
func (s *State) Put(addr, x Sym) { s.set(addr, x) }

// Size returns how much is known, roughly what a step from here costs.
func (s *State) Size() int { return len(s.val) + len(s.mem) + len(s.escaped) }

// set puts x into memory.
func (s *State) set(addr, x Sym) {
	if old, ok := s.mem[addr]; !ok || old != x {
		s.mem[addr] = x
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
	var list []Sym
	for addr, content := range s.mem {
		if gone(addr, content) {
			list = append(list, addr)
		}
	}
	for _, addr := range list {
		content := s.mem[addr]
		delete(s.mem, addr)
		s.changed(content)
	}
}

// Holds returns what the address is known to hold, or 0.
func (s *State) Holds(addr Sym) Sym { return s.mem[addr] }

// Contents returns what the addresses at and below base hold, in order.
func (s *State) Contents(base Sym) []Sym {
	var found []Sym
	for _, addr := range slices.Sorted(maps.Keys(s.mem)) {
		if s.U.Root(addr) == base {
			found = append(found, s.mem[addr])
		}
	}
	return found
}

// Clobber forgets the contents of what lies at base, as instruction by may
// have changed them; what keep accepts stays.
func (s *State) Clobber(base Sym, by ssa.Instruction, keep func(content Sym) bool) {
	s.unset(func(addr, content Sym) bool { return s.U.Root(addr) == base && !keep(content) })
	if _, kept := s.mem[base]; !kept {
		s.set(base, s.U.intern(node{kind: After, a: base, v: by}))
	}
}

// ClobberEscaped does the same to each variable that others can reach and but does
// not accept.
func (s *State) ClobberEscaped(by ssa.Instruction, but func(base Sym) bool, keep func(content Sym) bool) {
	gone := map[Sym]bool{}
	for x := range s.escaped {
		gone[x] = but == nil || !but(x)
	}
	s.unset(func(addr, content Sym) bool { return gone[s.U.Root(addr)] && !keep(content) })
	for _, x := range s.EscapedVars() { // in order, since symbols are numbered as they come
		if _, kept := s.mem[x]; gone[x] && !kept {
			s.set(x, s.U.intern(node{kind: After, a: x, v: by}))
		}
	}
}

// Escape records that others can reach the variable at base from now on.
func (s *State) Escape(base Sym) { s.escaped[base] = struct{}{} }

// Escaped reports whether others can reach the variable at base.
func (s *State) Escaped(base Sym) bool {
	_, ok := s.escaped[base]
	return ok
}

// EscapedVars returns the variables that others can reach, in order.
func (s *State) EscapedVars() []Sym { return slices.Sorted(maps.Keys(s.escaped)) }

// Redefine prepares for a new run of the instruction that defines v: what was
// said of its last value is said of an old one from now on.
func (s *State) Redefine(v ssa.Value) {
	id := s.U.Of(v)
	old := s.U.intern(node{kind: Old, v: v})
	delete(s.val, id)
	if !s.mentioned(id) {
		return
	}
	s.forget(old)
	s.rename(id, old)
	if _, ok := s.escaped[id]; ok {
		delete(s.escaped, id)
		s.escaped[old] = struct{}{}
	}
}

// rename puts y in place of x in all that is said.
func (s *State) rename(x, y Sym) {
	s.val = renameMap(s, s.val, x, y, false)
	s.mem = renameMap(s, s.mem, x, y, true)
	s.ways = nil
	facts := make(map[Sym]Fact, len(s.facts))
	for k, f := range s.facts {
		facts[s.U.replace(k, x, y)] = f
	}
	s.facts = facts
}

func renameMap(s *State, m map[Sym]Sym, id, old Sym, keys bool) map[Sym]Sym {
	out := make(map[Sym]Sym, len(m))
	for k, x := range m {
		if keys {
			k = s.U.replace(k, id, old)
		}
		out[k] = s.U.replace(x, id, old)
	}
	return out
}

func (s *State) mentioned(id Sym) bool {
	for _, x := range s.val {
		if s.U.mentions(x, id) {
			return true
		}
	}
	for k, x := range s.mem {
		if s.U.mentions(k, id) || s.U.mentions(x, id) {
			return true
		}
	}
	for x := range s.facts {
		if s.U.mentions(x, id) {
			return true
		}
	}
	_, ok := s.escaped[id]
	return ok
}

// forget drops all that is said of x.
func (s *State) forget(x Sym) {
	maps.DeleteFunc(s.facts, func(k Sym, _ Fact) bool { return s.U.mentions(k, x) })
	s.unset(func(addr, _ Sym) bool { return s.U.mentions(addr, x) })
	delete(s.escaped, x)
}

// Drop forgets the values of fn that live does not accept, and the facts on
// values that nothing refers to any more.
func (s *State) Drop(fn *ssa.Function, live func(ssa.Value) bool) {
	dead := func(x Sym) bool {
		n := s.U.nodes[x]
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
	maps.DeleteFunc(s.val, func(k, _ Sym) bool { return dead(k) })
	if len(s.facts) == 0 {
		return
	}
	used := make(map[Sym]bool, len(s.val)+len(s.mem))
	for _, x := range s.val {
		used[x] = true
		if n := s.U.nodes[x]; n.kind == Plus {
			used[n.a] = true
		}
	}
	for _, x := range s.mem {
		used[x] = true
	}
	maps.DeleteFunc(s.facts, func(x Sym, _ Fact) bool {
		if used[x] {
			return false
		}
		n := s.U.nodes[x]
		switch n.kind {
		case Part:
			return true // its Extract, if alive, would refer to it
		case Value, Old:
			return dead(x)
		case Cmp:
			return dead(n.a) && !used[n.a] || dead(n.b) && !used[n.b]
		}
		return false
	})
}

// AppendKey appends bytes that are equal for equal states.
func (s *State) AppendKey(b []byte) []byte {
	b = appendMap(b, s.val)
	b = appendMap(b, s.mem)
	b = binary.AppendUvarint(b, uint64(len(s.facts)))
	for _, x := range slices.Sorted(maps.Keys(s.facts)) {
		f := s.facts[x]
		b = binary.AppendUvarint(b, uint64(x))
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
	b = binary.AppendUvarint(b, uint64(len(s.escaped)))
	for _, x := range s.EscapedVars() {
		b = binary.AppendUvarint(b, uint64(x))
	}
	return b
}

func appendMap(b []byte, m map[Sym]Sym) []byte {
	b = binary.AppendUvarint(b, uint64(len(m)))
	for _, k := range slices.Sorted(maps.Keys(m)) {
		b = binary.AppendUvarint(b, uint64(k))
		b = binary.AppendUvarint(b, uint64(m[k]))
	}
	return b
}
