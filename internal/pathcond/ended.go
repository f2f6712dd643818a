package pathcond

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
)

// HasEnded reports whether a call asks why a context has ended that is known to have:
// what it returns is not nil.
func HasEnded(call *ssa.Call) bool {
	ctx := asked(call)
	return ctx != nil && seenEnd(call, ctx)
}

// SaysEnd reports whether a call asks why a context has ended only to return that: it
// most likely has.
func SaysEnd(call *ssa.Call) bool { return asked(call) != nil && onlyReturned(call) }

// asked returns the context that a call asks why it has ended, or nil.
func asked(call *ssa.Call) ssa.Value {
	c := call.Common()
	if c.IsInvoke() {
		if c.Method.Name() == "Err" && leakapi.IsContext(c.Value.Type()) {
			return c.Value
		}
		return nil
	}
	fn := c.StaticCallee()
	if fn == nil || fn.Name() != "Cause" || fn.Pkg == nil || fn.Pkg.Pkg.Path() != "context" || len(c.Args) != 1 {
		return nil
	}
	return c.Args[0]
}

// onlyReturned reports whether all that becomes of an answer is to be returned.
func onlyReturned(call *ssa.Call) bool {
	for _, ref := range *call.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Return, *ssa.DebugRef:
		case *ssa.Store:
			if a, ok := ref.Addr.(*ssa.Alloc); !ok || !isResult(a) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// isResult reports whether a variable is one of its function's named results.
func isResult(a *ssa.Alloc) bool {
	for _, ref := range *a.Referrers() {
		load, ok := ref.(*ssa.UnOp)
		if !ok || load.Op != token.MUL {
			continue
		}
		if slices.ContainsFunc(*load.Referrers(), func(r ssa.Instruction) bool { _, ok := r.(*ssa.Return); return ok }) {
			return true
		}
	}
	return false
}

// seenEnd reports whether every way to a call has seen the context end.
func seenEnd(call *ssa.Call, ctx ssa.Value) bool {
	for b := call.Block(); b != nil; b = b.Idom() {
		for _, instr := range b.Instrs {
			if instr == ssa.Instruction(call) {
				break
			}
			if recv, ok := instr.(*ssa.UnOp); ok && recv.Op == token.ARROW && isDone(recv.X, ctx) {
				return true
			}
		}
		if len(b.Preds) != 1 {
			continue
		}
		from := b.Preds[0]
		if last, ok := from.Instrs[len(from.Instrs)-1].(*ssa.If); ok && tellsEnd(last.Cond, ctx, b == from.Succs[0]) {
			return true
		}
	}
	return false
}

// tellsEnd reports whether a condition that has this outcome shows that ctx has ended.
func tellsEnd(cond ssa.Value, ctx ssa.Value, outcome bool) bool {
	cmp, ok := cond.(*ssa.BinOp)
	if !ok || cmp.Op != token.EQL && cmp.Op != token.NEQ {
		return false
	}
	equal := outcome == (cmp.Op == token.EQL)
	if sel, i, ok := leakssa.SelectCase(cmp); ok {
		return equal && sel.States[i].Dir == types.RecvOnly && isDone(sel.States[i].Chan, ctx)
	}
	call, ok := cmp.X.(*ssa.Call)
	k, isConst := cmp.Y.(*ssa.Const)
	if !ok || !isConst || !k.IsNil() {
		return false
	}
	of := asked(call)
	return !equal && of != nil && readsSame(of, ctx, 0)
}

// isDone reports whether a channel is closed when ctx ends.
func isDone(ch, ctx ssa.Value) bool {
	call, ok := ch.(*ssa.Call)
	if !ok {
		return false
	}
	c := call.Common()
	return c.IsInvoke() && c.Method.Name() == "Done" && leakapi.IsContext(c.Value.Type()) && readsSame(c.Value, ctx, 0)
}

// readsSame reports whether two values are one, or are read from one place.
func readsSame(x, y ssa.Value, depth int) bool {
	if x == y {
		return true
	}
	if depth > 4 {
		return false
	}
	switch x := x.(type) {
	case *ssa.UnOp:
		y, ok := y.(*ssa.UnOp)
		return ok && x.Op == token.MUL && y.Op == token.MUL && readsSame(x.X, y.X, depth+1)
	case *ssa.FieldAddr:
		y, ok := y.(*ssa.FieldAddr)
		return ok && x.Field == y.Field && readsSame(x.X, y.X, depth+1)
	case *ssa.Call: // r.Context()
		y, ok := y.(*ssa.Call)
		if !ok {
			return false
		}
		c, d := x.Common(), y.Common()
		if c.IsInvoke() != d.IsInvoke() || c.Method != d.Method || len(c.Args) != len(d.Args) {
			return false
		}
		if c.IsInvoke() {
			return len(c.Args) == 0 && readsSame(c.Value, d.Value, depth+1)
		}
		return c.StaticCallee() != nil && c.StaticCallee() == d.StaticCallee() && len(c.Args) == 1 && readsSame(c.Args[0], d.Args[0], depth+1)
	}
	return false
}
