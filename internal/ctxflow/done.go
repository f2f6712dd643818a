package ctxflow

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
)

// Ended says what is known of the work that a context stands for.
type Ended uint8

const (
	Live  Ended = iota // nothing says that it is over
	Child              // a context derived here is over, the one at hand need not be
	Over               // some path to here has seen the context, or the process, end
)

// AfterEnd reports whether some path to an instruction of a function passes a
// point where a context is known to be over, or where the function has waited
// for a signal to stop.
func (t *Tracer) AfterEnd(instr ssa.Instruction) Ended {
	fn := instr.Parent()
	b := instr.Block()
	found := t.ends(fn)[b]
	if fn.Parent() != nil {
		if c := t.closure(fn); c.make != nil {
			found = max(found, t.AfterEnd(c.make))
		} else if c.use != nil {
			found = max(found, t.AfterEnd(c.use))
		}
	}
	for _, other := range b.Instrs {
		if other == instr {
			break
		}
		if recv, ok := other.(*ssa.UnOp); ok && recv.Op == token.ARROW {
			found = max(found, t.endOf(recv.X))
		}
	}
	return found
}

// AfterWork reports whether every way to a call has done something under a context that
// the function was given.
func (t *Tracer) AfterWork(call *ssa.Call) bool {
	for b := call.Block(); b != nil; b = b.Idom() {
		for _, instr := range b.Instrs {
			if instr == ssa.Instruction(call) {
				break
			}
			if work, ok := instr.(*ssa.Call); ok && t.worksUnder(work) {
				return true
			}
		}
	}
	return false
}

// worksUnder reports whether a call gets a context that its function was given, and does
// not just make another of it.
func (t *Tracer) worksUnder(call *ssa.Call) bool {
	for v := range call.Call.Signature().Results().Variables() {
		if leakapi.IsContext(v.Type()) {
			return false
		}
	}
	return slices.ContainsFunc(call.Call.Args, func(arg ssa.Value) bool {
		return leakapi.IsContext(arg.Type()) && t.Origin(arg).Kind == Given
	})
}

// ends returns the blocks of fn that an end can come before.
func (t *Tracer) ends(fn *ssa.Function) map[*ssa.BasicBlock]Ended {
	if after, ok := t.endings[fn]; ok {
		return after
	}
	after := map[*ssa.BasicBlock]Ended{}
	t.endings[fn] = after
	var spread func(b *ssa.BasicBlock, end Ended)
	spread = func(b *ssa.BasicBlock, end Ended) {
		if after[b] >= end {
			return
		}
		after[b] = end
		for _, s := range b.Succs {
			spread(s, end)
		}
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if recv, ok := instr.(*ssa.UnOp); ok && recv.Op == token.ARROW {
				if end := t.endOf(recv.X); end != Live {
					for _, s := range b.Succs {
						spread(s, end)
					}
				}
			}
		}
		if cond, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok {
			onTrue, onFalse := t.endIf(cond.Cond)
			if onTrue != Live {
				spread(b.Succs[0], onTrue)
			}
			if onFalse != Live {
				spread(b.Succs[1], onFalse)
			}
		}
	}
	return after
}

// endIf returns what is over if a condition is true, and if it is false.
func (t *Tracer) endIf(cond ssa.Value) (onTrue, onFalse Ended) {
	switch cond := cond.(type) {
	case *ssa.UnOp:
		if cond.Op == token.NOT {
			onFalse, onTrue = t.endIf(cond.X)
		}
	case *ssa.Call:
		// errors.Is(err, context.Canceled) and the like.
		for _, arg := range cond.Call.Args {
			if isEndError(arg) {
				return Over, Live
			}
		}
	case *ssa.BinOp:
		var end Ended
		if sel, i, ok := leakssa.SelectCase(cond); ok {
			if sel.States[i].Dir == types.RecvOnly {
				end = t.endOf(sel.States[i].Chan)
			}
		} else if isNil(cond.Y) {
			// A context's error is nil until it is over.
			end = t.errOf(cond.X)
			if cond.Op == token.NEQ {
				return end, Live
			}
			return Live, end
		} else if isEndError(cond.X) || isEndError(cond.Y) {
			end = Over
		}
		switch cond.Op {
		case token.EQL:
			return end, Live
		case token.NEQ:
			return Live, end
		}
	}
	return onTrue, onFalse
}

