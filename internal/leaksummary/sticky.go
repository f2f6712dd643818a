package leaksummary

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/origin"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// Sticky is an error in a field of what a container keeps, which is set after a
// failure and outlives the successes that follow: they change other fields of the
// same entry, and nothing clears it.
type Sticky struct {
	Field *types.Var
	At    ssa.Instruction // what sets it
	Put   ssa.Instruction // what keeps the entry
	Call  *ssa.Call       // what fails
	Into  string
}

// Stickies returns the errors that fn leaves in entries which it carries on.
func (r *Result) Stickies(fn *ssa.Function) []Sticky {
	if r == nil || r.s == nil || r.s.caches.scan == nil {
		return nil
	}
	s := r.s
	obj, _ := leakssa.Declared(fn).Object().(*types.Func)
	if obj == nil || !s.caches.scan.writes[obj.Origin()] || !s.caches.scan.fails[obj.Origin()] {
		return nil
	}
	var out []Sticky
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			up, ok := instr.(*ssa.MapUpdate)
			if !ok {
				continue
			}
			into := s.containerOf(up.Map)
			load, ok := up.Value.(*ssa.UnOp)
			if into == nil || !ok || load.Op != token.MUL {
				continue
			}
			if entry, ok := load.X.(*ssa.Alloc); ok && s.carriesOn(entry, into) {
				if x, ok := s.sticky(entry); ok {
					x.Put, x.Into = up, into.Name()
					out = append(out, x)
				}
			}
		}
	}
	return out
}

// carriesOn reports whether a variable begins as what a lookup found in a container.
func (s *summarizer) carriesOn(entry *ssa.Alloc, in *types.Var) bool {
	seen := map[ssa.Value]bool{}
	var found func(v ssa.Value) bool
	found = func(v ssa.Value) bool {
		if v == nil || seen[v] || len(seen) > maxLookup {
			return false
		}
		seen[v] = true
		switch v := v.(type) {
		case *ssa.Lookup:
			return s.containerOf(v.X) == in
		case *ssa.Extract:
			return found(v.Tuple)
		case *ssa.UnOp:
			return v.Op == token.MUL && found(v.X)
		case *ssa.FreeVar:
			return found(binding(v))
		case *ssa.Phi:
			return slices.ContainsFunc(v.Edges, found)
		case *ssa.Alloc:
			return slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
				st, ok := ref.(*ssa.Store)
				return ok && st.Addr == ssa.Value(v) && found(st.Val)
			})
		}
		return false
	}
	return found(entry)
}

// sticky looks for a field of an entry that is set to the error of a call where that
// is not nil, and nowhere else, while another field takes a result of the call.
func (s *summarizer) sticky(entry *ssa.Alloc) (Sticky, bool) {
	var set *ssa.Store
	var call *ssa.Call
	for f, st := range fieldStores(entry) {
		if !pathcond.IsError(f.Type()) {
			continue
		}
		ex, ok := st.Val.(*ssa.Extract)
		if !ok || !failedAt(st.Block(), ex) || s.clears(f) {
			return Sticky{}, false
		}
		set = st
		call, _ = ex.Tuple.(*ssa.Call)
	}
	if set == nil || call == nil {
		return Sticky{}, false
	}
	field := origin.VarAt(set.Addr).Origin()
	for f, st := range fieldStores(entry) {
		if f.Origin() != field && dependsOn(st.Val, call) && !set.Block().Dominates(st.Block()) && s.returnsField(field) {
			return Sticky{Field: field, At: set, Call: call}, true
		}
	}
	return Sticky{}, false
}

// fieldStores goes through the stores to fields of a variable.
func fieldStores(entry *ssa.Alloc) func(yield func(*types.Var, *ssa.Store) bool) {
	return func(yield func(*types.Var, *ssa.Store) bool) {
		for _, ref := range *entry.Referrers() {
			fa, ok := ref.(*ssa.FieldAddr)
			if !ok {
				continue
			}
			for _, use := range *fa.Referrers() {
				if st, ok := use.(*ssa.Store); ok && st.Addr == ssa.Value(fa) && !yield(origin.VarAt(fa), st) {
					return
				}
			}
		}
	}
}

// failedAt reports whether a block is reached only if an error is not nil.
func failedAt(b *ssa.BasicBlock, err ssa.Value) bool {
	for d := range leakssa.Decisions(b) {
		cmp, ok := d.Cond.(*ssa.BinOp)
		if !ok || cmp.X != err && cmp.Y != err {
			continue
		}
		if cmp.Op == token.NEQ && d.Holds || cmp.Op == token.EQL && !d.Holds {
			return true
		}
	}
	return false
}

// clears reports whether some code of the package may set a field to no error: it
// stores there what is not known to be one.
func (s *summarizer) clears(f *types.Var) bool {
	s.Writers(f)
	return slices.ContainsFunc(s.values.stores[f], func(st *ssa.Store) bool { return !failedAt(st.Block(), st.Val) })
}

// returnsField reports whether some function of the package returns what a field
// holds.
func (s *summarizer) returnsField(f *types.Var) bool {
	for _, fn := range s.bodies() {
		for _, b := range fn.Blocks {
			ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
			if !ok {
				continue
			}
			for _, v := range ret.Results {
				switch v := v.(type) {
				case *ssa.UnOp:
					if origin.VarAt(v.X) == f {
						return true
					}
				case *ssa.Field:
					if origin.FieldOf(v.X.Type(), v.Field) == f {
						return true
					}
				}
			}
		}
	}
	return false
}
