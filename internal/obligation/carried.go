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
	made, ok := e.spec.Call.(*ssa.Call)
	fn := instr.Common().StaticCallee()
	if !ok || fn == nil || len(args) == 0 {
		return false
	}
	carries := false
	for i := range made.Call.Signature().Results().Len() {
		carries = carries || args[0] == e.u.ResultOf(made, i) && args[0] != e.u.Resource()
	}
	if !carries {
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
