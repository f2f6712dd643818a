package origin

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// plain strips what changes the spelling of a value at most.
func plain(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.Convert:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.Call:
			// A function of one text and constants alone.
			c := x.Common()
			callee := c.StaticCallee()
			if callee == nil || callee.Pkg == nil || !leakapi.IsStd(callee.Pkg.Pkg.Path()) || callee.Signature.Recv() != nil || !isText(x.Type()) {
				return v
			}
			var only ssa.Value
			for _, a := range c.Args {
				if _, ok := a.(*ssa.Const); ok {
					continue
				}
				if only != nil {
					return v
				}
				only = a
			}
			if only == nil || !isText(only.Type()) {
				return v
			}
			v = only
		default:
			return v
		}
	}
}

// Same reports whether two values are one, or read one place.
func Same(a, b ssa.Value) bool { return same(a, b) }

// same reports whether two values are one, or read one place.
func same(a, b ssa.Value) bool {
	if a == b {
		return true
	}
	switch x := a.(type) {
	case *ssa.UnOp:
		y, ok := b.(*ssa.UnOp)
		return ok && x.Op == token.MUL && y.Op == token.MUL && same(x.X, y.X)
	case *ssa.FieldAddr:
		y, ok := b.(*ssa.FieldAddr)
		return ok && x.Field == y.Field && same(x.X, y.X)
	case *ssa.Field:
		y, ok := b.(*ssa.Field)
		return ok && x.Field == y.Field && same(x.X, y.X)
	case *ssa.Extract:
		y, ok := b.(*ssa.Extract)
		return ok && x.Index == y.Index && same(x.Tuple, y.Tuple)
	case *ssa.Lookup:
		y, ok := b.(*ssa.Lookup)
		return ok && same(x.X, y.X) && same(plain(x.Index), plain(y.Index))
	case *ssa.Const:
		y, ok := b.(*ssa.Const)
		return ok && x.Value != nil && y.Value != nil && constant.Compare(x.Value, token.EQL, y.Value)
	case *ssa.Call:
		y, ok := b.(*ssa.Call)
		if !ok || x.Call.IsInvoke() != y.Call.IsInvoke() || x.Call.Method != y.Call.Method || !x.Call.IsInvoke() && x.Call.StaticCallee() != y.Call.StaticCallee() {
			return false
		}
		if !x.Call.IsInvoke() && x.Call.StaticCallee() == nil {
			return false
		}
		p, q := Arguments(x.Common()), Arguments(y.Common())
		return slices.EqualFunc(p, q, same)
	}
	return false
}
