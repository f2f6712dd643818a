package pathcond

import "golang.org/x/tools/go/ssa"

// dropVariables forgets the variables of fn to which nothing refers any more, as the
// lists that calls get their arguments in: what they hold only multiplies paths. Those
// that lead to the resource stay, since that is lost with them.
func (s *State) dropVariables(fn *ssa.Function, live func(ssa.Value) bool) {
	if len(s.mem.entries) == 0 && len(s.escaped.entries) == 0 {
		return
	}
	passing := s.U.shapes.of(fn).passingIn(fn)
	var gone []Sym
	note := func(x Sym) {
		root := s.U.Root(x)
		v, ok := s.U.nodes[root].v.(*ssa.Alloc)
		if !ok || len(gone) > 0 && gone[len(gone)-1] == root {
			return
		}
		if passing[v] && (s.U.nodes[root].kind == Old || !live(v)) {
			gone = append(gone, root)
		}
	}
	for _, e := range s.mem.entries {
		note(e.key)
	}
	for _, e := range s.escaped.entries {
		note(e.key)
	}
	for _, x := range gone {
		if !s.refersTo(x) {
			s.forget(x)
		}
	}
}

// refersTo reports whether a value or another variable refers to the variable at base, or
// this leads to the resource.
func (s *State) refersTo(base Sym) bool {
	for _, e := range s.val.entries {
		if s.U.mentions(e.value, base) {
			return true
		}
	}
	for _, e := range s.mem.entries {
		if s.U.Root(e.key) != base {
			if s.U.mentions(e.value, base) || s.U.mentions(e.key, base) {
				return true
			}
		} else if s.Reaches(e.value) {
			return true
		}
	}
	return false
}

// passingIn returns the variables of fn that no function literal, deferred call or
// goroutine has hold of: they end with the last use of their address.
func (sh *shape) passingIn(fn *ssa.Function) map[*ssa.Alloc]bool {
	if sh.passing == nil {
		sh.passing = map[*ssa.Alloc]bool{}
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if v, ok := instr.(*ssa.Alloc); ok && passes(v, 0) {
					sh.passing[v] = true
				}
			}
		}
	}
	return sh.passing
}

// passes reports whether an address is only loaded from, stored to and given to calls.
func passes(addr ssa.Value, depth int) bool {
	if depth > 4 {
		return false
	}
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef, *ssa.Call:
		case *ssa.Store:
			if ref.Val == addr {
				return false
			}
		case *ssa.UnOp:
		case *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Slice, *ssa.MakeInterface, *ssa.ChangeInterface:
			if !passes(ref.(ssa.Value), depth+1) {
				return false
			}
		default:
			return false
		}
	}
	return true
}
