package errflow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/pathcond"
)

type findingKey struct {
	instr  ssa.Instruction
	into   any
	kind   Kind
	source int
	from   *ssa.Parameter
}

// anywayKey names something that is kept whether a source fails or not.
type anywayKey struct {
	instr  ssa.Instruction
	source int
	stand  bool // as a stand-in
}

// settle drops stand-ins that stand for success as well.
func (e *explorer) settle() {
	for i, f := range e.out {
		if s, ok := e.byCall[f.Call]; ok {
			e.out[i].Only = f.Failed && !e.anyway[anywayKey{f.Put.Instr, s, false}]
		}
	}
	e.out = slices.DeleteFunc(e.out, func(f Finding) bool {
		i, ok := e.byCall[f.Call]
		return ok && f.Kind == StandIn && f.Put.Err == nil && e.anyway[anywayKey{f.Put.Instr, i, true}]
	})
}

// report notes a finding; of two that differ in how sure the error is, the
// surer one stays.
func (e *explorer) report(f Finding, source int) {
	key := findingKey{f.Put.Instr, f.Put.Into, f.Kind, source, f.From}
	if i, ok := e.found[key]; ok {
		old := &e.out[i]
		old.ErrKept = old.ErrKept || f.ErrKept
		if f.Failed && !old.Failed {
			f.ErrKept = old.ErrKept
			*old = f
		}
		return
	}
	e.found[key] = len(e.out)
	e.out = append(e.out, f)
}

// put looks at what is kept on this path.
func (e *explorer) put(p *path, put Put) {
	if put.Err != nil {
		e.putWith(p, put)
		return
	}
	if put.Value == nil {
		return
	}
	o := e.madeOf(p, put)
	stand, isDefault := e.standsIn(p, put.Value)
	for i, s := range e.sources {
		bit := uint64(1) << i
		if s.param != nil && !isError(s.param.Type()) {
			if o.values&bit != 0 && p.tested&bit == 0 {
				e.putParam(p, put, i)
			}
			continue
		}
		if s.call != nil && p.ran&bit == 0 || p.tested&bit != 0 {
			continue
		}
		isNil := p.Nil(e.errorOf(i))
		if isNil == pathcond.True {
			e.anyway[anywayKey{put.Instr, i, false}] = true
			if stand && s.always(put.Instr) {
				e.anyway[anywayKey{put.Instr, i, true}] = true
			}
			continue
		}
		f := Finding{Put: put, Failed: isNil == pathcond.False, Call: s.call, Param: s.param}
		switch {
		case o.errors&bit != 0:
			f.Kind = Itself
		case o.values&bit != 0:
			f.Kind = Value
		case f.Failed && stand && (literal(put.Value) || s.always(put.Instr)):
			f.Kind, f.Default = StandIn, isDefault
		default:
			continue
		}
		e.report(f, i)
	}
}

// literal reports whether a constant stands where the value is kept.
func literal(v ssa.Value) bool {
	if mi, ok := v.(*ssa.MakeInterface); ok {
		v = mi.X
	}
	_, ok := v.(*ssa.Const)
	return ok
}

// always reports whether the source's call lies on every way to an instruction: what
// a loop left behind stands for none of its calls.
func (s source) always(at ssa.Instruction) bool {
	return s.call == nil || s.call.Parent() != at.Parent() || s.call.Block().Dominates(at.Block())
}

// putWith looks at a put of a callee that was handed the error, too.
func (e *explorer) putWith(p *path, put Put) {
	o := e.originOf(p, put.Err)
	for i, s := range e.sources {
		bit := uint64(1) << i
		if o.errors&bit == 0 || p.tested&bit != 0 || p.Nil(e.errorOf(i)) == pathcond.True {
			continue
		}
		f := Finding{Put: put, Failed: p.Nil(e.errorOf(i)) == pathcond.False, Call: s.call, Param: s.param, Kind: StandIn}
		if put.Value != nil {
			f.Kind = Value
			if e.originOf(p, put.Value).errors&bit != 0 {
				f.Kind = Itself
			}
		}
		e.report(f, i)
	}
}

// putParam notes that a parameter is kept, and the error parameter that nothing
// has looked at before.
func (e *explorer) putParam(p *path, put Put, i int) {
	f := Finding{Put: put, Kind: Value, From: e.sources[i].param}
	for j, s := range e.sources {
		if s.param == nil || !isError(s.param.Type()) {
			continue
		}
		isNil := p.Nil(e.errorOf(j))
		if isNil == pathcond.True || p.tested&(1<<j) != 0 || f.Param != nil {
			return
		}
		f.Param, f.Failed = s.param, isNil == pathcond.False
	}
	e.report(f, i)
}

// standsIn reports whether a value says nothing but that there is none: a
// constant, an empty value, or a variable of the package.
func (e *explorer) standsIn(p *path, v ssa.Value) (stands, isDefault bool) {
	return e.empty(p, p.Value(v), 0)
}

func (e *explorer) empty(p *path, x pathcond.Sym, depth int) (stands, isDefault bool) {
	if depth > 4 {
		return false, false
	}
	switch e.u.Kind(x) {
	case pathcond.Const:
		return true, false
	case pathcond.Init:
		g, ok := e.u.SSA(e.u.Operand(x)).(*ssa.Global)
		return ok, ok && !isError(g.Type().(*types.Pointer).Elem())
	case pathcond.Value:
		switch v := e.u.SSA(x).(type) {
		case *ssa.Const:
			return true, false
		case *ssa.MakeInterface:
			return e.empty(p, p.Value(v.X), depth+1)
		case *ssa.MakeMap:
			return true, false
		case *ssa.Alloc:
			for _, c := range p.Contents(x) {
				of := c
				if e.u.Kind(c) == pathcond.Copy {
					of = e.u.Operand(c)
				}
				if w := e.u.SSA(of); w != nil && e.u.Kind(of) == pathcond.Value && (isNumber(w.Type()) || leakapi.IsTime(w.Type())) {
					continue // when, or how often
				}
				if ok, def := e.empty(p, c, depth+1); !ok || def {
					return ok, def
				}
			}
			return true, false
		}
	}
	return false, false
}

func isNumber(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsNumeric != 0
}

// leave ends a path at a return of the root.
func (e *explorer) leave(p *path, r *ssa.Return) {
	switch e.mode {
	case Loader:
		n := len(r.Results)
		if n == 0 {
			return
		}
		if isError(r.Results[n-1].Type()) && (n == 1 || p.Nil(p.Value(r.Results[n-1])) != pathcond.True) {
			return
		}
		e.put(p, Put{Instr: r, Value: r.Results[0]})
	case Once:
		var returned uint64
		for _, v := range r.Results {
			returned |= e.originOf(p, v).errors
		}
		for i, s := range e.sources {
			bit := uint64(1) << i
			if s.call == nil || p.ran&bit == 0 || p.tested&bit != 0 {
				continue
			}
			if isNil := p.Nil(e.errorOf(i)); isNil != pathcond.True {
				e.report(Finding{
					Put: Put{Instr: r}, Kind: Kept, Failed: isNil == pathcond.False, Call: s.call,
					ErrKept: (p.kept|returned)&bit != 0,
				}, i)
			}
		}
	}
}
