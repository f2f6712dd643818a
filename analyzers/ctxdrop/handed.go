package ctxdrop

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakconfig"
)

// handedBack adds, in the audit tier, the context that a function makes anew for its
// caller, in what it returns beside a function that ends it: it is for the work at
// hand, which ends with the context at hand.
func (c *checker) handedBack(fn *ssa.Function, scopes []ctxflow.Scope) {
	if c.r.Config().Tier != leakconfig.Audit || !returnsEnd(fn.Signature) {
		return
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			ex, ok := instr.(*ssa.Extract)
			if !ok || !leakapi.IsContext(ex.Type()) || !handsBack(ex) {
				continue
			}
			derive, ok := ex.Tuple.(*ssa.Call)
			if !ok {
				continue
			}
			for _, arg := range derive.Call.Args {
				if !leakapi.IsContext(arg.Type()) {
					continue
				}
				if o := c.flow.Origin(arg); o.Kind == ctxflow.Fresh {
					c.add(&drop{kind: forCaller, call: derive, fresh: o.Value, tier: leakconfig.Audit}, o.Value, fn, scopes)
				}
			}
		}
	}
}

// returnsEnd reports whether a function returns one that takes and returns nothing, such
// as a cancel function, beside something else.
func returnsEnd(sig *types.Signature) bool {
	for v := range sig.Results().Variables() {
		if f, ok := v.Type().Underlying().(*types.Signature); ok && f.Params().Len() == 0 && f.Results().Len() == 0 {
			return sig.Results().Len() > 1
		}
	}
	return false
}

// handsBack reports whether a function returns a value, or a struct that it makes with
// the value in it.
func handsBack(v ssa.Value) bool {
	return slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
		switch ref := ref.(type) {
		case *ssa.Return:
			return true
		case *ssa.Store:
			switch at := ref.Addr.(type) {
			case *ssa.FieldAddr:
				made, ok := at.X.(*ssa.Alloc)
				return ok && slices.ContainsFunc(*made.Referrers(), func(use ssa.Instruction) bool {
					switch use := use.(type) {
					case *ssa.Return:
						return true
					case *ssa.Store: // a variable that a literal captures holds it
						cell, ok := use.Addr.(*ssa.Alloc)
						return ok && use.Val == ssa.Value(made) && loadIsReturned(cell)
					}
					return false
				})
			case *ssa.Alloc:
				return loadIsReturned(at)
			}
		}
		return false
	})
}

func loadIsReturned(cell *ssa.Alloc) bool {
	return slices.ContainsFunc(*cell.Referrers(), func(use ssa.Instruction) bool {
		load, ok := use.(*ssa.UnOp)
		return ok && slices.ContainsFunc(*load.Referrers(), func(ref ssa.Instruction) bool { _, ok := ref.(*ssa.Return); return ok })
	})
}
