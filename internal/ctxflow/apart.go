package ctxflow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// enriched reports whether a call that returns a context gives a fresh one
// something that comes from a context: it is cut off from that one on purpose.
func (t *Tracer) enriched(call *ssa.Call, result int, ctx ssa.Value) bool {
	if res := call.Call.Signature().Results(); result >= res.Len() || !leakapi.IsContext(res.At(result).Type()) {
		return false
	}
	for _, arg := range call.Call.Args {
		if arg != ctx && t.fromContext(arg, map[ssa.Value]bool{}) {
			return true
		}
	}
	return false
}

// maxDepth bounds how far values are traced through expressions.
const maxDepth = 4

// fromContext reports whether v is computed from a parameter that is or offers
// a context.
func (t *Tracer) fromContext(v ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[v] || len(seen) > maxSteps {
		return false
	}
	seen[v] = true
	switch v := v.(type) {
	case *ssa.Parameter:
		return leakapi.IsContext(v.Type())
	case *ssa.Call:
		if v.Call.IsInvoke() && (t.ofRequest(v.Call.Value) || t.fromContext(v.Call.Value, seen)) {
			return true
		}
		for _, arg := range v.Call.Args {
			if t.ofRequest(arg) || t.fromContext(arg, seen) {
				return true
			}
		}
	case *ssa.Extract:
		return t.fromContext(v.Tuple, seen)
	case *ssa.TypeAssert:
		return t.fromContext(v.X, seen)
	case *ssa.MakeInterface:
		return t.fromContext(v.X, seen)
	case *ssa.ChangeInterface:
		return t.fromContext(v.X, seen)
	case *ssa.UnOp:
		return t.fromContext(v.X, seen)
	case *ssa.FieldAddr:
		return t.fromContext(v.X, seen)
	case *ssa.Phi:
		for _, e := range v.Edges {
			if t.fromContext(e, seen) {
				return true
			}
		}
	case *ssa.Alloc:
		for _, s := range stores(v) {
			if t.fromContext(s, seen) {
				return true
			}
		}
	}
	return false
}

// ofRequest reports whether v is, or is a part of, a parameter that offers a context: what
// a call makes of it may come from that. The request itself tells nothing.
func (t *Tracer) ofRequest(v ssa.Value) bool {
	for {
		switch x := v.(type) {
		case *ssa.Parameter:
			return !leakapi.IsContext(x.Type()) && t.eff.Offer(x.Type()) != nil
		case *ssa.UnOp:
			v = x.X
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.Alloc:
			all := stores(x)
			if len(all) != 1 {
				return false
			}
			v = all[0]
		default:
			return false
		}
	}
}

// regiven reports whether something else gives a context to what a call
// returns: builders change their receiver.
func (t *Tracer) regiven(call *ssa.Call, result int) bool {
	var v ssa.Value = call
	if call.Call.Signature().Results().Len() > 1 {
		v = nil
		for _, ref := range *call.Referrers() {
			if ex, ok := ref.(*ssa.Extract); ok && ex.Index == result {
				v = ex
			}
		}
	}
	if v == nil || leakapi.IsContext(v.Type()) {
		return false
	}
	for _, ref := range *v.Referrers() {
		if f, ok := ref.(*ssa.FieldAddr); ok && endsIt(f) {
			return true
		}
		other, ok := ref.(*ssa.Call)
		if !ok {
			continue
		}
		if into, ok := t.eff.Into(other.Common()); ok && argument(other.Common(), into) == v {
			return true
		}
		if c, ok := t.eff.Context(other.Common(), 0); ok && c.From == leakapi.FromArg &&
			argument(other.Common(), 0) == v && c.Arg != 0 {
			return true
		}
	}
	return false
}

// endsIt reports whether a field is set to a channel that says when to end, as in
// Cancel of a request.
func endsIt(f *ssa.FieldAddr) bool {
	ch, ok := f.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Chan)
	return ok && ch.Dir() == types.RecvOnly && slices.ContainsFunc(*f.Referrers(), func(ref ssa.Instruction) bool {
		st, ok := ref.(*ssa.Store)
		return ok && st.Addr == ssa.Value(f) && !isNil(st.Val)
	})
}

// enders returns the functions among the results of a call, which end what it returns.
func enders(call *ssa.Call) []*ssa.Extract {
	var found []*ssa.Extract
	for _, ref := range *call.Referrers() {
		if ex, ok := ref.(*ssa.Extract); ok {
			if _, isFunc := ex.Type().Underlying().(*types.Signature); isFunc {
				found = append(found, ex)
			}
		}
	}
	return found
}

// managed reports whether the function that ends what a call returns is handed
// on, so that something else decides when it ends.
func managed(call *ssa.Call) bool {
	for _, ex := range enders(call) {
		for _, use := range *ex.Referrers() {
			switch use := use.(type) {
			case *ssa.DebugRef, *ssa.Return: // the caller decides
			case *ssa.Defer:
				if use.Call.Value != ssa.Value(ex) {
					return true
				}
			case *ssa.Call:
				if use.Call.Value != ssa.Value(ex) {
					return true
				}
			case *ssa.Store:
				if !onlyCalled(use.Addr) {
					return true
				}
			default:
				return true
			}
		}
	}
	return false
}

// onlyCalled reports whether a local variable that holds a function is only
// called, deferred calls and deferred literals included.
func onlyCalled(addr ssa.Value) bool {
	if _, ok := addr.(*ssa.Alloc); !ok {
		return false
	}
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store, *ssa.DebugRef:
		case *ssa.UnOp:
			for _, use := range *ref.Referrers() {
				call, ok := use.(ssa.CallInstruction)
				if !ok || call.Common().Value != ssa.Value(ref) {
					return false
				}
				if _, isGo := use.(*ssa.Go); isGo {
					return false
				}
			}
		case *ssa.MakeClosure:
			for _, use := range *ref.Referrers() {
				if _, isDefer := use.(*ssa.Defer); !isDefer {
					return false
				}
			}
		default:
			return false
		}
	}
	return true
}
