package ctxflow

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// OverAtReturn reports whether the context that a call gets is over when the function
// around the call has returned: a deferred call ends it, or it is that of a request
// which the function serves.
func (t *Tracer) OverAtReturn(call *ssa.Call) bool {
	for _, b := range t.eff.Blocks(call.Common()) {
		if b.Ctx < 0 {
			continue
		}
		if arg := argument(call.Common(), b.Ctx); arg != nil && t.over(arg, call, map[ssa.Value]bool{}) {
			return true
		}
	}
	return false
}

// over goes from v, which is or carries a context, back to what it derives from.
func (t *Tracer) over(v ssa.Value, call *ssa.Call, seen map[ssa.Value]bool) bool {
	if seen[v] {
		return true // what leads back here adds nothing
	}
	seen[v] = true
	switch v := v.(type) {
	case *ssa.Parameter:
		return serves(v)
	case *ssa.Phi:
		return !slices.ContainsFunc(v.Edges, func(e ssa.Value) bool { return !t.over(e, call, seen) })
	case *ssa.MakeInterface:
		return t.over(v.X, call, seen)
	case *ssa.ChangeInterface:
		return t.over(v.X, call, seen)
	case *ssa.UnOp:
		if a, ok := v.X.(*ssa.Alloc); ok && v.Op == token.MUL {
			vals, known := t.cell(a)
			return known && len(vals) > 0 && !slices.ContainsFunc(vals, func(e ssa.Value) bool { return !t.over(e, call, seen) })
		}
	case *ssa.Call:
		return t.resultOver(v, 0, call, seen)
	case *ssa.Extract:
		if made, ok := v.Tuple.(*ssa.Call); ok {
			return t.resultOver(made, v.Index, call, seen)
		}
	}
	return false
}

func (t *Tracer) resultOver(made *ssa.Call, i int, call *ssa.Call, seen map[ssa.Value]bool) bool {
	c, ok := t.eff.Context(made.Common(), i)
	if !ok {
		return false
	}
	if made.Parent() == call.Parent() && made.Block().Dominates(call.Block()) && endsDeferred(made, call) {
		return true
	}
	if c.From != leakapi.FromArg {
		return false
	}
	arg := argument(made.Common(), c.Arg)
	return arg != nil && t.over(arg, call, seen)
}

// endsDeferred reports whether a function that made returns beside a context is called
// by a defer that comes before call.
func endsDeferred(made, call *ssa.Call) bool {
	return cancels(made.Call.Signature()) && slices.ContainsFunc(enders(made), func(end *ssa.Extract) bool { return deferred(end, call) })
}

// deferred reports whether a defer that comes before call calls fn, or a literal which
// does.
func deferred(fn ssa.Value, call *ssa.Call) bool {
	for _, ref := range *fn.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Defer:
			if ref.Call.Value == fn && ref.Block().Dominates(call.Block()) {
				return true
			}
		case *ssa.Store:
			if cell, ok := ref.Addr.(*ssa.Alloc); ok && len(stores(cell)) == 1 && cellDeferred(cell, call) {
				return true
			}
		}
	}
	return false
}

// cellDeferred is deferred for the function that a variable holds.
func cellDeferred(cell *ssa.Alloc, call *ssa.Call) bool {
	for _, ref := range *cell.Referrers() {
		switch ref := ref.(type) {
		case *ssa.UnOp:
			if deferred(ref, call) {
				return true
			}
		case *ssa.MakeClosure:
			for i, b := range ref.Bindings {
				if b == ssa.Value(cell) && calledFirst(ref.Fn.(*ssa.Function).FreeVars[i]) && deferred(ref, call) {
					return true
				}
			}
		}
	}
	return false
}

// calledFirst reports whether a literal surely calls the function in a variable that it
// captures.
func calledFirst(v *ssa.FreeVar) bool {
	for _, ref := range *v.Referrers() {
		load, ok := ref.(*ssa.UnOp)
		if !ok {
			continue
		}
		for _, use := range *load.Referrers() {
			if c, ok := use.(*ssa.Call); ok && c.Call.Value == ssa.Value(load) && c.Block().Index == 0 {
				return true
			}
		}
	}
	return false
}

// serves reports whether a parameter is the request that its function answers: the
// server ends it then.
func serves(p *ssa.Parameter) bool {
	return leakapi.IsRequest(p.Type()) && slices.ContainsFunc(p.Parent().Params, func(p *ssa.Parameter) bool { return leakapi.IsResponseWriter(p.Type()) })
}
