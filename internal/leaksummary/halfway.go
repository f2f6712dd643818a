package leaksummary

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// Halfway is a function that releases what a parameter leads to on some of its paths, and
// leaves it open on others that return alike: who calls it cannot know.
type Halfway struct {
	Func  *ssa.Function
	Param *ssa.Parameter
	Field *types.Var // of Param, the receiver, if the function is what ends that; or nil
	Class *leakapi.Class
	Exit  obligation.Exit // leaves it open
}

// Halfway returns the functions of which a rule may tell that, and that nothing in the
// package calls, in source order.
func (r *Result) Halfway(rule string) []Halfway {
	if r == nil || r.s == nil {
		return nil
	}
	s := r.s
	s.indexFuncs()
	var found []Halfway
	for _, fn := range s.bodies() {
		n := s.funcs.at(fn.Pos())
		if fn.Parent() != nil || fn.Origin() != nil {
			continue
		}
		found = append(found, s.endsHalfway(fn, rule)...)
		if n == nil || len(n.called) > 0 || !telling(fn.Signature) {
			continue
		}
		for i, prm := range fn.Params {
			if i == 0 && fn.Signature.Recv() != nil {
				continue
			}
			if h, ok := s.halfway(fn, i, prm, rule); ok {
				found = append(found, h)
			}
		}
	}
	slices.SortFunc(found, func(a, b Halfway) int { return int(a.Func.Pos() - b.Func.Pos()) })
	return found
}

// telling reports whether nothing that a function returns could say what has become of
// its arguments, but that it has failed.
func telling(sig *types.Signature) bool {
	for v := range sig.Results().Variables() {
		if t := v.Type(); pathcond.IsBool(t) || types.IsInterface(t) && !pathcond.IsError(t) && canBeHandle(t) {
			return false
		}
	}
	return true
}

func (s *summarizer) halfway(fn *ssa.Function, i int, prm *ssa.Parameter, rule string) (Halfway, bool) {
	row := s.tables.Type(prm.Type())
	if row == nil || row.Class.Rule != rule || row.Class.Audit {
		return Halfway{}, false
	}
	path, ok := fieldPath(prm.Type(), row.Path)
	if !ok {
		return Halfway{}, false
	}
	const either = obligation.Borrowed | obligation.Released
	eff := s.effectOf(fn, i, path, row.Class.Release)
	if eff.Zero != either && eff.NonZero != either {
		return Halfway{}, false
	}
	res := s.explorePaths(&obligation.Spec{
		Root: fn, Entry: prm, Path: path, Release: row.Class.Release, Sure: row.Class.Sure, Handle: prm.Type(), Until: -1, Alone: true,
		Empty: emptyOf(prm.Type(), 0, row),
	})
	if res.GaveUp {
		return Halfway{}, false
	}
	for _, x := range res.Exits {
		if x.Fate != obligation.Open || x.Doubtful || x.Beside {
			continue
		}
		if slices.ContainsFunc(res.Exits, func(y obligation.Exit) bool {
			return y.Fate == obligation.Done && (y.Last == x.Last || y.Last == leakapi.Always || x.Last == leakapi.Always)
		}) {
			return Halfway{Func: fn, Param: prm, Class: row.Class, Exit: x}, true
		}
	}
	return Halfway{}, false
}

// endsHalfway returns the fields of its receiver that a method which ends it releases, but
// not where something else fails before: nobody calls it again.
func (s *summarizer) endsHalfway(fn *ssa.Function, rule string) []Halfway {
	if fn.Signature.Recv() == nil || !slices.Contains([]string{"Close", "Shutdown", "Stop"}, fn.Name()) || !failing(fn.Signature) {
		return nil
	}
	st := leakssa.StructOf(fn.Params[0].Type())
	if st == nil || st.NumFields() > maxFields {
		return nil
	}
	var found []Halfway
	for i := range st.NumFields() {
		row := s.tables.Type(st.Field(i).Type())
		if row == nil || row.Class.Rule != rule || row.Class.Audit || len(row.Path) > 0 {
			continue
		}
		res := s.explorePaths(&obligation.Spec{
			Root: fn, Entry: fn.Params[0], Path: pathcond.Path([]byte{byte(i)}), Release: row.Class.Release, Sure: row.Class.Sure, Until: -1, Alone: true,
		})
		if res.GaveUp || !res.Has(obligation.Done) || res.Has(obligation.Passed) || res.Has(obligation.Stored) {
			continue
		}
		for _, x := range res.Exits {
			if x.Fate == obligation.Open && !x.Doubtful && x.Last == leakapi.NonZero && failedBefore(x) {
				found = append(found, Halfway{Func: fn, Param: fn.Params[0], Field: st.Field(i), Class: row.Class, Exit: x})
				break
			}
		}
	}
	return found
}

// failedBefore reports whether a path ends since a call has failed.
func failedBefore(x obligation.Exit) bool {
	if len(x.Branches) == 0 {
		return false
	}
	last := x.Branches[len(x.Branches)-1]
	cmp, ok := last.If.Cond.(*ssa.BinOp)
	if !ok || !pathcond.IsError(cmp.X.Type()) || (cmp.Op == token.NEQ) != last.Cond {
		return false
	}
	v := cmp.X
	if ex, ok := v.(*ssa.Extract); ok {
		v = ex.Tuple
	}
	_, call := v.(*ssa.Call)
	return call
}
