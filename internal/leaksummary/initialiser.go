package leaksummary

import (
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/errflow"
	"github.com/leakvet/leakvet/internal/origin"
)

// initialises reports whether a function makes a value once, by a call whose
// error it stores, and returns both to later callers without trying again.
func (s *summarizer) initialises(st *ssa.Store, call *ssa.Call) bool {
	fn := call.Parent()
	if st.Parent() != fn {
		return false
	}
	failed := origin.VarAt(st.Addr)
	made := madeBy(call)
	if made == nil {
		return false // an error alone is the state of what has failed
	}
	for d := call.Block().Idom(); d != nil; d = d.Idom() {
		test, ok := d.Instrs[len(d.Instrs)-1].(*ssa.If)
		if !ok || !saysTried(test.Cond, failed, call) {
			continue
		}
		for _, b := range fn.Blocks {
			ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
			if ok && reaches(d, b, call.Block()) && returnsVar(ret, failed) && returnsVar(ret, made) {
				return true
			}
		}
	}
	return false
}

// madeBy returns the field or package-level variable in which a call's result is
// stored, or nil.
func madeBy(call *ssa.Call) *types.Var {
	for _, ref := range *call.Referrers() {
		x, ok := ref.(*ssa.Extract)
		if !ok || x.Index == errflow.ErrorResult(call.Call.Signature()) {
			continue
		}
		for _, use := range *x.Referrers() {
			if st, ok := use.(*ssa.Store); ok && st.Val == ssa.Value(x) {
				if v := origin.VarAt(st.Addr); v != nil {
					return v
				}
			}
		}
	}
	return nil
}

// saysTried reports whether a condition tells that the call was made before,
// whatever came of it: by the error it left, or by a flag that is set before.
func saysTried(cond ssa.Value, failed *types.Var, call *ssa.Call) bool {
	switch c := cond.(type) {
	case *ssa.BinOp:
		return saysTried(c.X, failed, call) || saysTried(c.Y, failed, call)
	case *ssa.UnOp:
		v := origin.VarAt(c.X)
		if v == nil {
			return saysTried(c.X, failed, call)
		}
		return v == failed || setBefore(v, call)
	}
	return false
}

// setBefore reports whether a variable is set to true on every way to a call.
func setBefore(v *types.Var, call *ssa.Call) bool {
	for _, b := range call.Parent().Blocks {
		if !b.Dominates(call.Block()) {
			continue
		}
		for _, instr := range b.Instrs {
			st, ok := instr.(*ssa.Store)
			if !ok || origin.VarAt(st.Addr) != v {
				continue
			}
			if k, ok := st.Val.(*ssa.Const); ok && k.Value != nil && k.Value.Kind() == constant.Bool && constant.BoolVal(k.Value) {
				return true
			}
		}
	}
	return false
}

// returnsVar reports whether a return hands out what a variable holds.
func returnsVar(ret *ssa.Return, v *types.Var) bool {
	for _, r := range ret.Results {
		if load, ok := r.(*ssa.UnOp); ok && origin.VarAt(load.X) == v {
			return true
		}
	}
	return false
}

// ownLife reports whether something else that the function keeps in the same
// place has another life: this one's was chosen for it.
func (s *summarizer) ownLife(put ssa.Instruction, site *CacheSite) bool {
	if site.TTL == nil {
		return false
	}
	for _, b := range put.Parent().Blocks {
		for _, instr := range b.Instrs {
			if instr == put {
				continue
			}
			for _, other := range s.Keeps(instr) {
				o := other.Into.(*CacheSite)
				if o.TTL != nil && o.Var == site.Var && !isZero(site.TTL) && !sameKey(o.TTL, site.TTL) {
					return true
				}
			}
		}
	}
	return false
}
