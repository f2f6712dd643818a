package leaksummary

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/pathcond"
)

type ownedEntry struct {
	done  bool
	owned []Owned
}

// ownedBy returns what fn lays on its callers: what it acquires and returns,
// unless it returns something else in the same place.
func (s *summarizer) ownedBy(fn *ssa.Function) []Owned {
	if e := s.owned[fn]; e != nil {
		return e.owned // nil while it is being computed: recursion owns nothing new
	}
	e := &ownedEntry{}
	s.owned[fn] = e
	if s.canOwn(fn) {
		e.owned = s.ownedResults(fn)
	}
	if obj, ok := fn.Object().(*types.Func); ok && len(e.owned) == 0 {
		if e.owned = s.ownedWorker(obj); e.owned == nil {
			e.owned = s.fills(fn, obj)
		}
	}
	e.done = true
	return e.owned
}

// owedByOthers returns what other packages can be told to release: only the package
// itself knows how what comes from its pools goes back.
func (s *summarizer) owedByOthers(owned []Owned) []Owned {
	var found []Owned
	for _, o := range owned {
		if c := s.tables.Class(o.Class); c == nil || len(c.Release) > 0 || o.By != "" {
			found = append(found, o)
		}
	}
	return found
}

// canOwn reports whether some result of fn can lead to a resource.
func (s *summarizer) canOwn(fn *ssa.Function) bool {
	for v := range fn.Signature.Results().Variables() {
		switch t := v.Type().Underlying().(type) {
		case *types.Basic:
		case *types.Interface:
			if !pathcond.IsError(v.Type()) && t.NumMethods() > 0 {
				return true
			}
		default:
			return true
		}
	}
	return false
}

func (s *summarizer) ownedResults(fn *ssa.Function) []Owned {
	var found []Owned
	for _, site := range s.sitesWithin(fn) {
		s.explore(site)
		res := site.Result
		if !res.Reached {
			continue // of a function with too many paths, those count that were followed
		}
		o := Owned{Class: site.Class.Name, By: site.By, Perhaps: site.Perhaps}
		zero, nonzero := false, false
		together := uint16(1)<<min(fn.Signature.Results().Len(), 15) - 1
		for _, x := range res.Exits {
			if x.Fate != obligation.Returned || x.Instr.Parent() != fn {
				continue
			}
			zero = zero || x.Last != leakapi.NonZero
			nonzero = nonzero || x.Last != leakapi.Zero
			together &= x.NotNil
			for _, a := range x.Aliases {
				if len(a.Path) > 2 || s.foreign(fn, a.Result) {
					continue
				}
				by := site.By
				if by != "" && a.Path == "" {
					if ending(fn.Signature.Results().At(a.Result).Type(), by) == nil {
						continue
					}
				} else if by != "" || !s.usable(fn, a, site.Class) {
					o.Perhaps = o.Perhaps || by != "" // what a holder holds it may hold only sometimes
					if by = s.endedBy(fn, a, site.Class); by == "" {
						continue
					}
					a.Path = ""
				}
				if len(o.Aliases) > 0 && o.By != by {
					continue
				}
				o.By = by
				if !slices.Contains(o.Aliases, a) {
					o.Aliases = append(o.Aliases, a)
				}
			}
		}
		if len(o.Aliases) == 0 {
			if i, by := s.builtInto(fn, site); by != "" {
				o.Aliases, o.By, o.Perhaps = []obligation.Alias{{Result: i}}, by, true
				zero, nonzero, together = true, true, 0
			}
		}
		if len(o.Aliases) == 0 {
			continue
		}
		o.When = whenOf(fn.Signature, zero, nonzero)
		if o.When != leakapi.Always && fn.Signature.Results().Len() <= 16 {
			together &^= 1 << (fn.Signature.Results().Len() - 1) // that says as much
		}
		for _, a := range o.Aliases {
			if a.Result >= 0 && a.Result < 16 {
				together &^= 1 << a.Result // what leads to it is not nil anyway
			}
		}
		o.NotNil = together
		if !slices.ContainsFunc(found, func(f Owned) bool {
			return slices.Equal(f.Aliases, o.Aliases) && (f.Class == o.Class || o.By != "")
		}) {
			found = append(found, o)
		}
	}
	return found
}

