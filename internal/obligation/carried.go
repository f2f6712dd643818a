package obligation

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/pathcond"
)

// fromContext carries out a call that is given the context which the acquiring call has
// made, and asks that for the resource, or may do so at the end; it reports false if the
// call does neither.
func (e *explorer) fromContext(p *path, instr ssa.CallInstruction, args []pathcond.Sym) bool {
	fn := instr.Common().StaticCallee()
	if fn == nil || len(args) == 0 || !e.ofAcquiring(args[0]) {
		return false
	}
	res := fn.Signature.Results()
	if call, ok := instr.(*ssa.Call); ok && res.Len() == 1 && e.spec.Handle != nil && types.Identical(res.At(0).Type(), e.spec.Handle) {
		p.SetValue(call, e.u.Resource())
		return true
	}
	if _, deferred := instr.(*ssa.Defer); deferred && fn.Pkg == e.spec.Root.Pkg && len(args) == 1 {
		e.escape(p, Exit{Fate: Passed, Instr: instr})
		return true
	}
	return false
}

// ofAcquiring reports whether x is what the acquiring call has returned beside the resource.
func (e *explorer) ofAcquiring(x pathcond.Sym) bool {
	call, ok := e.spec.Call.(*ssa.Call)
	if !ok || x == e.u.Resource() {
		return false
	}
	for i := range call.Call.Signature().Results().Len() {
		if x == e.u.ResultOf(call, i) {
			return true
		}
	}
	return false
}
