package growth

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/origin"
)

// Local reports whether a container is a function's own variable.
func (c *Container) Local() bool {
	return !c.Var.IsField() && c.Var.Parent() != c.Var.Pkg().Scope()
}

// isAt reports whether an address is that of a variable, which literals may capture.
func isAt(addr ssa.Value, v *types.Var) bool {
	switch addr.(type) {
	case *ssa.Alloc, *ssa.FreeVar:
		return v.Pos().IsValid() && addr.Pos() == v.Pos()
	}
	return v != nil && origin.VarAt(addr) == v
}

// made reports whether a local container is made once, where it is declared, and not
// for a request or a connection.
func (t *Tracer) made(c *Container) bool {
	if c.in == nil || len(c.Sets) > 1 || len(c.Sets) == 1 && c.Sets[0].Parent() != c.in.Parent() {
		return false
	}
	return !t.comes(c.in.Parent(), t.eff.Serves, 0) && !t.accepting(c.in, 0)
}

// server returns the literal that serves requests and puts something into a local
// container, itself or by a literal beside it which it calls, or nil: fn is where that
// happens.
func (t *Tracer) server(c *Container, fn *ssa.Function, depth int) *ssa.Function {
	for f := fn; f != nil && f != c.in.Parent(); f = f.Parent() {
		if t.eff.Serves(f) && !t.eff.RunsNow(f) {
			return f
		}
		if depth == maxDepth {
			continue
		}
		for _, call := range callsOf(f) {
			if lit := t.server(c, call.Parent(), depth+1); lit != nil {
				return lit
			}
		}
	}
	return nil
}

// callsOf returns the calls of a literal by the variable that holds it.
func callsOf(lit *ssa.Function) (calls []ssa.CallInstruction) {
	var cell func(ssa.Value)
	value := func(v ssa.Value) {
		for _, ref := range *v.Referrers() {
			switch ref := ref.(type) {
			case ssa.CallInstruction:
				if ref.Common().Value == v {
					calls = append(calls, ref)
				}
			case *ssa.Store:
				if a, ok := ref.Addr.(*ssa.Alloc); ok && ref.Val == v && len(storesTo(a)) == 1 {
					cell(a)
				}
			}
		}
	}
	cell = func(addr ssa.Value) {
		for _, ref := range *addr.Referrers() {
			switch ref := ref.(type) {
			case *ssa.UnOp:
				value(ref)
			case *ssa.MakeClosure:
				if i := slices.Index(ref.Bindings, addr); i >= 0 {
					cell(ref.Fn.(*ssa.Function).FreeVars[i])
				}
			}
		}
	}
	for _, b := range lit.Parent().Blocks {
		for _, instr := range b.Instrs {
			if mc, ok := instr.(*ssa.MakeClosure); ok && mc.Fn == ssa.Value(lit) {
				value(mc)
			}
		}
	}
	return calls
}
