package ctxflow

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
)

// Bare reports whether v, something that can carry a context, is kept in a
// field or package-level variable and gets none on the way from there. given
// says whether a field is ever set to something with a context.
func (t *Tracer) Bare(v ssa.Value, given func(*types.Var) bool) bool {
	for range maxSteps {
		switch x := v.(type) {
		case *ssa.Call:
			c, ok := t.eff.Context(x.Common(), 0)
			if !ok || c.From != leakapi.FromArg || c.Arg != 0 {
				return false
			}
			v = argument(x.Common(), 0)
		case *ssa.UnOp:
			if x.Op != token.MUL {
				return false
			}
			switch addr := x.X.(type) {
			case *ssa.Global:
				return true
			case *ssa.FieldAddr:
				return !given(leakssa.FieldAt(addr.X.Type(), addr.Field))
			}
			return false
		default:
			return false
		}
	}
	return false
}

// GetsContext reports whether v got a context on its way: some call gave it
// one.
func (t *Tracer) GetsContext(v ssa.Value) bool {
	for range maxSteps {
		call, ok := v.(*ssa.Call)
		if !ok {
			return false
		}
		c, ok := t.eff.Context(call.Common(), 0)
		if !ok || c.From != leakapi.FromArg {
			return false
		}
		if c.Arg != 0 {
			return true
		}
		v = argument(call.Common(), 0)
	}
	return false
}
