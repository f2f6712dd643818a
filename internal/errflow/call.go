package errflow

import (
	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/pathcond"
)

func (e *explorer) callInstr(p *path, call *ssa.Call) []*path {
	if e.u.InLoop(call.Block()) || call.Parent() != e.root {
		p.Redefine(call)
	}
	c := call.Common()
	return e.call(p, call, p.Value(c.Value), p.Values(c.Args))
}

// call carries out a call, in place if it runs a function literal.
func (e *explorer) call(p *path, instr ssa.CallInstruction, fn pathcond.Sym, args []pathcond.Sym) []*path {
	c := instr.Common()
	if b, ok := c.Value.(*ssa.Builtin); ok {
		e.builtin(p, instr, b, args)
		return []*path{p}
	}
	if !c.IsInvoke() {
		if body := e.runnable(p, e.u.Literal(fn)); body != nil {
			p.Begin(body, instr, fn, args, pathcond.Frame{Direct: true})
			return []*path{p}
		}
	}
	for i, a := range args {
		mc, ok := e.u.SSA(a).(*ssa.MakeClosure)
		if !ok || e.u.Kind(a) != pathcond.Value {
			continue
		}
		how := e.fx.FuncArg(c, i)
		body := e.runnable(p, mc.Fn.(*ssa.Function))
		if body == nil || how != leakapi.NowOnce && how != leakapi.NowMany {
			continue
		}
		skipped := p.clone()
		e.finish(skipped, instr, args)
		p.Begin(body, instr, a, nil, pathcond.Frame{})
		return []*path{skipped, p}
	}
	if p.CallPure(instr, args, e.fx) {
		return []*path{p}
	}
	e.finish(p, instr, args)
	if !p.AssumeReturned(c, args, e.fx) {
		return nil
	}
	return []*path{p}
}

// finish records what an ordinary call has done.
func (e *explorer) finish(p *path, instr ssa.CallInstruction, args []pathcond.Sym) {
	call, isCall := instr.(*ssa.Call)
	i, isSource := 0, false
	if isCall {
		i, isSource = e.byCall[call]
	}
	if e.hands(instr) && e.fx.Heeds(instr.Common()) {
		for _, a := range args {
			p.tested |= e.trace(p, a, map[pathcond.Sym]bool{}).errors
		}
	}
	p.ClobberEscaped(instr, nil, none)
	for _, a := range args {
		if mc, ok := e.u.SSA(a).(*ssa.MakeClosure); ok {
			p.ExposeCaptured(mc, instr, none)
			continue
		}
		p.Expose(a, instr, none)
	}
	if !isCall {
		return
	}
	if isSource {
		p.ran |= 1 << i
		p.tested &^= 1 << i
		p.kept &^= 1 << i
	}
	p.SetResults(call, args, e.fx)
}

// hands reports whether a call that is handed an error leaves its caller
// nothing to look at afterwards.
func (e *explorer) hands(instr ssa.CallInstruction) bool {
	call, ok := instr.(*ssa.Call)
	if !ok || call.Call.Signature().Results().Len() == 0 {
		return true
	}
	for _, ref := range *call.Referrers() {
		if _, ok := ref.(*ssa.DebugRef); !ok {
			return false
		}
	}
	return true
}

func (e *explorer) builtin(p *path, instr ssa.CallInstruction, b *ssa.Builtin, args []pathcond.Sym) {
	v, ok := instr.(*ssa.Call)
	if !ok {
		return
	}
	if b.Name() == "len" || b.Name() == "cap" {
		p.SetLen(v, b.Name(), args[0])
	}
}

func (e *explorer) runnable(p *path, body *ssa.Function) *ssa.Function {
	if p.CanRun(body, maxBlocks, maxInline) {
		return body
	}
	return nil
}

func (e *explorer) deferCall(p *path, d *ssa.Defer) {
	c := d.Common()
	f := *p.Frame
	f.Defers = &pathcond.Deferral{Below: f.Defers, Call: d, Fn: p.Value(c.Value), Args: p.Values(c.Args)}
	p.Frame = &f
}

// runDefers runs the next pending deferred call, if there is one.
func (e *explorer) runDefers(p *path, instr *ssa.RunDefers) []*path {
	d := p.PopDefer()
	if d == nil {
		return []*path{p}
	}
	own := p.Frame
	forks := e.call(p, d.Call, d.Fn, d.Args)
	for _, q := range forks {
		if q.Frame == own {
			q.Index-- // the next one
		}
	}
	return forks
}

// goCall treats what is handed to a goroutine: errors are in other hands.
func (e *explorer) goCall(p *path, g *ssa.Go) {
	fn := p.Value(g.Call.Value)
	if mc, ok := e.u.SSA(fn).(*ssa.MakeClosure); ok {
		p.ExposeCaptured(mc, g, none)
	}
	for _, a := range p.Values(g.Call.Args) {
		p.tested |= e.trace(p, a, map[pathcond.Sym]bool{}).errors
		p.Expose(a, g, none)
	}
}

// none says that nothing stays as it was of what a callee can change.
func none(pathcond.Sym) bool { return false }

// ret ends an activation.
func (e *explorer) ret(p *path, r *ssa.Return) {
	if p.Frame.Parent == nil {
		e.leave(p, r)
		return
	}
	results := p.Values(r.Results)
	f := p.Frame
	p.End()
	if call, ok := f.At.(*ssa.Call); ok {
		p.SetReturned(call, f, results)
	}
	p.Drop(f.Fn, func(v ssa.Value) bool { return e.isSource(v) })
	e.queue(p)
}
