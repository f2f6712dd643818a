package growth

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/origin"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// Awaited reports whether an entry of a type can be waited for: it is a channel, or
// points to a struct with one.
func Awaited(t types.Type) bool {
	if _, ok := t.Underlying().(*types.Chan); ok {
		return true
	}
	st := leakssa.StructOf(t)
	if st == nil {
		return false
	}
	for f := range st.Fields() {
		if _, ok := f.Type().Underlying().(*types.Chan); ok {
			return true
		}
	}
	return false
}

// Left returns a return by which a function leaves behind an entry that it has put into
// a map for the time that it waits: for what somebody else sends, who then deletes the
// entry. It returns nil if each return has had it deleted, or its answer.
func (t *Tracer) Left(c *Container, in *Insert) *ssa.Return {
	up, ok := in.At.(*ssa.MapUpdate)
	if !ok || len(c.Deletes) == 0 || t.fresh(in.Base) || !Awaited(up.Value.Type()) {
		return nil
	}
	for _, d := range c.Deletes {
		if leakssa.Declared(d.Parent()) == leakssa.Declared(up.Parent()) {
			return nil // it knows itself when
		}
	}
	w := &wait{t: t, c: c, entry: up.Value}
	if !w.waits(up) {
		return nil
	}
	return w.leaves(up)
}

// wait is what a function does with an entry that it waits for.
type wait struct {
	t     *Tracer
	c     *Container
	entry ssa.Value
}

// own reports whether a channel is that of the entry, which the function has made.
func (w *wait) own(ch ssa.Value) bool {
	return origin.Same(ch, w.entry) || w.part(ch)
}

func (w *wait) part(ch ssa.Value) bool {
	load, ok := ch.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return false
	}
	field, ok := load.X.(*ssa.FieldAddr)
	return ok && origin.Same(field.X, w.entry)
}

// waits reports whether the function makes the entry itself, waits for it, does not return
// it, and leaves it to nothing that runs later to delete it.
func (w *wait) waits(up *ssa.MapUpdate) bool {
	switch v := w.entry.(type) {
	case *ssa.MakeChan, *ssa.Alloc:
	case *ssa.UnOp:
		if _, ok := v.X.(*ssa.Alloc); !ok {
			return false
		}
	default:
		return false
	}
	waits := false
	for _, b := range up.Parent().Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Select:
				waits = waits || slices.ContainsFunc(instr.States, func(s *ssa.SelectState) bool { return s.Dir == types.RecvOnly && w.own(s.Chan) })
			case *ssa.UnOp:
				waits = waits || instr.Op == token.ARROW && w.own(instr.X)
			case *ssa.Return:
				if slices.ContainsFunc(instr.Results, func(r ssa.Value) bool { return w.own(r) }) {
					return false
				}
			case *ssa.Defer, *ssa.Go, *ssa.MakeClosure:
				if w.deletes(instr, 0) {
					return false
				}
			}
		}
	}
	return waits
}

// leaves returns the first return to which a way leads from the insert on which nothing
// deletes the entry, and no answer comes.
func (w *wait) leaves(up *ssa.MapUpdate) *ssa.Return {
	seen := map[*ssa.BasicBlock]bool{}
	var found *ssa.Return
	var visit func(b *ssa.BasicBlock, from int)
	visit = func(b *ssa.BasicBlock, from int) {
		for _, instr := range b.Instrs[from:] {
			switch instr := instr.(type) {
			case *ssa.UnOp:
				if instr.Op == token.ARROW && w.own(instr.X) {
					return
				}
			case *ssa.Call:
				if w.deletes(instr, 0) {
					return
				}
			case *ssa.Return:
				if w.fails(instr) && (found == nil || instr.Pos() < found.Pos()) {
					found = instr
				}
			}
		}
		for i, next := range b.Succs {
			if !seen[next] && !(i == 0 && w.answered(b)) {
				seen[next] = true
				visit(next, 0)
			}
		}
	}
	visit(up.Block(), slices.Index(up.Block().Instrs, ssa.Instruction(up))+1)
	return found
}

// fails reports whether a return says that something went wrong, or cannot say so.
func (w *wait) fails(ret *ssa.Return) bool {
	n := len(ret.Results)
	return n == 0 || !pathcond.IsError(ret.Results[n-1].Type()) || !isNilConst(ret.Results[n-1])
}

// answered reports whether a block goes on to its first successor when the answer comes.
func (w *wait) answered(b *ssa.BasicBlock) bool {
	br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
	if !ok {
		return false
	}
	cmp, ok := br.Cond.(*ssa.BinOp)
	if !ok || cmp.Op != token.EQL {
		return false
	}
	sel, i, ok := leakssa.SelectCase(cmp)
	return ok && w.own(sel.States[i].Chan)
}

// deletes reports whether an instruction may delete entries of the container, now or
// later: itself, or by what it runs so many calls deep.
func (w *wait) deletes(instr ssa.Instruction, depth int) bool {
	var runs []*ssa.Function
	switch instr := instr.(type) {
	case *ssa.MakeClosure:
		runs = []*ssa.Function{instr.Fn.(*ssa.Function)}
	case ssa.CallInstruction:
		if slices.Contains(w.c.Deletes, instr) {
			return true
		}
		runs = w.t.eff.Bodies(instr.Common())
	}
	return depth <= maxDepth && slices.ContainsFunc(runs, func(fn *ssa.Function) bool {
		return slices.ContainsFunc(fn.Blocks, func(b *ssa.BasicBlock) bool {
			return slices.ContainsFunc(b.Instrs, func(instr ssa.Instruction) bool { return w.deletes(instr, depth+1) })
		})
	})
}
