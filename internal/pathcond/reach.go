package pathcond

import (
	"golang.org/x/tools/go/ssa"
)

// Path leads from a value to the resource: one byte a step.
type Path string

// Steps that are no field index.
const (
	StepDeref   = 0xFE // through a pointer
	StepElement = 0xFC // an element whose index is not constant
	StepCall    = 0xFB // by calling it
	maxStep     = 0xF0
)

// Reaches reports whether the resource can be reached from x.
func (s *State) Reaches(x Sym) bool {
	_, ok := s.PathFrom(x)
	return ok
}

// PathFrom returns the way from x to the resource.
func (s *State) PathFrom(x Sym) (Path, bool) {
	if x == s.U.Resource() {
		return "", true
	}
	p, ok := s.paths()[x]
	return p, ok
}

// paths returns, for every symbol from which the resource can be reached, the
// first way found.
func (s *State) paths() map[Sym]Path {
	if s.ways == nil {
		s.ways = s.findPaths()
	}
	return s.ways
}

func (s *State) findPaths() map[Sym]Path {
	found := map[Sym]Path{s.U.Resource(): ""}
	for range 4 { // nesting deeper than that is not followed
		grew := false
		for _, e := range s.mem.entries {
			addr := e.key
			p, ok := found[e.value]
			if !ok {
				continue
			}
			if s.U.nodes[addr].kind == Part {
				continue // a result that is not yet extracted
			}
			if s.U.nodes[addr].kind != Addr {
				p = one(StepDeref) + p
			}
			for a := addr; ; a = s.U.nodes[a].a {
				if a != addr || s.U.nodes[a].kind != Addr {
					if _, have := found[a]; !have {
						found[a] = p
						grew = true
					}
				}
				if s.U.nodes[a].kind != Addr {
					break
				}
				if a == addr {
					if _, have := found[a]; !have {
						found[a] = one(StepDeref) + p
						grew = true
					}
				}
				p = one(step(int(s.U.nodes[a].i))) + p
			}
		}
		if !grew {
			break
		}
	}
	return found
}

// one returns the path of a single step.
func one(b byte) Path { return Path([]byte{b}) }

func step(i int) byte {
	if i == Element || i >= maxStep {
		return StepElement
	}
	return byte(i)
}

// Held reports whether the resource can still be reached from a value that
// live accepts, or from a variable.
func (s *State) Held(live func(ssa.Value) bool) bool {
	found := s.paths()
	for _, e := range s.val.entries {
		if _, ok := found[e.value]; ok && live(s.U.SSA(e.key)) {
			return true
		}
	}
	for _, e := range s.mem.entries {
		if root := s.U.Root(e.key); s.U.nodes[root].kind == Value && s.U.Local(root) {
			if _, ok := found[e.value]; ok {
				return true
			}
		}
	}
	return false
}

// Home returns the address of the only variable or field that holds the resource, or 0.
func (s *State) Home() Sym {
	var home Sym
	for _, e := range s.mem.entries {
		if e.value != s.U.Resource() || s.U.nodes[e.key].kind == Part {
			continue
		}
		if home != 0 {
			return 0
		}
		home = e.key
	}
	return home
}

// Link makes the resource reachable from x by path. Whether a step leads
// through a pointer or into a nested struct is not recorded in a path, so both
// ways are linked; only one of them is ever walked.
func (s *State) Link(x Sym, path Path) {
	if path == "" {
		return
	}
	addr := x
	if b := path[0]; b == StepElement {
		addr = s.U.AddrOf(x, Element)
	} else if b != StepDeref {
		addr = s.U.AddrOf(x, int(b))
	}
	if addr == 0 {
		return
	}
	if len(path) == 1 {
		s.set(addr, s.U.Resource())
		return
	}
	next := s.mem.at(addr)
	if next == 0 {
		next = s.U.intern(node{kind: Init, a: addr})
		s.set(addr, next)
	}
	s.SetNil(next, false) // else it would not lead there
	s.Link(next, path[1:])
	if addr != x {
		s.Link(addr, path[1:])
	}
}

// FieldBounds returns the least and greatest value of the integer that x leads
// to by path.
func (s *State) FieldBounds(x Sym, path Path) (lo, hi int64) {
	return s.Bounds(s.field(x, path))
}

// FieldNil reports whether the field that path leads to from x is nil.
func (s *State) FieldNil(x Sym, path Path) Truth { return s.Nil(s.field(x, path)) }

func (s *State) field(x Sym, path Path) Sym {
	for i := range len(path) {
		addr := s.U.AddrOf(x, int(path[i]))
		if addr == 0 {
			break
		}
		next, ok := s.mem.get(addr)
		if !ok {
			next = s.U.intern(node{kind: Init, a: addr})
		}
		x = next
	}
	return x
}
