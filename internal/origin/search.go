package origin

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// callsStd reports whether a call is of a function of the standard library.
func callsStd(call *ssa.Call, pkg, name string) bool {
	fn := call.Call.StaticCallee()
	if fn == nil {
		return false
	}
	if o := fn.Origin(); o != nil {
		fn = o
	}
	return fn.Pkg != nil && fn.Pkg.Pkg.Path() == pkg && fn.Name() == name
}

// capturedBy reports whether one of these is a function literal that has the subject at
// hand.
func (s subject) capturedBy(args []ssa.Value) bool {
	return slices.ContainsFunc(args, func(a ssa.Value) bool {
		mc, ok := a.(*ssa.MakeClosure)
		return ok && slices.ContainsFunc(mc.Bindings, func(b ssa.Value) bool {
			if s.is(b) || s.cell != nil && b == ssa.Value(s.cell) {
				return true
			}
			cell, ok := b.(*ssa.Alloc)
			if !ok {
				return false
			}
			if stored := onlyStore(cell); stored != nil && s.is(stored) {
				return true
			}
			load, ok := s.v.(*ssa.UnOp)
			return ok && load.Op == token.MUL && load.X == b
		})
	})
}

// saysIndex reports whether a comparison with y asks whether an index is one.
func saysIndex(op token.Token, y ssa.Value) bool {
	k, ok := y.(*ssa.Const)
	if !ok || k.Value == nil || k.Value.Kind() != constant.Int {
		return false
	}
	switch n := constant.Sign(k.Value); op {
	case token.LSS, token.GEQ:
		return n == 0
	case token.EQL, token.NEQ, token.GTR:
		return n < 0
	}
	return false
}

// saysFound reports whether it is one if the comparison holds.
func saysFound(op token.Token) bool {
	return op == token.GEQ || op == token.NEQ || op == token.GTR
}
