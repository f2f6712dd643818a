package ctxflow

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// Loop is a set of blocks between which control goes around.
type Loop struct {
	Blocks  []*ssa.BasicBlock // in the function's order
	Endless bool              // no edge leaves it
}

// Loops returns the outermost loops of fn.
func Loops(fn *ssa.Function) []Loop {
	n := len(fn.Blocks)
	var (
		index, low = make([]int, n), make([]int, n)
		part       = make([]int, n) // the number of the block that closed a block's part, from 1
		stack      []*ssa.BasicBlock
		found      []Loop
		next       = 1
	)
	var visit func(b *ssa.BasicBlock)
	visit = func(b *ssa.BasicBlock) {
		at := b.Index
		index[at], low[at] = next, next
		next++
		stack = append(stack, b)
		for _, s := range b.Succs {
			if index[s.Index] == 0 {
				visit(s)
				low[at] = min(low[at], low[s.Index])
			} else if part[s.Index] == 0 {
				low[at] = min(low[at], index[s.Index])
			}
		}
		if low[at] != index[at] {
			return
		}
		i := len(stack) - 1
		for stack[i] != b {
			i--
		}
		blocks := slices.Clone(stack[i:])
		stack = stack[:i]
		for _, x := range blocks {
			part[x.Index] = at + 1
		}
		if len(blocks) > 1 || slices.Contains(b.Succs, b) {
			found = append(found, loopOf(blocks, func(x *ssa.BasicBlock) bool { return part[x.Index] == at+1 }))
		}
	}
	if n > 0 {
		visit(fn.Blocks[0])
	}
	slices.SortFunc(found, func(a, b Loop) int { return a.Blocks[0].Index - b.Blocks[0].Index })
	return found
}

// loopOf returns the loop of these blocks, which within knows.
func loopOf(blocks []*ssa.BasicBlock, within func(*ssa.BasicBlock) bool) Loop {
	slices.SortFunc(blocks, func(a, b *ssa.BasicBlock) int { return a.Index - b.Index })
	l := Loop{Blocks: blocks, Endless: true}
	for _, b := range blocks {
		for _, s := range b.Succs {
			if !within(s) && !panics(s) && !closedTicker(b) {
				l.Endless = false
			}
		}
		if _, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
			l.Endless = false
		}
	}
	return l
}

// closedTicker reports whether a block leaves a loop only when a ticker's channel
// is closed, which never happens.
func closedTicker(b *ssa.BasicBlock) bool {
	cond, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
	if !ok {
		return false
	}
	ex, ok := cond.Cond.(*ssa.Extract)
	if !ok || ex.Index != 1 {
		return false
	}
	recv, ok := ex.Tuple.(*ssa.UnOp)
	return ok && recv.Op == token.ARROW && Ticks(recv.X)
}

// panics reports whether a block does nothing but panic, as go/ssa ends a
// select statement that cannot fall through.
func panics(b *ssa.BasicBlock) bool {
	_, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Panic)
	return ok && len(b.Instrs) <= 2
}

// Consults reports whether an instruction of the loop, or a literal made in it,
// uses the context that a parameter is or offers, or anything that was made
// with it.
func (t *Tracer) Consults(l Loop, ctx *ssa.Parameter) bool {
	derived := t.derived(ctx)
	for _, b := range l.Blocks {
		for _, instr := range b.Instrs {
			for _, op := range instr.Operands(nil) {
				if *op != nil && derived[*op] {
					return true
				}
			}
		}
	}
	return false
}

// derived returns all values that are computed from v: results of calls that
// get it, what is loaded from where it was stored, closures that capture it.
func (t *Tracer) derived(v ssa.Value) map[ssa.Value]bool {
	found := map[ssa.Value]bool{}
	var add func(v ssa.Value)
	add = func(v ssa.Value) {
		if found[v] {
			return
		}
		found[v] = true
		refs := v.Referrers()
		if refs == nil {
			return
		}
		for _, ref := range *refs {
			switch ref := ref.(type) {
			case *ssa.Store:
				if ref.Val == v {
					add(base(ref.Addr))
				}
			case *ssa.MapUpdate:
				add(ref.Map)
			case *ssa.MakeClosure:
				add(ref)
				for i, b := range ref.Bindings {
					if b == v {
						add(ref.Fn.(*ssa.Function).FreeVars[i])
					}
				}
			case *ssa.Call:
				add(ref)
				// What is handed over beside it may keep it.
				for _, arg := range ref.Call.Args {
					if arg != v && keeps(arg.Type()) {
						add(base(arg))
					}
				}
				if ref.Call.IsInvoke() && ref.Call.Value != v {
					add(base(ref.Call.Value))
				}
			case ssa.Value:
				if !isErrorTest(ref) {
					add(ref)
				}
			}
		}
	}
	add(v)
	return found
}

// isErrorTest reports whether v only compares.
func isErrorTest(v ssa.Value) bool {
	b, ok := v.(*ssa.BinOp)
	return ok && b.Op != token.ADD
}

// keeps reports whether a value of type t can remember what it is given.
func keeps(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Map, *types.Chan:
		return true
	}
	return false
}

// base returns the variable that an address leads into.
func base(addr ssa.Value) ssa.Value {
	for {
		switch a := addr.(type) {
		case *ssa.FieldAddr:
			addr = a.X
		case *ssa.IndexAddr:
			addr = a.X
		default:
			return addr
		}
	}
}

// Ticks reports whether a channel comes from a ticker or timer, which never
// close theirs: its elements are times.
func Ticks(ch ssa.Value) bool {
	c, ok := ch.Type().Underlying().(*types.Chan)
	return ok && leakapi.IsTime(c.Elem())
}