// sitesWithin returns the acquiring calls of fn and of its function literals.
func (s *summarizer) sitesWithin(fn *ssa.Function) []*Acquisition {
	found := s.sitesIn(fn)
	for _, lit := range fn.AnonFuncs {
		found = append(found, s.sitesWithin(lit)...)
	}
	return found
}

func whenOf(sig *types.Signature, zero, nonzero bool) leakapi.When {
	n := sig.Results().Len()
	if last := sig.Results().At(n - 1).Type(); pathcond.IsError(last) {
		return leakapi.Zero // by convention, whatever else the code shows
	} else if b, ok := last.Underlying().(*types.Basic); !ok || b.Kind() != types.Bool {
		return leakapi.Always
	}
	switch {
	case zero && !nonzero:
		return leakapi.Zero
	case nonzero && !zero:
		return leakapi.NonZero
	}
	return leakapi.Always
}

// usable reports whether a caller can release what an alias leads to: a handle
// with a method that does, a field that the tables know, or a call.
func (s *summarizer) usable(fn *ssa.Function, a obligation.Alias, class *leakapi.Class) bool {
	if a.Path == pathcond.Path([]byte{pathcond.StepCall}) {
		return true
	}
	t := fn.Signature.Results().At(a.Result).Type()
	if a.Path == "" {
		return !class.Methods() || slices.ContainsFunc(class.Release, func(name string) bool {
			return leakapi.Method(t, s.pass.Pkg, name) != nil
		})
	}
	if row := s.tables.Type(t); row != nil {
		p, ok := fieldPath(t, row.Path)
		return ok && p == a.Path
	}
	if _, value := t.Underlying().(*types.Struct); value {
		for _, e := range endings {
			if s.endsWith(types.NewPointer(t), e.name, a.Path, class.Release) {
				return true
			}
		}
	}
	return false
}

// foreign reports whether fn returns, in place of result i, anything that it
// did not acquire or make itself.
func (s *summarizer) foreign(fn *ssa.Function, i int) bool {
	seen := map[ssa.Value]bool{}
	for _, b := range fn.Blocks {
		if r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && i < len(r.Results) {
			if s.foreignValue(r.Results[i], seen) {
				return true
			}
		}
	}
	return false
}

func (s *summarizer) foreignValue(v ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[v] {
		return false
	}
	seen[v] = true
	switch v := v.(type) {
	case *ssa.Const, *ssa.MakeClosure, *ssa.Function:
		return false
	case *ssa.Extract:
		return s.foreignValue(v.Tuple, seen)
	case *ssa.TypeAssert:
		return s.foreignValue(v.X, seen)
	case *ssa.MakeInterface:
		return s.foreignValue(v.X, seen)
	case *ssa.ChangeInterface:
		return s.foreignValue(v.X, seen)
	case *ssa.ChangeType:
		return s.foreignValue(v.X, seen)
	case *ssa.Phi:
		return slices.ContainsFunc(v.Edges, func(e ssa.Value) bool { return s.foreignValue(e, seen) })
	case *ssa.Call:
		return len(s.acquires(v)) == 0 && !s.madeHere(v)
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return s.foreignAddr(v.X, seen)
		}
	case *ssa.Field:
		return s.foreignValue(v.X, seen)
	case *ssa.Alloc:
		return false
	}
	return true
}

// madeHere reports whether a call hands back one of its arguments or wraps it.
func (s *summarizer) madeHere(call *ssa.Call) bool {
	obj, fn := s.callee(call.Common())
	if obj == nil {
		return call.Common().StaticCallee() != nil
	}
	return fn != nil || s.fact(obj) != nil
}

func (s *summarizer) foreignAddr(addr ssa.Value, seen map[ssa.Value]bool) bool {
	switch x := addr.(type) {
	case *ssa.Alloc:
		return slices.ContainsFunc(*x.Referrers(), func(ref ssa.Instruction) bool {
			st, ok := ref.(*ssa.Store)
			return ok && st.Addr == x && s.foreignValue(st.Val, seen)
		})
	case *ssa.FieldAddr:
		return s.foreignValue(x.X, seen)
	}
	return true
}
