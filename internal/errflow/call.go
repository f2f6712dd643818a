package errflow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/pathcond"
)

func (e *explorer) callInstr(p *path, call *ssa.Call) []*path {
	if e.u.InLoop(call.Block()) || call.Parent() != e.root {
		p.Redefine(call)
	}
	c := call.Common()
	return e.call(p, call, p.Value(c.Value), e.values(p, c.Args))
}

func (e *explorer) values(p *path, args []ssa.Value) []pathcond.Sym {
	out := make([]pathcond.Sym, len(args))
	for i, a := range args {
		out[i] = p.Value(a)
	}
	return out
}

// call carries out a call, in place if it runs a function literal.
func (e *explorer) call(p *path, instr ssa.CallInstruction, fn pathcond.Sym, args []pathcond.Sym) []*path {
	c := instr.Common()
	if b, ok := c.Value.(*ssa.Builtin); ok {
		e.builtin(p, instr, b, args)
		return []*path{p}
	}
	if !c.IsInvoke() {
		if body := e.runnable(p, e.literal(fn)); body != nil {
			return []*path{e.enter(p, instr, fn, body, args, true)}
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
		return []*path{skipped, e.enter(p, instr, a, body, nil, false)}
	}
	if target, values := e.fx.Pure(c); target != nil {
		if v, ok := instr.(*ssa.Call); ok {
			if x := e.u.Pure(target, p.PureArgs(c, values, args)); x != 0 {
				p.SetValue(v, x)
			}
		}
		return []*path{p}
	}
	e.finish(p, instr, args)
	if !e.assume(p, c, args) {
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
	p.ClobberEscaped(instr, nil, func(pathcond.Sym) bool { return false })
	for _, a := range args {
		if mc, ok := e.u.SSA(a).(*ssa.MakeClosure); ok {
			e.share(p, mc, instr)
			continue
		}
		e.expose(p, a, instr)
	}
	if !isCall {
		return
	}
	if isSource {
		p.ran |= 1 << i
		p.tested &^= 1 << i
		p.kept &^= 1 << i
	}
	for _, n := range e.fx.NilIff(call.Common()) {
		if n.Arg < len(args) {
			e.setResult(p, call, n.Result, args[n.Arg])
		}
	}
	for i := range call.Common().Signature().Results().Len() {
		if e.fx.NeverNil(call.Common(), i) {
			p.SetNil(e.resultSym(call, i), false)
		}
	}
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

func (e *explorer) resultSym(call *ssa.Call, i int) pathcond.Sym {
	if _, ok := call.Type().(*types.Tuple); ok {
		return e.u.PartOf(e.u.Of(call), i)
	}
	return e.u.Of(call)
}

func (e *explorer) setResult(p *path, call *ssa.Call, i int, x pathcond.Sym) {
	if _, ok := call.Type().(*types.Tuple); ok {
		p.Put(e.u.PartOf(e.u.Of(call), i), x)
	} else {
		p.SetValue(call, x)
	}
}

// assume records what holds for the arguments once the call has returned, and
// reports whether that can be.
func (e *explorer) assume(p *path, c *ssa.CallCommon, args []pathcond.Sym) bool {
	assumed, goesOn := e.fx.Assumed(c)
	if !goesOn {
		return false
	}
	for _, a := range assumed {
		if a.Arg >= len(args) {
			continue
		}
		cond, want := args[a.Arg], a.True
		if !a.Cond {
			cond, want = e.u.IsNil(cond), a.Nil
		}
		if !p.Assume(cond, want) {
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
		if x := e.u.PureCall(b.Name(), args); x != 0 {
			p.SetValue(v, x)
		}
	}
}

// literal returns the function literal that a symbol is, or nil.
func (e *explorer) literal(fn pathcond.Sym) *ssa.Function {
	switch v := e.u.SSA(fn).(type) {
	case *ssa.MakeClosure:
		return v.Fn.(*ssa.Function)
	case *ssa.Function:
		if v.Parent() != nil {
			return v
		}
	}
	return nil
}

func (e *explorer) runnable(p *path, body *ssa.Function) *ssa.Function {
	if body == nil || len(body.Blocks) == 0 || len(body.Blocks) > maxBlocks {
		return nil
	}
	depth := 0
	for f := p.frame; f != nil; f = f.parent {
		if f.fn == body {
			return nil // recursion
		}
		depth++
	}
	if depth > maxInline {
		return nil
	}
	return body
}

// enter starts to run body: in place of instr if direct, else by its callee.
func (e *explorer) enter(p *path, instr ssa.Instruction, lit pathcond.Sym, body *ssa.Function, args []pathcond.Sym, direct bool) *path {
	index := p.index
	if _, ok := instr.(*ssa.Defer); ok {
		index-- // RunDefers goes on with the next pending call
	}
	p.frame = &frame{fn: body, parent: p.frame, at: instr, block: p.block, index: index, direct: direct}
	for i, fv := range body.FreeVars {
		if a := e.u.AddrOf(lit, i); a != 0 && p.Holds(a) != 0 {
			p.SetValue(fv, p.Holds(a))
		}
	}
	for i, prm := range body.Params {
		if i < len(args) {
			p.SetValue(prm, args[i])
		} else {
			p.Redefine(prm)
		}
	}
	p.block, p.index = body.Blocks[0], 0
	return p
}

func (e *explorer) deferCall(p *path, d *ssa.Defer) {
	c := d.Common()
	f := *p.frame
	f.defers = &deferral{below: f.defers, call: d, fn: p.Value(c.Value), args: e.values(p, c.Args)}
	p.frame = &f
}

// runDefers runs the next pending deferred call, if there is one.
func (e *explorer) runDefers(p *path, instr *ssa.RunDefers) []*path {
	d := p.frame.defers
	if d == nil {
		return []*path{p}
	}
	f := *p.frame
	f.defers = d.below
	p.frame = &f
	depth := p.frame
	forks := e.call(p, d.call, d.fn, d.args)
	for _, q := range forks {
		if q.frame == depth {
			q.index-- // the next one
		}
	}
	return forks
}

// goCall treats what is handed to a goroutine: errors are in other hands.
func (e *explorer) goCall(p *path, g *ssa.Go) {
	fn := p.Value(g.Call.Value)
	if mc, ok := e.u.SSA(fn).(*ssa.MakeClosure); ok {
		e.share(p, mc, g)
	}
	for _, a := range e.values(p, g.Call.Args) {
		p.tested |= e.trace(p, a, map[pathcond.Sym]bool{}).errors
		e.expose(p, a, g)
	}
}

// expose records that a callee can change the variable behind x, and those
// whose addresses it holds.
func (e *explorer) expose(p *path, x pathcond.Sym, by ssa.Instruction) {
	root := e.u.Root(x)
	if !e.u.Local(root) || p.Escaped(root) {
		return
	}
	p.Escape(root)
	held := p.Contents(root)
	p.Clobber(root, by, func(pathcond.Sym) bool { return false })
	for _, content := range held {
		e.expose(p, content, by)
	}
}

// share records that a function literal which runs elsewhere can reach the
// variables that it captures.
func (e *explorer) share(p *path, mc *ssa.MakeClosure, by ssa.Instruction) {
	for _, b := range mc.Bindings {
		if x := p.Value(b); e.u.Local(x) {
			p.Clobber(x, by, func(pathcond.Sym) bool { return false })
			p.Escape(x)
		}
	}
}

// ret ends an activation.
func (e *explorer) ret(p *path, r *ssa.Return) {
	if p.frame.parent == nil {
		e.leave(p, r)
		return
	}
	results := e.values(p, r.Results)
	f := p.frame
	p.frame, p.block, p.index = f.parent, f.block, f.index
	if call, ok := f.at.(*ssa.Call); ok {
		if f.direct || sameResults(f.fn, call) {
			for i, x := range results {
				e.setResult(p, call, i, x)
			}
		}
	}
	p.Drop(f.fn, func(v ssa.Value) bool { return e.isSource(v) })
	e.queue(p)
}

// sameResults reports whether a call hands on the error of the function literal
// that it runs.
func sameResults(fn *ssa.Function, call *ssa.Call) bool {
	a, b := fn.Signature.Results(), call.Common().Signature().Results()
	return a.Len() == 1 && b.Len() == 1 && isError(a.At(0).Type()) && isError(b.At(0).Type())
}
