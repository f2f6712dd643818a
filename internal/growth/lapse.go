package growth

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/origin"
)

// Lapse returns the call that deletes an entry which has expired, where it is asked
// for again and nowhere else, or nil: an entry that nobody asks for again stays.
func (t *Tracer) Lapse(c *Container) ssa.CallInstruction {
	var found ssa.CallInstruction
	for _, call := range c.Deletes {
		switch {
		case !t.asked(call, nil, 0):
			return nil
		case found == nil && t.expires(c, call):
			found = call
		}
	}
	return found
}

// expires reports whether a call deletes the entry that the function has just looked
// up, on account of the time.
func (t *Tracer) expires(c *Container, call ssa.CallInstruction) bool {
	args := call.Common().Args
	if len(args) < 2 || !looksUp(c, call.Parent(), args[1]) {
		return false
	}
	for d := range leakssa.Decisions(call.Block()) {
		if t.timed(d.Cond, 0) {
			return true
		}
	}
	return false
}

// looksUp reports whether a function looks a key up.
func looksUp(c *Container, fn *ssa.Function, key ssa.Value) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if look, ok := instr.(*ssa.Lookup); ok && loads(look.X, c.Var) && origin.Same(look.Index, key) {
				return true
			}
		}
	}
	return false
}

// timed reports whether a value depends on the time: by what it is computed of, or,
// of a list, by what is put there.
func (t *Tracer) timed(v ssa.Value, depth int) bool {
	if v == nil || depth > 8 {
		return false
	}
	if leakapi.IsTime(v.Type()) {
		return true
	}
	if phi, ok := v.(*ssa.Phi); ok && leakssa.InLoop(phi.Block()) && t.leavesInTime(phi.Parent(), depth) {
		return true
	}
	call, ok := v.(*ssa.Call)
	if !ok {
		instr, ok := v.(ssa.Instruction)
		if _, made := v.(*ssa.Alloc); !ok || made {
			return false
		}
		var operands [8]*ssa.Value
		return slices.ContainsFunc(instr.Operands(operands[:0]), func(op *ssa.Value) bool { return *op != nil && t.timed(*op, depth+1) })
	}
	if slices.ContainsFunc(call.Call.Args, func(a ssa.Value) bool { return t.timed(a, depth+1) }) {
		return true
	}
	if b, ok := call.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" {
		for d := range leakssa.Decisions(call.Block()) {
			if t.timed(d.Cond, depth+1) {
				return true
			}
		}
	}
	return slices.ContainsFunc(t.eff.Bodies(call.Common()), func(fn *ssa.Function) bool {
		return slices.ContainsFunc(fn.Blocks, func(b *ssa.BasicBlock) bool {
			return slices.ContainsFunc(b.Instrs, func(instr ssa.Instruction) bool {
				asks, ok := instr.(*ssa.Call)
				return ok && slices.ContainsFunc(asks.Call.Args, func(a ssa.Value) bool { return leakapi.IsTime(a.Type()) })
			})
		})
	})
}

// leavesInTime reports whether the time decides what a round of one of a function's
// loops does: how far it comes, then, depends on it.
func (t *Tracer) leavesInTime(fn *ssa.Function, depth int) bool {
	return slices.ContainsFunc(fn.Blocks, func(b *ssa.BasicBlock) bool {
		br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		return ok && leakssa.InLoop(b) && t.timed(br.Cond, max(depth+1, 5))
	})
}
