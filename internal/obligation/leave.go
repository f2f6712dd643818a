package obligation

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// deferCall registers a deferred call, or ends the obligation if the call will
// surely meet it.
func (e *explorer) deferCall(p *path, d *ssa.Defer) []*path {
	fn, args := p.operands(d.Common())
	if p.status == open && e.surely(p, d, fn, args) {
		// Only if the acquiring call can run again before the deferred one does
		// is there more to see.
		if e.summary || p.Frame.Parent != nil && !IsYield(p.Frame.Fn) || !e.runsAgain() {
			p.status = done
			return e.alive(p)
		}
		p.status, p.dcall = deferred, d
		return []*path{p}
	}
	f := *p.Frame
	target := &f
	if IsYield(f.Fn) {
		// What the body of a range over a function defers runs when the
		// function around the loop returns.
		target = e.aroundLoop(p)
	} else {
		p.Frame = target
	}
	target.Defers = &pathcond.Deferral{Below: target.Defers, Call: d, Fn: fn, Args: args}
	return []*path{p}
}

// runsAgain reports whether the acquiring call lies in a loop.
func (e *explorer) runsAgain() bool {
	return e.u.InLoop(e.spec.Call.Block()) || IsYield(e.spec.Call.Parent())
}

// aroundLoop copies p's frames up to the function around a range over a
// function, and returns that function's frame.
func (e *explorer) aroundLoop(p *path) *pathcond.Frame {
	top := *p.Frame
	p.Frame = &top
	for f := p.Frame; ; {
		if f.Parent == nil || !IsYield(f.Fn) {
			return f
		}
		up := *f.Parent
		f.Parent = &up
		f = &up
	}
}

