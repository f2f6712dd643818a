package leaksummary

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/obligation"
)

// Beside reports whether something beside a field gets hold of what a call acquires, and
// may release it: another field, or what a call makes of it.
func (r *Result) Beside(a *Acquisition, field *types.Var) bool {
	if r == nil || r.s == nil {
		return false
	}
	spec := r.s.spec(a, a.Call.Parent())
	for _, al := range a.Aliases {
		for _, v := range resultsOf(a.Call, al.Result) {
			if r.s.heldBeside(v, field, spec, 0) {
				return true
			}
		}
	}
	return false
}

// resultsOf returns the values that a result of a call is.
func resultsOf(call *ssa.Call, result int) []ssa.Value {
	if _, ok := call.Type().(*types.Tuple); !ok {
		return []ssa.Value{call}
	}
	var found []ssa.Value
	for _, ref := range *call.Referrers() {
		if ex, ok := ref.(*ssa.Extract); ok && ex.Index == result {
			found = append(found, ex)
		}
	}
	return found
}

func (s *summarizer) heldBeside(v ssa.Value, field *types.Var, spec *obligation.Spec, depth int) bool {
	if v.Referrers() == nil || depth > maxTrace {
		return false
	}
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.MakeInterface:
			if s.heldBeside(ref, field, spec, depth+1) {
				return true
			}
		case *ssa.ChangeInterface:
			if s.heldBeside(ref, field, spec, depth+1) {
				return true
			}
		case *ssa.Store:
			if fa, ok := ref.Addr.(*ssa.FieldAddr); ok && ref.Val == v {
				if f := leakssa.FieldAt(fa.X.Type(), fa.Field); f != nil && f.Origin() != field.Origin() {
					return true
				}
			}
		case *ssa.Call:
			c := ref.Common()
			for i, arg := range c.Args {
				if arg == v && !(i == 0 && !c.IsInvoke() && c.Signature().Recv() != nil) {
					if eff := s.Arg(c, i, "", spec); eff.Zero|eff.NonZero != obligation.Borrowed || len(eff.Aliases) > 0 {
						return true
					}
				}
			}
		}
	}
	return false
}
