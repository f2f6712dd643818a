package leaksummary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/obligation"
)

// EndsAlone reports whether a context that an acquisition makes most likely needs no
// cancelling when the function around the call returns: its parent ends then, too,
// since it is a request's; or there is no parent and no time limit that holds it,
// and no goroutine of the function waits for it.
func (r *Result) EndsAlone(a *Acquisition) bool {
	call := a.Call
	for _, arg := range call.Call.Args {
		if !leakapi.IsContext(arg.Type()) {
			continue
		}
		o := r.s.flows.tracer.Origin(arg)
		if o.Kind == ctxflow.Fresh || o.Kind == ctxflow.Detached {
			return len(call.Call.Args) == 1 && !goesOnWith(a)
		}
		return ofRequest(arg)
	}
	return false
}

// ofRequest reports whether a context is asked of a parameter, which has it for as
// long as the function runs.
func ofRequest(ctx ssa.Value) bool {
	call, ok := ctx.(*ssa.Call)
	if !ok {
		return false
	}
	args := call.Call.Args
	of := call.Call.Value
	if !call.Call.IsInvoke() {
		if len(args) == 0 {
			return false
		}
		of = args[0]
	}
	if load, ok := of.(*ssa.UnOp); ok {
		if a, ok := load.X.(*ssa.Alloc); ok {
			of = initial(a)
		}
	}
	_, ok = of.(*ssa.Parameter)
	return ok
}

// goesOnWith reports whether the function starts a goroutine with what a call makes, on
// a way to where it is left open.
func goesOnWith(a *Acquisition) bool {
	call := a.Call
	var left []*ssa.BasicBlock
	for _, x := range a.Result.Exits {
		if x.Fate == obligation.Open && x.Instr.Parent() == call.Parent() {
			left = append(left, x.Instr.Block())
		}
	}
	leads := leakssa.LeadTo(left...)
	for _, b := range call.Parent().Blocks {
		if !leads[b] {
			continue
		}
		for _, instr := range b.Instrs {
			g, ok := instr.(*ssa.Go)
			if !ok {
				continue
			}
			values := slices.Clone(g.Call.Args)
			if mc, ok := g.Call.Value.(*ssa.MakeClosure); ok {
				values = append(values, mc.Bindings...)
			}
			if slices.ContainsFunc(values, func(v ssa.Value) bool { return dependsOn(v, call) }) {
				return true
			}
		}
	}
	return false
}

// ChildOfOwn reports whether the context that a call derives another from is made
// in the same function, or one around it, with a cancel function of its own.
func (r *Result) ChildOfOwn(call *ssa.Call) bool {
	for _, arg := range call.Call.Args {
		if leakapi.IsContext(arg.Type()) {
			seen := map[ssa.Value]bool{}
			for _, ref := range *call.Referrers() {
				if ex, ok := ref.(*ssa.Extract); ok {
					seen[ex] = true // a variable that it replaces is no parent
				}
			}
			return r.s.madeWithCancel(arg, seen)
		}
	}
	return false
}

func (s *summarizer) madeWithCancel(v ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[v] || len(seen) > maxTrace {
		return false
	}
	seen[v] = true
	any := func(values ...ssa.Value) bool {
		return slices.ContainsFunc(values, func(x ssa.Value) bool { return s.madeWithCancel(x, seen) })
	}
	switch v := v.(type) {
	case *ssa.Extract:
		call, ok := v.Tuple.(*ssa.Call)
		if !ok {
			return false
		}
		return slices.ContainsFunc(s.acquires(call), func(a *Acquisition) bool { return a.Class.Calls() }) || any(call.Call.Args...)
	case *ssa.Call:
		return leakapi.IsContext(v.Type()) && any(v.Call.Args...)
	case *ssa.Phi:
		return any(v.Edges...)
	case *ssa.FreeVar:
		if b := binding(v); b != nil {
			return any(b)
		}
	case *ssa.UnOp:
		return any(v.X)
	case *ssa.Alloc:
		for _, ref := range *v.Referrers() {
			if st, ok := ref.(*ssa.Store); ok && st.Addr == ssa.Value(v) && any(st.Val) {
				return true
			}
		}
	}
	return false
}