// surely reports whether the deferred call releases the resource whatever
// happens until it runs: its arguments are evaluated now.
func (e *explorer) surely(p *path, d *ssa.Defer, fn pathcond.Sym, args []pathcond.Sym) bool {
	c := d.Common()
	if e.releases(p, c, fn, args) {
		return true
	}
	if e.inPlace(p, c, fn) != nil || c.IsInvoke() {
		return false
	}
	for i, a := range args {
		if w, ok := p.PathFrom(a); ok {
			eff := e.fx.Arg(c, i, w, e.spec)
			if eff.Zero|eff.NonZero == Released {
				return true
			}
		}
	}
	return false
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

// goCall treats what is handed to a goroutine.
func (e *explorer) goCall(p *path, g *ssa.Go) []*path {
	fn, args := p.operands(g.Common())
	if p.status == open && e.releases(p, g.Common(), fn, args) {
		p.status = done
		return e.alive(p)
	}
	if mc, ok := e.u.SSA(fn).(*ssa.MakeClosure); ok {
		if p.status == open {
			if m := e.captured(p, fn); m == Released && e.summary {
				p.status = done
			} else if m != 0 && m != Borrowed {
				e.besides(p, g, fn, args, m)
				e.escape(p, Exit{Fate: Passed, Instr: g})
			} else if m == Borrowed {
				p.beside = true
			}
			e.goArgs(p, g, fn, args)
		}
		p.ExposeCaptured(mc, g, p.Reaches)
	} else {
		e.goArgs(p, g, fn, args)
	}
	for _, a := range args {
		e.publish(p, a)
	}
	return e.alive(p)
}

// goArgs treats the arguments that a goroutine gets.
func (e *explorer) goArgs(p *path, g *ssa.Go, fn pathcond.Sym, args []pathcond.Sym) {
	for i, a := range args {
		w, ok := p.PathFrom(a)
		if !ok || p.status != open {
			continue
		}
		eff := e.fx.Arg(g.Common(), i, w, e.spec)
		if body := e.partly(p, g.Common(), i, w, eff); body != nil {
			q := p.clone()
			q.Begin(body, g, fn, args, pathcond.Frame{Beside: true, Partly: true})
			e.queue(q)
		}
		if m := eff.Zero | eff.NonZero; m == Released && e.summary {
			p.status = done
		} else if m != Borrowed {
			e.escape(p, Exit{Fate: Passed, Instr: g})
		} else {
			p.beside = true
		}
	}
}

// ret ends an activation.
func (e *explorer) ret(p *path, r *ssa.Return) {
	results := p.Values(r.Results)
	if p.Frame.Parent == nil {
		e.leave(p, r, results)
		return
	}
	f := p.Frame
	if p.status == open && p.left == nil && (f.Partly || f.Beside) {
		p.left = r
	}
	if f.Beside && p.status == open {
		p.beside = true
	} else if !f.Direct && e.handOn(p, r, r.Results...) == nil {
		return // whoever runs it gets what it returns
	}
	again := f.Repeat && e.repeats(p, f.Fn, results)
	none := func(ssa.Value) bool { return false }
	if again {
		q := p.clone()
		q.Drop(f.Fn, none)
		q.Block, q.Index = f.Fn.Blocks[0], 0
		for _, prm := range f.Fn.Params {
			q.Redefine(prm)
		}
		e.queue(q)
	}
	p.End()
	if call, ok := f.At.(*ssa.Call); ok {
		p.SetReturned(call, f, results)
	}
	p.Drop(f.Fn, none)
	e.queue(p)
}

// repeats reports whether a caller that runs fn any number of times may do so
// once more: a loop until its body says stop, a retry until there is no error.
func (e *explorer) repeats(p *path, fn *ssa.Function, results []pathcond.Sym) bool {
	last := len(results) - 1
	if last < 0 {
		return false
	}
	if IsYield(fn) {
		return p.Eval(results[last]) != pathcond.False
	}
	return pathcond.IsError(fn.Signature.Results().At(last).Type()) && p.Nil(results[last]) != pathcond.True
}

// leave ends the path at a return of the root.
func (e *explorer) leave(p *path, r *ssa.Return, results []pathcond.Sym) {
	x := Exit{Instr: r, Last: e.last(p, results)}
	switch p.status {
	case idle:
		return
	case done, deferred:
		x.Fate = Done
	case escaped:
		last := x.Last
		x = p.exit
		x.Last = last
	case open:
		x.Fate = Open
		if e.holdsNothing(p) {
			x.Fate = Done
			break
		}
		if e.spec.Carried && slices.ContainsFunc(r.Results, carries) {
			x.Fate = Passed
		}
		for i, res := range results {
			if w, ok := p.PathFrom(res); ok {
				if _, isLit := e.u.SSA(res).(*ssa.MakeClosure); isLit && w != "" {
					if e.captured(p, res)&^Borrowed == 0 {
						continue
					}
					w = pathcond.Path([]byte{pathcond.StepCall})
				}
				if w != "" && w[0] == pathcond.StepElement && !e.summary {
					x.Fate = Passed // in a list
					continue
				}
				x.Fate = Returned
				x.Aliases = append(x.Aliases, Alias{i, w})
			}
			isSet := p.Nil(res) == pathcond.False
			if pathcond.IsBool(r.Results[i].Type()) {
				isSet = p.Eval(res) == pathcond.True
			}
			if i < 16 && isSet {
				x.NotNil |= 1 << i
			}
		}
		for i, prm := range e.spec.Root.Params {
			if e.spec.Keeps && x.Last == leakapi.NonZero && p.Reaches(e.u.Of(prm)) {
				x.Within = true
				break
			}
			if w, ok := p.PathFrom(e.u.Of(prm)); ok && (e.summary || e.spec.Keeps) && ssa.Value(prm) != e.spec.Entry {
				x.Fate = Returned
				x.Aliases = append(x.Aliases, Alias{^i, w})
			}
		}
	}
	e.exit(p, x)
}

// carries reports whether a result is a context that the function may have made, or
// something with one, such as a request.
func carries(v ssa.Value) bool {
	switch v.(type) {
	case *ssa.Const, *ssa.Parameter:
		return false
	}
	if leakapi.IsContext(v.Type()) {
		return true
	}
	m := leakapi.Method(v.Type(), nil, "Context")
	return m != nil && m.Signature().Params().Len() == 0 && m.Signature().Results().Len() == 1 && leakapi.IsContext(m.Signature().Results().At(0).Type())
}

// holdsNothing reports whether a field, or what something was found to be, says on this
// path that there is nothing to release.
func (e *explorer) holdsNothing(p *path) bool {
	call, ok := e.spec.Call.(*ssa.Call)
	if !ok {
		return e.spec.Alone && slices.ContainsFunc(e.spec.Empty, func(em Empty) bool {
			lo, hi := p.FieldBounds(e.u.Of(e.spec.Entry), em.Path)
			return !em.NotNil && lo >= em.Lo && hi <= em.Hi
		})
	}
	if e.spec.None != "" && p.Found(e.u.ConstOf(constant.MakeString(e.spec.None))) {
		return true
	}
	for _, em := range e.spec.Empty {
		if em.NotNil {
			if p.FieldNil(e.handle(call, em.Result), em.Path) == pathcond.False {
				return true
			}
			continue
		}
		lo, hi := p.FieldBounds(e.u.ResultOf(call, em.Result), em.Path)
		if lo >= em.Lo && hi <= em.Hi {
			return true
		}
	}
	return false
}

// handle returns what a result of the call stands for: the resource, if it is that.
func (e *explorer) handle(call *ssa.Call, result int) pathcond.Sym {
	for _, a := range e.spec.Aliases {
		if a.Result == result && a.Path == "" {
			return e.u.Resource()
		}
	}
	return e.u.ResultOf(call, result)
}

// last says what is known of the root's last result.
func (e *explorer) last(p *path, results []pathcond.Sym) leakapi.When {
	if !e.classes || len(results) == 0 {
		return leakapi.Always
	}
	x := results[len(results)-1]
	sig := e.spec.Root.Signature.Results()
	known := pathcond.Maybe
	if pathcond.IsBool(sig.At(sig.Len() - 1).Type()) {
		known = p.Eval(x).Not()
	} else {
		known = p.Nil(x)
	}
	switch known {
	case pathcond.True:
		return leakapi.Zero
	case pathcond.False:
		return leakapi.NonZero
	}
	return leakapi.Always
}

func tellsApart(fn *ssa.Function) bool { return tellsApartSig(fn.Signature) }

// tellsApartSig reports whether the last result is an error or a bool.
func tellsApartSig(sig *types.Signature) bool {
	n := sig.Results().Len()
	if n == 0 {
		return false
	}
	t := sig.Results().At(n - 1).Type()
	return pathcond.IsBool(t) || pathcond.IsError(t)
}

// namedResults returns the variables that hold a function's results while deferred
// calls run.
func namedResults(fn *ssa.Function) map[*ssa.Alloc]bool {
	found := map[*ssa.Alloc]bool{}
	for _, b := range fn.Blocks {
		r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		for _, v := range r.Results {
			if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
				if a, ok := load.X.(*ssa.Alloc); ok {
					found[a] = true
				}
			}
		}
	}
	return found
}

// ReturnPos returns where a return stands: its statement, or the closing brace
// of a function that falls off its end.
func ReturnPos(r ssa.Instruction) token.Pos {
	if r.Pos().IsValid() {
		return r.Pos()
	}
	if syn := r.Parent().Syntax(); syn != nil {
		return syn.End() - 1
	}
	return r.Parent().Pos()
}
