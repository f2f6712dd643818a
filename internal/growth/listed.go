package growth

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/origin"
)

// listed reports whether a key is taken from what a field or package-level variable lists,
// to which the package adds nothing once that is set up: there are as many as it has.
func (t *Tracer) listed(key ssa.Value) bool {
	v := list(key, 0)
	return v != nil && !slices.ContainsFunc(t.eff.Functions(), func(fn *ssa.Function) bool { return t.changes(fn, v) })
}

// list returns the variable of whose elements a value is one, or a part of one, or nil.
func list(v ssa.Value, depth int) *types.Var {
	if depth > 2*maxDepth {
		return nil
	}
	switch v := v.(type) {
	case *ssa.UnOp:
		return list(v.X, depth+1)
	case *ssa.FieldAddr:
		return list(v.X, depth+1)
	case *ssa.Field:
		return list(v.X, depth+1)
	case *ssa.ChangeType:
		return list(v.X, depth+1)
	case *ssa.Convert:
		return list(v.X, depth+1)
	case *ssa.MakeInterface:
		return list(v.X, depth+1)
	case *ssa.Alloc: // the loop's variable
		if stores := storesTo(v); len(stores) == 1 {
			return list(stores[0].Val, depth+1)
		}
	case *ssa.IndexAddr:
		return listVar(v.X)
	case *ssa.Extract:
		if next, ok := v.Tuple.(*ssa.Next); ok && v.Index > 0 {
			if r, ok := next.Iter.(*ssa.Range); ok {
				return listVar(r.X)
			}
		}
	}
	return nil
}

// listVar returns the variable that a list is read from, or nil: a field of what a method
// is called on, or a package-level variable.
func listVar(v ssa.Value) *types.Var {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return nil
	}
	for base := load.X; ; {
		switch x := base.(type) {
		case *ssa.FieldAddr:
			base = x.X
			continue
		case *ssa.UnOp:
			base = x.X
			continue
		case *ssa.Global:
			return origin.VarAt(load.X)
		case *ssa.Parameter:
			if x.Parent().Signature.Recv() != nil && x == x.Parent().Params[0] {
				return origin.VarAt(load.X)
			}
		case *ssa.FreeVar:
			return origin.VarAt(load.X)
		}
		return nil
	}
}

// changes reports whether a function that runs after something is set up stores to a
// variable, or puts something into the map that it holds.
func (t *Tracer) changes(fn *ssa.Function, v *types.Var) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Store:
				if origin.VarAt(instr.Addr) == v && !t.initialStore(fn, instr) {
					return true
				}
			case *ssa.MapUpdate:
				if loads(instr.Map, v) && !t.setup(fn) {
					return true
				}
			}
		}
	}
	return false
}

func (t *Tracer) initialStore(fn *ssa.Function, st *ssa.Store) bool {
	if !t.replaces(fn) {
		return true
	}
	f, ok := st.Addr.(*ssa.FieldAddr)
	return ok && t.fresh(f.X)
}
