package obligation

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// inPlace returns the body of a function literal that a call runs on this
// path, or nil.
func (e *explorer) inPlace(p *path, c *ssa.CallCommon, fn pathcond.Sym) *ssa.Function {
	if c.IsInvoke() {
		return nil
	}
	return e.runnable(p, e.u.Literal(fn))
}

func (e *explorer) runnable(p *path, body *ssa.Function) *ssa.Function {
	if p.CanRun(body, maxBlocks, maxInline) {
		return body
	}
	return nil
}

// funcArg returns the first argument that is a function literal.
func (e *explorer) funcArg(c *ssa.CallCommon, args []pathcond.Sym) (int, *ssa.MakeClosure) {
	for i, a := range args {
		if mc, ok := e.u.SSA(a).(*ssa.MakeClosure); ok && e.u.Kind(a) == pathcond.Value {
			return i, mc
		}
	}
	return 0, nil
}

func (e *explorer) howCalled(c *ssa.CallCommon, arg int, mc *ssa.MakeClosure) leakapi.How {
	if IsYield(mc.Fn.(*ssa.Function)) {
		return leakapi.NowMany // that is what ranging over a function means
	}
	return e.fx.FuncArg(c, arg)
}

// IsYield reports whether fn is the body of a range over a function.
func IsYield(fn *ssa.Function) bool { return fn.Synthetic == "range-over-func yield" }

// runArg runs a function literal that instr calls before it returns, or
// returns nil if that cannot be followed.
func (e *explorer) runArg(p *path, instr ssa.CallInstruction, lit pathcond.Sym, many bool) []*path {
	body := e.runnable(p, e.u.SSA(lit).(*ssa.MakeClosure).Fn.(*ssa.Function))
	if _, isCall := instr.(*ssa.Call); body == nil || !isCall {
		return nil
	}
	var forks []*path
	if many && IsYield(body) {
		forks = append(forks, p.clone()) // not even once
	}
	p.Begin(body, instr, lit, nil, pathcond.Frame{Repeat: many})
	return append(forks, p)
}

// besides runs a goroutine's literal as if at once, to see whether some way through
// it leaves the resource open: then only the function itself could release it.
func (e *explorer) besides(p *path, g *ssa.Go, lit pathcond.Sym, args []pathcond.Sym, m Mask) {
	body := e.runnable(p, e.u.SSA(lit).(*ssa.MakeClosure).Fn.(*ssa.Function))
	if e.summary || body == nil || m&Escaped != 0 || m&Borrowed == 0 && !e.spec.Waits {
		return
	}
	q := p.clone()
	q.Begin(body, g, lit, args, pathcond.Frame{Beside: true})
	e.queue(q)
}

// stuck lets a goroutine wait for ever for what comes from outside the function,
// if that may keep it from releasing the resource.
func (e *explorer) stuck(p *path, chans ...ssa.Value) {
	if !e.spec.Waits || !p.Frame.Beside || p.status != open || slices.ContainsFunc(chans, func(c ssa.Value) bool { return e.ownChannel(c, 0) || e.ofAcquired(p, c) }) {
		return
	}
	q := p.clone()
	f := q.Frame
	q.beside, q.doubt = true, true
	q.End()
	q.Drop(f.Fn, func(ssa.Value) bool { return false })
	e.queue(q)
}

// sent hands on what a case of a select statement sends, if cond says that the path comes
// to it, and reports whether the way on still matters.
func (e *explorer) sent(p *path, cond ssa.Value) bool {
	cmp, ok := cond.(*ssa.BinOp)
	if !ok {
		return true
	}
	sel, i, ok := leakssa.SelectCase(cmp)
	if !ok || sel.States[i].Send == nil {
		return true
	}
	e.tells(p)
	if p.status == open && p.Reaches(p.Value(sel.States[i].Send)) {
		e.escape(p, Exit{Fate: Passed, Instr: sel})
	}
	return len(e.alive(p)) > 0
}

// tells notes that a goroutine says something: the function may go by that.
func (e *explorer) tells(p *path) {
	for f := p.Frame; f != nil && p.status == open; f = f.Parent {
		p.doubt = p.doubt || f.Beside
	}
}

// ofAcquired reports whether a channel is asked of what the call has returned beside the
// resource, such as the end of a context.
func (e *explorer) ofAcquired(p *path, c ssa.Value) bool {
	done, ok := c.(*ssa.Call)
	return ok && done.Call.IsInvoke() && e.ofAcquiring(p.Value(done.Call.Value))
}

// ownChannel reports whether a channel is, or may be, made by the function: it knows
// when something comes.
func (e *explorer) ownChannel(c ssa.Value, depth int) bool {
	switch c := c.(type) {
	case *ssa.Parameter:
		return false
	case *ssa.FreeVar:
		b := e.u.Binding(c)
		return b == nil || depth > maxInline || e.ownChannel(b, depth+1)
	case *ssa.Call:
		return !c.Call.IsInvoke() // a context's end, or another's
	case *ssa.UnOp:
		if c.Op != token.MUL {
			return true
		}
		switch x := c.X.(type) {
		case *ssa.FieldAddr:
			return false
		default:
			return depth > maxInline || e.ownChannel(x, depth+1)
		}
	case *ssa.Alloc:
		for _, ref := range *c.Referrers() {
			if st, ok := ref.(*ssa.Store); ok && st.Addr == ssa.Value(c) && (depth > maxInline || e.ownChannel(st.Val, depth+1)) {
				return true
			}
		}
		return false
	case *ssa.ChangeType:
		return e.ownChannel(c.X, depth)
	}
	return true
}

// captured returns what a function literal does, whenever it runs, with the
// resource; 0 if it does not capture it or is none.
func (e *explorer) captured(p *path, lit pathcond.Sym) Mask {
	var m Mask
	mc, ok := e.u.SSA(lit).(*ssa.MakeClosure)
	if !ok {
		return m
	}
	for i := range mc.Bindings {
		if w, ok := p.PathFrom(p.Holds(e.u.AddrOf(lit, i))); ok {
			eff := e.fx.Captured(mc.Fn.(*ssa.Function), i, w, e.spec)
			m |= eff.Zero | eff.NonZero
			if len(eff.Aliases) > 0 {
				m |= Escaped // whoever calls it gets hold of the resource
			}
		}
	}
	return m
}
