package origin

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Render returns v about as the code spells it, or "" if it has no short
// spelling.
func Render(v ssa.Value) string {
	s := render(v, 0)
	if strings.Contains(s, "?") || len(s) > 60 {
		return ""
	}
	return s
}

func render(v ssa.Value, depth int) string {
	if depth > 8 {
		return "?"
	}
	next := func(v ssa.Value) string { return render(v, depth+1) }
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value == nil {
			return "nil"
		}
		return v.Value.ExactString()
	case *ssa.Parameter:
		return v.Name()
	case *ssa.FreeVar:
		return v.Name()
	case *ssa.Global:
		return v.Name()
	case *ssa.Alloc:
		if v.Comment != "" && token.IsIdentifier(v.Comment) && v.Comment != "complit" && v.Comment != "new" && v.Comment != "varargs" && v.Comment != "slicelit" && v.Comment != "makeslice" {
			return v.Comment
		}
		if named, ok := types.Unalias(deref(v.Type())).(*types.Named); ok {
			return named.Obj().Name()
		}
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return next(v.X)
		}
	case *ssa.FieldAddr:
		return field(next(v.X), FieldOf(v.X.Type(), v.Field))
	case *ssa.Field:
		return field(next(v.X), FieldOf(v.X.Type(), v.Field))
	case *ssa.Lookup:
		return next(v.X) + "[" + next(v.Index) + "]"
	case *ssa.IndexAddr:
		return next(v.X) + "[" + next(v.Index) + "]"
	case *ssa.Index:
		return next(v.X) + "[" + next(v.Index) + "]"
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			if types.Identical(v.Type(), types.Universe.Lookup("error").Type()) {
				return "err"
			}
			return next(call)
		}
		if look, ok := v.Tuple.(*ssa.Lookup); ok {
			return next(look)
		}
	case *ssa.Convert:
		return next(v.X)
	case *ssa.ChangeType:
		return next(v.X)
	case *ssa.MakeInterface:
		return next(v.X)
	case *ssa.Slice:
		return next(v.X)
	case *ssa.Call:
		return callText(v.Common(), next)
	}
	return "?"
}

func field(x string, f *types.Var) string {
	if f == nil {
		return "?"
	}
	if f.Embedded() {
		return x
	}
	return x + "." + f.Name()
}

func callText(c *ssa.CallCommon, next func(ssa.Value) string) string {
	var name string
	args := c.Args
	switch fn := c.StaticCallee(); {
	case c.IsInvoke():
		name = next(c.Value) + "." + c.Method.Name()
	case fn == nil || fn.Parent() != nil:
		return "?"
	case fn.Signature.Recv() != nil && len(args) > 0:
		name = next(args[0]) + "." + fn.Name()
		args = args[1:]
	default:
		name = fn.Name()
		if fn.Pkg != nil {
			name = fn.Pkg.Pkg.Name() + "." + name
		}
	}
	var parts []string
	for i, a := range args {
		s := next(a)
		if k, ok := a.(*ssa.Const); ok && k.IsNil() && i == len(args)-1 && c.Signature().Variadic() {
			break // no more arguments
		}
		if strings.Contains(s, "?") {
			s = "…"
		}
		parts = append(parts, s)
	}
	return name + "(" + strings.Join(parts, ", ") + ")"
}
