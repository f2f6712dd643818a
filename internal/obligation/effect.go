package obligation

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// effects applies what the callee does with the resource, through whatever argument
// it gets hold of it.
func (e *explorer) effects(p *path, instr ssa.CallInstruction, fn pathcond.Sym, args []pathcond.Sym) []*path {
	c := instr.Common()
	total := Uniform(Borrowed)
	if c.IsInvoke() {
		if w, ok := p.PathFrom(fn); ok {
			total = e.fx.Arg(c, -1, w, e.spec)
			if w == "" && fluent(c) {
				total.Aliases = []Alias{{Result: 0}}
			}
		}
	} else if c.StaticCallee() == nil && p.Reaches(fn) {
		total = Uniform(Escaped) // a function that has hold of it
	}
	for i, a := range args {
		if _, ok := e.u.SSA(a).(*ssa.MakeClosure); ok {
			if m := e.captured(p, a); m != 0 && m != Borrowed {
				total = total.and(Uniform(Escaped))
			}
			continue
		}
		w, ok := p.PathFrom(a)
		if !ok {
			continue
		}
		eff := e.fx.Arg(c, i, w, e.spec)
		if body := e.sometimes(p, instr, eff); body != nil {
			p.Begin(body, instr, 0, args, pathcond.Frame{Direct: true})
			return []*path{p}
		}
		if body := e.partly(p, c, i, w, eff); body != nil {
			p.Begin(body, instr, 0, args, pathcond.Frame{Direct: true, Partly: true})
			return []*path{p}
		}
		if e.lends(p, c, eff) {
			p.lent = p.lent.and(instr, w != "" && e.own(c.Args[i].Type()))
			p.doubt = p.doubt || c.IsInvoke()
			continue
		}
		total = total.and(eff)
	}
	if total.Zero == Borrowed && total.NonZero == Borrowed && len(total.Aliases) == 0 {
		return []*path{p}
	}
	return e.apply(p, instr, total)
}

// fluent reports whether a method returns what it is called on, going by their type, so
// that calls can be chained.
func fluent(c *ssa.CallCommon) bool {
	res := c.Signature().Results()
	return res.Len() == 1 && types.Identical(res.At(0).Type(), c.Value.Type())
}

// and returns what a call does that gets hold of the resource in two ways.
func (e Effect) and(b Effect) Effect {
	both := func(x, y Mask) Mask {
		switch {
		case x == 0 || y == 0:
			return 0 // it never returns so
		case x == Borrowed:
			return y
		case y == Borrowed:
			return x
		}
		return x | y
	}
	out := Effect{Zero: both(e.Zero, b.Zero), NonZero: both(e.NonZero, b.NonZero), Aliases: slices.Clone(e.Aliases)}
	for _, a := range b.Aliases {
		out.add(a)
	}
	return out
}

// apply continues p by what an effect says, in two if the call's last result
// tells two fates apart.
func (e *explorer) apply(p *path, instr ssa.CallInstruction, eff Effect) []*path {
	zero, nonzero := settle(eff.Zero), settle(eff.NonZero)
	call, isCall := instr.(*ssa.Call)
	if zero|nonzero == 0 {
		return nil // the callee never returns
	}
	if zero == nonzero || !isCall || !tellsApartSig(instr.Common().Signature()) {
		var forks []*path
		if m := eff.Zero | eff.NonZero; e.summary && m == Borrowed|Released {
			q := p.clone() // whoever asks is told that it does both
			e.suffer(q, instr, Borrowed, eff.Aliases)
			forks = append(forks, q)
		}
		e.suffer(p, instr, settle(eff.Zero|eff.NonZero), eff.Aliases)
		return append(forks, p)
	}
	var forks []*path
	if nonzero != 0 {
		q := p
		if zero != 0 {
			q = p.clone()
		}
		e.assumeLast(q, call, leakapi.NonZero)
		e.suffer(q, instr, nonzero, eff.Aliases)
		forks = append(forks, q)
	}
	if zero != 0 {
		e.assumeLast(p, call, leakapi.Zero)
		e.suffer(p, instr, zero, eff.Aliases)
		forks = append(forks, p)
	}
	return forks
}

// settle picks the fate that keeps the analysis silent where one mask holds
// several.
func settle(m Mask) Mask {
	switch {
	case m&Released != 0:
		return Released
	case m&Escaped != 0:
		return Escaped
	}
	return m
}

func (e *explorer) suffer(p *path, instr ssa.CallInstruction, m Mask, aliases []Alias) {
	switch m {
	case Released:
		p.status = done
	case Escaped:
		e.escape(p, Exit{Fate: Passed, Instr: instr})
	case Borrowed:
		for _, a := range aliases {
			if a.Result < 0 {
				e.leadParam(p, instr, a)
			} else if call, ok := instr.(*ssa.Call); ok {
				e.lead(p, call, a)
				if w := a.Path; w != "" && w[len(w)-1] != pathcond.StepCall {
					p.SetNil(e.u.ResultOf(call, a.Result), false) // it holds something
				}
			}
		}
	}
}

// leadParam makes what an argument points to lead to the resource, as the
// callee has stored it there.
func (e *explorer) leadParam(p *path, instr ssa.CallInstruction, a Alias) {
	args := instr.Common().Args
	if ^a.Result >= len(args) {
		return
	}
	x := p.Value(args[^a.Result])
	root := e.u.Root(x)
	if e.u.Local(root) && !p.Escaped(root) || e.ofCaller(root) {
		p.Link(x, a.Path)
		return
	}
	e.escape(p, Exit{Fate: Passed, Instr: instr})
}
