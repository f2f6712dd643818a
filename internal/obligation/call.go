package obligation

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/pathcond"
)

func (e *explorer) callInstr(p *path, call *ssa.Call) []*path {
	if e.u.InLoop(call.Block()) || call.Parent() != e.spec.Root {
		p.Redefine(call)
	}
	if ssa.CallInstruction(call) == e.spec.Call {
		return e.acquire(p, call)
	}
	fn, args := p.operands(call.Common())
	return e.call(p, call, fn, args)
}

// operands returns what a call's function and arguments stand for.
func (p *path) operands(c *ssa.CallCommon) (pathcond.Sym, []pathcond.Sym) {
	args := p.Values(c.Args)
	return p.Value(c.Value), args
}

// acquire opens the obligation, or finds an earlier one still open.
func (e *explorer) acquire(p *path, call *ssa.Call) []*path {
	switch p.status {
	case idle:
	case deferred:
		e.exit(p, Exit{Fate: DeferLoop, Instr: p.dcall})
		return nil
	default:
		if d := e.pending(p); d != nil {
			if leakssa.LeadTo(d.Block())[call.Block()] {
				e.exit(p, Exit{Fate: DeferLoop, Instr: d})
				return nil
			}
			p.again, p.later = true, d // it may release what takes the place of the first
			return []*path{p}
		}
		if e.lost(p) {
			e.exit(p, Exit{Fate: Overwritten, Instr: call})
			return nil
		}
		p.again = true
		return []*path{p}
	}
	p.status = open
	e.res.Reached = true
	for _, a := range e.spec.Aliases {
		e.lead(p, call, a)
		if a.Path != "" {
			p.SetNil(e.u.ResultOf(call, a.Result), false)
		}
	}
	for i := range call.Common().Signature().Results().Len() {
		if i >= 16 || e.spec.NotNil&(1<<i) == 0 {
			continue
		}
		if x := e.u.ResultOf(call, i); pathcond.IsBool(call.Common().Signature().Results().At(i).Type()) {
			p.SetBool(x, true)
		} else {
			p.SetNil(x, false)
		}
	}
	if e.spec.When != leakapi.Always {
		e.assumeLast(p, call, e.spec.When)
	}
	return []*path{p}
}

// lead makes a result of call lead to the resource. What is released by being
// called is the resource itself, as far as paths go.
func (e *explorer) lead(p *path, call *ssa.Call, a Alias) {
	if a.Result < 0 {
		p.Become(call.Call.Args[^a.Result])
		return
	}
	w := a.Path
	if n := len(w); n > 0 && w[n-1] == pathcond.StepCall {
		w = w[:n-1]
	}
	if w == "" {
		p.SetResult(call, a.Result, e.u.Resource())
	} else {
		p.Link(e.u.ResultOf(call, a.Result), w)
	}
}

// pending returns a deferred call that will surely release the resource.
func (e *explorer) pending(p *path) *ssa.Defer {
	for f := p.Frame; f != nil; f = f.Parent {
		for d := f.Defers; d != nil; d = d.Below {
			if e.captured(p, d.Fn) == Released {
				return d.Call
			}
		}
	}
	return nil
}

// assumeLast records what is known of the last result.
func (e *explorer) assumeLast(p *path, call *ssa.Call, w leakapi.When) {
	res := call.Common().Signature().Results()
	n := res.Len() - 1
	if n < 0 {
		return
	}
	x := e.u.ResultOf(call, n)
	if pathcond.IsBool(res.At(n).Type()) {
		p.SetBool(x, w == leakapi.NonZero)
	} else {
		p.SetNil(x, w == leakapi.Zero)
	}
}