// endOf returns what is over once a channel has been received from.
func (t *Tracer) endOf(ch ssa.Value) Ended {
	if ctx := t.doneOf(ch); ctx != nil {
		return t.contextEnd(ctx)
	}
	c, ok := ch.Type().Underlying().(*types.Chan)
	if !ok || !leakapi.IsSignal(c.Elem()) || t.MadeHere(ch) {
		return Live
	}
	return Over
}

// errOf returns what is over if v, the error of a context, is not nil.
func (t *Tracer) errOf(v ssa.Value) Ended {
	call, ok := v.(*ssa.Call)
	if !ok || !handsError(call.Call.Signature()) {
		return Live
	}
	if ctx := t.carried(call); ctx != nil {
		return t.contextEnd(ctx)
	}
	return Live
}

func (t *Tracer) contextEnd(ctx ssa.Value) Ended {
	if o := t.Origin(ctx); (o.Kind == Given || o.Kind == Detached) && o.Derived {
		return Child
	}
	return Over
}

// doneOf returns the context that closes a channel when it is over, or nil.
func (t *Tracer) doneOf(ch ssa.Value) ssa.Value {
	if call, ok := ch.(*ssa.Call); ok {
		return t.carried(call)
	}
	if load, ok := ch.(*ssa.UnOp); ok && load.Op == token.MUL {
		if a, ok := load.X.(*ssa.Alloc); ok {
			if vals := stores(a); len(vals) == 1 && vals[0] != ch {
				return t.doneOf(vals[0])
			}
		}
	}
	return nil
}

// carried returns the context that the only result of a call stands for: the
// call is a method of it, or a function of nothing else.
func (t *Tracer) carried(call *ssa.Call) ssa.Value {
	c, ok := t.eff.Context(call.Common(), 0)
	if !ok || c.From != leakapi.FromArg {
		return nil
	}
	arg := argument(call.Common(), c.Arg)
	if arg == nil || !leakapi.IsContext(arg.Type()) {
		return nil
	}
	return arg
}

// MadeHere reports whether the function that uses a channel makes it.
func (t *Tracer) MadeHere(ch ssa.Value) bool { return t.madeHere(ch, map[ssa.Value]bool{}) }

func (t *Tracer) madeHere(ch ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[ch] {
		return false
	}
	seen[ch] = true
	switch ch := ch.(type) {
	case *ssa.MakeChan:
		return true
	case *ssa.ChangeType:
		return t.madeHere(ch.X, seen)
	case *ssa.Phi:
		for _, e := range ch.Edges {
			if t.madeHere(e, seen) {
				return true
			}
		}
	case *ssa.UnOp:
		addr := ch.X
		if fv, ok := addr.(*ssa.FreeVar); ok {
			addr = t.binding(fv)
		}
		if a, ok := addr.(*ssa.Alloc); ok {
			for _, v := range stores(a) {
				if t.madeHere(v, seen) {
					return true
				}
			}
		}
	}
	return false
}

func isNil(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.IsNil()
}

// isEndError reports whether v is one of the errors with which contexts end.
func isEndError(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return false
	}
	g, ok := load.X.(*ssa.Global)
	return ok && leakapi.IsEndError(g.Object())
}

// Signals reports whether a channel tells of an end: of a context, or by
// carrying nothing.
func (t *Tracer) Signals(ch ssa.Value) bool { return t.doneOf(ch) != nil || t.endOf(ch) != Live }
