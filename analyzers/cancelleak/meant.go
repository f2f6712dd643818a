package cancelleak

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/leaksummary"
)

// leftToLimit reports whether a deferred literal calls the function only if a variable
// says so, and the context ends at its time limit anyway: what goes on is to have that
// long.
func leftToLimit(a *leaksummary.Acquisition) bool {
	args := a.Call.Call.Args
	if len(args) < 2 || !isLimit(args[1].Type()) {
		return false
	}
	for _, b := range a.Call.Parent().Blocks {
		for _, instr := range b.Instrs {
			d, ok := instr.(*ssa.Defer)
			if !ok {
				continue
			}
			if mc, ok := d.Call.Value.(*ssa.MakeClosure); ok && callsIfTold(mc, a.Call) {
				return true
			}
		}
	}
	return false
}

// isLimit reports whether a type is a duration or a time.
func isLimit(t types.Type) bool {
	return leakapi.IsTime(t) || types.TypeString(t, nil) == "time.Duration"
}

// callsIfTold reports whether a literal calls a result of a call, and only under a
// condition that is a variable which it captures, too.
func callsIfTold(mc *ssa.MakeClosure, made *ssa.Call) bool {
	fn := mc.Fn.(*ssa.Function)
	for i, v := range mc.Bindings {
		if !holds(v, made) {
			continue
		}
		for _, ref := range *fn.FreeVars[i].Referrers() {
			load, ok := ref.(*ssa.UnOp)
			if ok && slices.ContainsFunc(*load.Referrers(), func(use ssa.Instruction) bool {
				call, ok := use.(*ssa.Call)
				return ok && call.Call.Value == ssa.Value(load) && told(call.Block())
			}) {
				return true
			}
		}
	}
	return false
}

// holds reports whether a result of a call is stored in a variable.
func holds(v ssa.Value, made *ssa.Call) bool {
	a, ok := v.(*ssa.Alloc)
	return ok && slices.ContainsFunc(*a.Referrers(), func(ref ssa.Instruction) bool {
		st, ok := ref.(*ssa.Store)
		if !ok || st.Addr != v {
			return false
		}
		ex, ok := st.Val.(*ssa.Extract)
		return ok && ex.Tuple == ssa.Value(made)
	})
}

// told reports whether a captured variable decides if a block is reached.
func told(b *ssa.BasicBlock) bool {
	for d := range leakssa.Decisions(b) {
		cond := d.Cond
		if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
			cond = not.X
		}
		if load, ok := cond.(*ssa.UnOp); ok && load.Op == token.MUL {
			if _, captured := load.X.(*ssa.FreeVar); captured {
				return true
			}
		}
	}
	return false
}
