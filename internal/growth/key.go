package growth

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/origin"
)

// few reports whether a value is one of few, whatever callers in the package
// pass.
func (t *Tracer) few(o origin.Origin, depth int) bool {
	if o.Kind != origin.Finite {
		return false
	}
	for _, d := range o.Deps {
		calls, ok := t.eff.Calls(d.Param.Parent())
		if !ok || len(d.Path) > 0 || depth == maxDepth || len(calls) == 0 {
			return false
		}
		i := slices.Index(d.Param.Parent().Params, d.Param)
		for _, call := range calls {
			args := origin.Arguments(call.Common())
			if i >= len(args) || !t.few(t.values.Of(args[i], call.Block()), depth+1) {
				return false
			}
		}
	}
	return true
}

// FewKeys reports whether a type has so few values that a map keyed by it is
// bounded.
func FewKeys(typ types.Type) bool {
	if origin.FewValues(typ) || leakapi.IsMeta(typ) {
		return true
	}
	switch u := typ.Underlying().(type) {
	case *types.Basic:
		return u.Kind() == types.Int16 || u.Kind() == types.Uint16
	case *types.Struct:
		for f := range u.Fields() {
			if !FewKeys(f.Type()) {
				return false
			}
		}
		return true
	case *types.Array:
		return u.Len() == 0 || u.Len() == 1 && FewKeys(u.Elem())
	}
	return false
}

// existing reports whether an insert only replaces what is there: its key comes
// out of the container, or was found in it.
func (t *Tracer) existing(c *Container, in *Insert) bool {
	if ex, ok := in.Key.(*ssa.Extract); ok {
		if next, ok := ex.Tuple.(*ssa.Next); ok {
			if r, ok := next.Iter.(*ssa.Range); ok && loads(r.X, c.Var) {
				return true
			}
		}
	}
	for d := range leakssa.Decisions(in.At.Block()) {
		if found, truth := t.finds(c, d.Cond, in.Key); found && truth == d.Holds {
			return true
		}
	}
	return false
}

// finds reports whether a condition tells whether a key is in a container, and
// which outcome says that it is.
func (t *Tracer) finds(c *Container, cond ssa.Value, key ssa.Value) (found, truth bool) {
	switch cond := cond.(type) {
	case *ssa.Extract:
		switch tuple := cond.Tuple.(type) {
		case *ssa.Lookup:
			return cond.Index == 1 && loads(tuple.X, c.Var) && origin.Same(tuple.Index, key), true
		case *ssa.Call:
			return cond.Index == 1 && t.reads(c, tuple, key), true
		}
	case *ssa.Lookup:
		return loads(cond.X, c.Var) && origin.Same(cond.Index, key), true
	case *ssa.UnOp:
		found, truth = t.finds(c, cond.X, key)
		return found, !truth
	case *ssa.BinOp:
		if look, ok := cond.X.(*ssa.Lookup); ok && loads(look.X, c.Var) && origin.Same(look.Index, key) {
			if k, ok := cond.Y.(*ssa.Const); ok && k.Value == nil {
				return true, cond.Op.String() == "!="
			}
		}
	}
	return false, false
}

// reads reports whether a call of the container's own asks for a key.
func (t *Tracer) reads(c *Container, call *ssa.Call, key ssa.Value) bool {
	args := origin.Arguments(call.Common())
	if len(args) < 2 || !isAt(args[0], c.Var) && !loads(args[0], c.Var) {
		return false
	}
	row := t.eff.Growth(call.Common())
	return (row == nil || len(row.Grows) == 0 && len(row.Shrinks) == 0) && slices.ContainsFunc(args[1:], func(a ssa.Value) bool { return origin.Same(a, key) })
}

// neverEqual reports whether no later key can be equal to this one.
func neverEqual(key ssa.Value) bool {
	return holdsUnique(unboxed(key).Type(), 0)
}

func holdsUnique(t types.Type, depth int) bool {
	if leakapi.IsTime(t) {
		return true
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok || depth > 3 {
		return false
	}
	for f := range st.Fields() {
		switch u := f.Type().Underlying().(type) {
		case *types.Pointer, *types.Chan:
			return true
		case *types.Basic:
			if u.Info()&types.IsFloat != 0 {
				return true
			}
		}
		if holdsUnique(f.Type(), depth+1) {
			return true
		}
	}
	return false
}

// computed reports whether a value is computed of the key alone: what is kept
// spares the computing, and mostly the program's text says of what.
func computed(v, key ssa.Value) bool {
	calls, uses := false, false
	key = unboxed(key)
	var pure func(v ssa.Value, depth int) bool
	pure = func(v ssa.Value, depth int) bool {
		if depth > 6 {
			return false
		}
		if origin.Same(v, key) {
			uses = true
			return true
		}
		switch v := v.(type) {
		case *ssa.Const, *ssa.Function, *ssa.Global:
			return true
		case *ssa.MakeInterface:
			return pure(v.X, depth+1)
		case *ssa.ChangeType:
			return pure(v.X, depth+1)
		case *ssa.Convert:
			return pure(v.X, depth+1)
		case *ssa.Extract:
			return pure(v.Tuple, depth+1)
		case *ssa.Call:
			if v.Call.IsInvoke() || v.Call.StaticCallee() == nil {
				return false
			}
			calls = true
			return !slices.ContainsFunc(v.Call.Args, func(a ssa.Value) bool { return !pure(a, depth+1) })
		}
		return false
	}
	return v != nil && key != nil && pure(v, 0) && calls && uses
}

// sibling returns a container beside c into which the function puts something
// under the same key, and from which the package deletes entries, or nil: who
// deletes there has forgotten this one.
func (t *Tracer) sibling(c *Container, in *Insert) *types.Var {
	for _, b := range in.At.Parent().Blocks {
		for _, instr := range b.Instrs {
			up, ok := instr.(*ssa.MapUpdate)
			if !ok || !origin.Same(up.Key, in.Key) {
				continue
			}
			load, ok := up.Map.(*ssa.UnOp)
			if !ok {
				continue
			}
			if v := origin.VarAt(load.X); v != nil && v != c.Var && v.IsField() == c.Var.IsField() && t.eff.Forgets(v, in.At.Parent()) {
				return v
			}
		}
	}
	return nil
}

// unboxed returns what an interface was made of, if that shows.
func unboxed(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		default:
			return v
		}
	}
}