// call carries out a call: released, borrowed, handed on, or run in place.
func (e *explorer) call(p *path, instr ssa.CallInstruction, fn pathcond.Sym, args []pathcond.Sym) []*path {
	c := instr.Common()
	if p.held() && e.releases(p, c, fn, args) {
		p.status = done
		return e.alive(p)
	}
	if p.held() && e.asks(fn) {
		return e.apply(p, instr, Effect{Zero: Released, NonZero: Borrowed})
	}
	if p.held() && e.onHandle(c, fn, args, e.spec.Fails) {
		return e.returned(e.apply(p, instr, Effect{Zero: Borrowed, NonZero: Released}), instr, args)
	}
	if e.spec.Carried && p.held() && e.fromContext(p, instr, args) {
		return e.alive(p)
	}
	if b, ok := c.Value.(*ssa.Builtin); ok {
		return e.builtin(p, instr, b, args)
	}
	if body := e.inPlace(p, c, fn); body != nil {
		p.Begin(body, instr, fn, args, pathcond.Frame{Direct: true})
		return []*path{p}
	}
	if i, mc := e.funcArg(c, args); mc != nil {
		if how := e.howCalled(c, i, mc); (how == leakapi.NowOnce || how == leakapi.NowMany) && !e.takes(p, c, fn, args, i) {
			if forks := e.runArg(p, instr, args[i], how == leakapi.NowMany); forks != nil {
				return forks
			}
		}
	}
	if p.CallPure(instr, args, e.fx) {
		return []*path{p}
	}
	forks := []*path{p}
	sure := false
	if p.held() {
		sure = e.onHandle(c, fn, args, e.spec.Sure)
		forks = e.effects(p, instr, fn, args)
	}
	forks = e.returned(forks, instr, args)
	if call, ok := instr.(*ssa.Call); ok && sure {
		for _, q := range forks {
			failed := q.clone()
			failed.doubt = true
			e.assumeLast(failed, call, leakapi.NonZero)
			e.assumeLast(q, call, leakapi.Zero)
			forks = append(forks, failed)
		}
	}
	return forks
}

// takes reports whether a call does more with the resource than to use it, whatever the
// function literal does that is argument lit.
func (e *explorer) takes(p *path, c *ssa.CallCommon, fn pathcond.Sym, args []pathcond.Sym, lit int) bool {
	if !p.held() {
		return false
	}
	does := func(x pathcond.Sym, arg int) bool {
		w, ok := p.PathFrom(x)
		if !ok {
			return false
		}
		eff := e.fx.Arg(c, arg, w, e.spec)
		return eff.Zero|eff.NonZero != Borrowed
	}
	if c.IsInvoke() && does(fn, -1) {
		return true
	}
	for i, a := range args {
		if i != lit && does(a, i) {
			return true
		}
	}
	return false
}

// returned carries paths on behind an ordinary call.
func (e *explorer) returned(forks []*path, instr ssa.CallInstruction, args []pathcond.Sym) []*path {
	for _, q := range forks {
		e.after(q, instr, args)
	}
	var on []*path
	for _, q := range forks {
		if q.AssumeReturned(instr.Common(), args, e.fx) {
			on = append(on, e.alive(q)...)
		}
	}
	return on
}

// releases reports whether the call is a release of the resource itself, or of what it
// keeps.
func (e *explorer) releases(p *path, c *ssa.CallCommon, fn pathcond.Sym, args []pathcond.Sym) bool {
	h := e.u.Resource()
	if c.IsInvoke() {
		return slices.Contains(e.spec.Release, c.Method.Name()) && (fn == h || p.Value(embedder(c.Value)) == h) ||
			slices.Contains(e.spec.Parts, c.Method.Name()) && e.inside(fn)
	}
	if fn == h {
		return true // only what is released so can be called
	}
	name := methodName(c.StaticCallee())
	if name == "" || len(args) == 0 {
		return false
	}
	if slices.Contains(e.spec.Release, name) && (args[0] == h || p.Value(embedder(c.Args[0])) == h) {
		return true
	}
	return slices.Contains(e.spec.Parts, name) && e.inside(args[0])
}

// methodName returns the name of the method that fn is, or stands for, as a method
// expression does; "" if it is none.
func methodName(fn *ssa.Function) string {
	switch {
	case fn == nil:
	case fn.Signature.Recv() != nil:
		return fn.Name()
	case fn.Synthetic != "":
		if obj, ok := fn.Object().(*types.Func); ok && obj.Signature().Recv() != nil {
			return obj.Name()
		}
	}
	return ""
}

