package pathcond

import "golang.org/x/tools/go/ssa"

// Shapes remembers what of functions is the same for all paths.
type Shapes struct{ byFunc map[*ssa.Function]*shape }

type shape struct {
	size     int                        // instructions, those of function literals within it included
	bindings map[*ssa.FreeVar]ssa.Value // what free variables of function literals within it stand for
	assigned map[*ssa.Global]bool       // package-level variables that it sets
	updates  bool                       // it changes maps
	loops    []bool                     // by block; nil until it is asked for
	live     *liveness                  // likewise
	passing  map[*ssa.Alloc]bool        // likewise
}

// NewShapes returns shapes of no functions yet.
func NewShapes() *Shapes { return &Shapes{byFunc: map[*ssa.Function]*shape{}} }

// of returns the shape of fn.
func (s *Shapes) of(fn *ssa.Function) *shape {
	sh := s.byFunc[fn]
	if sh == nil {
		sh = &shape{bindings: map[*ssa.FreeVar]ssa.Value{}, assigned: map[*ssa.Global]bool{}}
		sh.bind(fn)
		s.byFunc[fn] = sh
	}
	return sh
}

// Size returns how many instructions a function has, with the function literals within
// it.
func (s *Shapes) Size(fn *ssa.Function) int { return s.of(fn).size }

// bind records what the free variables of fn's closures stand for, and which
// package-level variables it sets.
func (sh *shape) bind(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		sh.size += len(b.Instrs)
		for _, instr := range b.Instrs {
			if st, ok := instr.(*ssa.Store); ok {
				if g, ok := st.Addr.(*ssa.Global); ok {
					sh.assigned[g] = true
				}
			}
			switch instr := instr.(type) {
			case *ssa.MapUpdate:
				sh.updates = true
			case ssa.CallInstruction:
				if b, ok := instr.Common().Value.(*ssa.Builtin); ok && (b.Name() == "delete" || b.Name() == "clear") {
					sh.updates = true
				}
			}
			mc, ok := instr.(*ssa.MakeClosure)
			if !ok {
				continue
			}
			inner := mc.Fn.(*ssa.Function)
			for i, fv := range inner.FreeVars {
				if sh.bindings[fv] == nil {
					sh.bindings[fv] = mc.Bindings[i]
				}
			}
			sh.bind(inner)
		}
	}
}

// InLoop reports whether control can come back to b within its function.
func (u *Universe) InLoop(b *ssa.BasicBlock) bool {
	sh := u.shapes.of(b.Parent())
	if sh.loops == nil {
		sh.loops = cyclic(b.Parent())
	}
	return sh.loops[b.Index]
}

// LiveIn reports whether v is needed at the start of b, or is a phi of b.
func (u *Universe) LiveIn(b *ssa.BasicBlock, v ssa.Value) bool {
	sh := u.shapes.of(b.Parent())
	if sh.live == nil {
		sh.live = liveValues(b.Parent())
	}
	return sh.live.at(b, v)
}
