package ctxblock

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/report"
)

// worker reports loops of fn that go on, or sleep, without looking at the
// context at hand.
func (c *checker) worker(fn *ssa.Function, scope ctxflow.Scope) {
	for _, l := range ctxflow.Loops(fn) {
		sleep := c.sleepIn(l)
		consults := c.flow.Consults(l, scope.Param)
		f := report.Finding{}
		if scope.Running == ctxflow.Beside {
			f.Tier = leakconfig.Audit
		}
		switch {
		case sleep != nil && consults:
			f.Tier = leakconfig.Audit
			f.Message = fmt.Sprintf("%s cannot end this sleep, though the loop looks at it: wait for its Done channel too", name(scope))
		case sleep != nil:
			if leakssa.StaticBound(sleep.Block()) || timed(l) || c.flow.Bridged(fn) {
				f.Tier = leakconfig.Audit
			}
			f.Message = fmt.Sprintf("%s cannot end %s, which sleeps in a loop and never looks at it", name(scope), leakssa.Declared(fn).Name())
		case l.Endless && !consults:
			if c.flow.Bridged(fn) {
				f.Tier = leakconfig.Audit
			}
			f.Message = fmt.Sprintf("%s cannot end %s, which loops for ever and never looks at it", name(scope), leakssa.Declared(fn).Name())
		default:
			continue
		}
		if sleep != nil {
			if expr := leakssa.CallExpr(sleep); expr != nil {
				f.Pos, f.End = expr.Pos(), expr.End()
				if fix, ok := c.sleepFix(sleep, expr, scope); ok {
					f.Fixes = append(f.Fixes, fix)
				}
			}
		} else {
			f.Pos = loopPos(l)
		}
		if f.Pos.IsValid() {
			c.r.Report(f)
		}
	}
}

// timed reports whether a loop is left when it is late enough.
func timed(l ctxflow.Loop) bool {
	return slices.ContainsFunc(l.Blocks, func(b *ssa.BasicBlock) bool {
		test, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok || !slices.ContainsFunc(b.Succs, func(next *ssa.BasicBlock) bool { return !slices.Contains(l.Blocks, next) }) {
			return false
		}
		cond := test.Cond
		if n, ok := cond.(*ssa.UnOp); ok {
			cond = n.X
		}
		switch cond := cond.(type) {
		case *ssa.BinOp:
			return leakapi.IsMoment(cond.X.Type())
		case *ssa.Call:
			return slices.ContainsFunc(cond.Call.Args, func(a ssa.Value) bool { return leakapi.IsMoment(a.Type()) })
		}
		return false
	})
}

// name is how a message calls a context.
func name(s ctxflow.Scope) string {
	if s.Blank {
		return "the context parameter"
	}
	return s.Expr
}

// sleepIn returns a call in a loop that only lets time pass, or nil.
func (c *checker) sleepIn(l ctxflow.Loop) *ssa.Call {
	for _, b := range l.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			if blocks := c.sum.Blocks(call); len(blocks) == 1 && blocks[0].On == leakapi.OnSleep {
				return call
			}
		}
	}
	return nil
}

func loopPos(l ctxflow.Loop) token.Pos {
	found := token.NoPos
	for _, b := range l.Blocks {
		for _, instr := range b.Instrs {
			if p := instr.Pos(); p.IsValid() && (!found.IsValid() || p < found) {
				found = p
			}
		}
	}
	return found
}

// channels reports channel operations that the context at hand cannot end.
func (c *checker) channels(fn *ssa.Function, scope ctxflow.Scope) {
	if c.r.Config().Tier != leakconfig.Audit || scope.Running == ctxflow.Beside {
		return
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if ch, what := c.operation(instr); ch != nil && !c.flow.MadeHere(ch) && !ctxflow.Ticks(ch) {
				c.r.Report(report.Finding{
					Pos: instr.Pos(), Tier: leakconfig.Audit,
					Message: fmt.Sprintf("%s cannot end this %s: wait for its Done channel too", name(scope), what),
				})
			}
		}
	}
}

// operation returns the channel of an operation that can block and that no
// signal ends.
func (c *checker) operation(instr ssa.Instruction) (ssa.Value, string) {
	switch instr := instr.(type) {
	case *ssa.Send:
		return instr.Chan, "send"
	case *ssa.UnOp:
		if instr.Op == token.ARROW && !c.flow.Signals(instr.X) {
			return instr.X, "receive"
		}
	case *ssa.Select:
		if !instr.Blocking {
			return nil, ""
		}
		for _, s := range instr.States {
			if s.Dir == types.RecvOnly && (c.flow.Signals(s.Chan) || ctxflow.Ticks(s.Chan)) {
				return nil, ""
			}
		}
		return instr.States[0].Chan, "select"
	}
	return nil, ""
}
