package growth

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/origin"
)

// Swapped reports whether the package puts a new value of a struct type in the place of an
// earlier one while it works: what the earlier one held goes with it.
func (t *Tracer) Swapped(obj *types.TypeName) bool {
	if t.swaps == nil {
		t.swaps = map[*types.TypeName]bool{}
		for _, fn := range t.eff.Functions() {
			t.noteSwaps(fn)
		}
	}
	return obj != nil && t.swaps[obj]
}

// startWords begin the names of functions that put into place what their program then
// works with.
var startWords = map[string]bool{
	"apply": true, "begin": true, "boot": true, "bootstrap": true, "launch": true, "listen": true, "main": true, "prepare": true,
	"provision": true, "run": true, "serve": true, "set": true, "start": true,
}

// starts reports whether a function only runs when something begins to work.
func (t *Tracer) starts(fn *ssa.Function, depth int) bool {
	if words := leakssa.Words(leakssa.Declared(fn).Name()); len(words) > 0 && startWords[words[0]] || !t.replaces(fn) {
		return true
	}
	calls, ok := t.eff.Calls(leakssa.Declared(fn))
	return ok && len(calls) > 0 && depth < maxDepth &&
		!slices.ContainsFunc(calls, func(c ssa.CallInstruction) bool { return leakssa.InLoop(c.Block()) || !t.starts(c.Parent(), depth+1) })
}

func (t *Tracer) noteSwaps(fn *ssa.Function) {
	once := t.starts(fn, 0) && !t.eff.Serves(fn)
	for _, b := range fn.Blocks {
		if once && !leakssa.InLoop(b) {
			continue
		}
		for _, instr := range b.Instrs {
			st, ok := instr.(*ssa.Store)
			if !ok {
				continue
			}
			obj, place := typeOf(st.Val.Type()), origin.VarAt(st.Addr)
			if obj == nil || place == nil || !t.eff.Own(obj) || t.swaps[obj] {
				continue
			}
			if f, ok := st.Addr.(*ssa.FieldAddr); ok && t.fresh(f.X) {
				continue
			}
			_, none := st.Val.(*ssa.Const)
			t.swaps[obj] = !none && t.fresh(st.Val) && !guarded(b, place)
		}
	}
}