// inside reports whether x lies in a field of the resource, however deep.
func (e *explorer) inside(x pathcond.Sym) bool {
	for within := false; ; x = e.u.Operand(x) {
		switch e.u.Kind(x) {
		case pathcond.Addr:
			within = true
		case pathcond.Init, pathcond.After:
		default:
			return within && x == e.u.Resource()
		}
	}
}

// onHandle reports whether the call is of a method of the resource, one of those named.
func (e *explorer) onHandle(c *ssa.CallCommon, fn pathcond.Sym, args []pathcond.Sym, names []string) bool {
	h := e.u.Resource()
	if c.IsInvoke() {
		return fn == h && slices.Contains(names, c.Method.Name())
	}
	return len(args) > 0 && args[0] == h && slices.Contains(names, methodName(c.StaticCallee()))
}

// embedder returns what v is an embedded field of, whose methods are promoted, or
// v if it is none.
func embedder(v ssa.Value) ssa.Value {
	for {
		x := v
		if load, ok := x.(*ssa.UnOp); ok && load.Op == token.MUL {
			x = load.X
		}
		f, ok := x.(*ssa.FieldAddr)
		if !ok {
			return v
		}
		if field := leakssa.FieldAt(f.X.Type(), f.Field); field == nil || !field.Embedded() {
			return v
		}
		v = f.X
	}
}

// asks reports whether a function is the one that says when the obligation is over.
func (e *explorer) asks(fn pathcond.Sym) bool {
	call, ok := e.spec.Call.(*ssa.Call)
	return ok && e.spec.Until >= 0 && fn == e.u.ResultOf(call, e.spec.Until)
}

func (e *explorer) builtin(p *path, instr ssa.CallInstruction, b *ssa.Builtin, args []pathcond.Sym) []*path {
	v, isCall := instr.(*ssa.Call)
	switch b.Name() {
	case "append":
		for i, a := range args {
			if w, ok := p.PathFrom(a); ok && p.status == open {
				if !e.summary && isCall && (len(w) == 1 || !ofFuncs(v.Type())) {
					p.Link(p.Value(v), listed)
					p.listed = true
				} else if i > 0 {
					e.escape(p, Exit{Fate: Stored, Instr: instr})
				}
			}
			if i > 0 {
				e.publish(p, a)
			}
		}
		return e.alive(p)
	case "copy":
		if p.status == open && p.Reaches(args[1]) {
			e.escape(p, Exit{Fate: Stored, Instr: instr})
		}
		return e.alive(p)
	case "len", "cap":
		if n := literalLen(instr.Common().Args[0]); isCall && n > 0 {
			p.SetValue(v, e.u.ConstOf(constant.MakeInt64(n)))
		} else if isCall {
			p.SetLen(v, b.Name(), args[0])
			if e.holdsIt(p, instr.Common().Args[0]) {
				p.AtLeast(p.Value(v), 1)
			}
		}
	}
	return []*path{p}
}

// literalLen returns how many elements a list has that is written out in the
// source; 0 if it is none.
func literalLen(v ssa.Value) int64 {
	s, ok := v.(*ssa.Slice)
	if !ok || s.Low != nil || s.High != nil {
		return 0
	}
	ptr, ok := s.X.Type().Underlying().(*types.Pointer)
	if !ok {
		return 0
	}
	array, ok := ptr.Elem().Underlying().(*types.Array)
	if !ok {
		return 0
	}
	return array.Len()
}

// after records what else a call may have done.
func (e *explorer) after(p *path, instr ssa.CallInstruction, args []pathcond.Sym) {
	_, deferred := instr.(*ssa.Defer)
	p.ClobberEscaped(instr, func(x pathcond.Sym) bool {
		a, ok := e.u.SSA(x).(*ssa.Alloc)
		return deferred && ok && e.results[a] // nobody sets what is about to be returned
	}, p.Reaches)
	for _, a := range args {
		if mc, ok := e.u.SSA(a).(*ssa.MakeClosure); ok {
			p.ExposeCaptured(mc, instr, p.Reaches)
			continue
		}
		p.Expose(a, instr, p.Reaches)
	}
	call, ok := instr.(*ssa.Call)
	if !ok {
		return
	}
	if pathcond.SaysEnd(call) {
		p.SetNil(p.Value(call), false)
	}
	p.SetResults(call, args, e.fx)
}
