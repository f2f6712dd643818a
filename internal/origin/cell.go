package origin

import (
	"golang.org/x/tools/go/ssa"
)

// cell traces what a variable holds at a load.
func (w *walker) cell(a *ssa.Alloc, load *ssa.UnOp) Origin {
	if a.Parent() != load.Parent() {
		return unknown
	}
	return w.reaching(a, load.Block(), index(load), false)
}

// reaching joins what the stores hold that can be the last before instruction i
// of block b, or any store after it too.
func (w *walker) reaching(a *ssa.Alloc, b *ssa.BasicBlock, i int, later bool) Origin {
	if o, ok := w.filled(a); ok {
		return o
	}
	for _, ref := range *a.Referrers() {
		switch ref.(type) {
		case *ssa.FieldAddr, *ssa.IndexAddr:
			return w.content(a, b)
		}
	}
	o := Origin{}
	if later {
		// The last stores are those that reach the function's ends.
		for _, end := range a.Parent().Blocks {
			if len(end.Succs) == 0 && reachable(b, end) {
				o = join(o, w.backward(a, end, len(end.Instrs), map[*ssa.BasicBlock]bool{}))
			}
		}
	} else {
		o = w.backward(a, b, i, map[*ssa.BasicBlock]bool{})
	}
	// What literals store may come at any time.
	for _, s := range literalStores(a) {
		o = join(o, w.trace(s.Val, s.Block()))
	}
	return o
}

// backward joins the stores that reach instruction i of block b.
func (w *walker) backward(a *ssa.Alloc, b *ssa.BasicBlock, i int, seen map[*ssa.BasicBlock]bool) Origin {
	if w.blocks++; w.blocks > maxBlocks || w.steps > maxSteps {
		return unknown
	}
	for i--; i >= 0; i-- {
		if s, ok := b.Instrs[i].(*ssa.Store); ok && s.Addr == a {
			return w.trace(s.Val, b)
		}
		if b.Instrs[i] == ssa.Instruction(a) {
			return Origin{} // its zero value
		}
	}
	if seen[b] {
		return Origin{}
	}
	seen[b] = true
	o := Origin{}
	for _, p := range b.Preds {
		bound := w.t.edgeBounds(p, b, subject{cell: a})
		if v := onlyVarying(a); v != nil && bound == no {
			bound = w.t.edgeBounds(p, b, sameAs(v)) // under the name that it had before
		}
		switch bound {
		case yes:
		case maybe:
			o = join(o, unknown)
		default:
			o = join(o, w.backward(a, p, len(p.Instrs), seen))
		}
	}
	return o
}

// onlyVarying returns what is stored in a variable besides constants, if that is
// one value.
func onlyVarying(a *ssa.Alloc) ssa.Value {
	var found ssa.Value
	for _, s := range storesTo(a) {
		if _, isConst := s.Val.(*ssa.Const); isConst {
			continue
		}
		if found != nil {
			return nil
		}
		found = s.Val
	}
	return found
}

// literalStores returns the stores to a captured variable in the literals that
// capture it.
func literalStores(a *ssa.Alloc) []*ssa.Store {
	var found []*ssa.Store
	for _, ref := range *a.Referrers() {
		mc, ok := ref.(*ssa.MakeClosure)
		if !ok {
			continue
		}
		lit := mc.Fn.(*ssa.Function)
		for i, bound := range mc.Bindings {
			if bound == ssa.Value(a) && i < len(lit.FreeVars) {
				found = append(found, storesTo(lit.FreeVars[i])...)
			}
		}
	}
	return found
}

// reachable reports whether control can pass from one block to another.
func reachable(from, to *ssa.BasicBlock) bool {
	seen := map[*ssa.BasicBlock]bool{}
	work := []*ssa.BasicBlock{from}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if b == to {
			return true
		}
		if !seen[b] {
			seen[b] = true
			work = append(work, b.Succs...)
		}
	}
	return false
}

// captured traces a variable of the function around, as it is when the literal
// runs: whatever was stored before the literal was made or after.
func (w *walker) captured(fv *ssa.FreeVar) Origin {
	b := binding(fv)
	switch b := b.(type) {
	case *ssa.Alloc:
		mc := closure(fv.Parent())
		if mc == nil {
			return unknown
		}
		later := runsLater(mc)
		if calls := *mc.Referrers(); !later && len(calls) == 1 {
			return w.reaching(b, calls[0].Block(), index(calls[0]), false)
		}
		return w.reaching(b, mc.Block(), len(mc.Block().Instrs), later)
	case *ssa.FreeVar:
		return w.captured(b)
	}
	return unknown
}

// closure returns what makes a literal, or nil.
func closure(fn *ssa.Function) *ssa.MakeClosure {
	if fn.Parent() == nil {
		return nil
	}
	for _, b := range fn.Parent().Blocks {
		for _, instr := range b.Instrs {
			if mc, ok := instr.(*ssa.MakeClosure); ok && mc.Fn == fn {
				return mc
			}
		}
	}
	return nil
}

// runsLater reports whether a literal can run after what follows it.
func runsLater(mc *ssa.MakeClosure) bool {
	for _, ref := range *mc.Referrers() {
		if call, ok := ref.(*ssa.Call); !ok || call.Call.Value != mc {
			return true
		}
	}
	return false
}
