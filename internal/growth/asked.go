package growth

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakssa"
)

// Deleted reports whether the package alone decides what becomes of a container,
// and takes nothing out of it but entry by entry.
func (t *Tracer) Deleted(c *Container) bool {
	return len(c.Deletes) > 0 && !c.Emptied && t.alone(c)
}

// Asked reports whether what an insert puts into a container leaves it only if
// somebody asks for that afterwards: each call that deletes an entry serves a
// request of its own, or is made by others, one entry at a time. A client that
// goes away leaves its entry behind.
func (t *Tracer) Asked(c *Container, g *Growing) bool {
	return g.Reach == OnRequest && !slices.ContainsFunc(c.Deletes, func(call ssa.CallInstruction) bool {
		return !t.asked(call, g.Func, 0)
	})
}

// asked reports whether a call is made because somebody asks for it, and never
// by what runs while another function, unless that is nil, does.
func (t *Tracer) asked(call ssa.CallInstruction, by *ssa.Function, depth int) bool {
	fn := call.Parent()
	if _, now := call.(*ssa.Call); !now || leakssa.InLoop(call.Block()) || depth > maxDepth {
		return false
	}
	for ; fn.Parent() != nil; fn = fn.Parent() {
		if !t.eff.RunsNow(fn) {
			return false
		}
	}
	if fn == by {
		return false
	}
	calls, _ := t.eff.Calls(fn)
	for _, c := range calls {
		if !t.asked(c, by, depth+1) {
			return false
		}
	}
	obj := fn.Object()
	return len(calls) > 0 || t.eff.Serves(fn) || obj != nil && obj.Exported()
}
