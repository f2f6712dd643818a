package errflow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/pathcond"
)

func isError(t types.Type) bool { return pathcond.IsError(t) }

// maxSources is how many calls and parameters are told apart.
const maxSources = 64

// source is where an error comes from, or a parameter's value.
type source struct {
	call   *ssa.Call
	result int // the error among the call's results
	param  *ssa.Parameter
}

// origin is a set of sources: those whose values and those whose errors
// something depends on.
type origin struct{ values, errors uint64 }

func (o origin) all() uint64 { return o.values | o.errors }

func (o *origin) add(b origin) {
	o.values |= b.values
	o.errors |= b.errors
}

// scan finds the sources and puts in fn and in the literals within it.
func (e *explorer) scan(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if puts := e.fx.Keeps(instr); len(puts) > 0 {
				e.puts[instr] = puts
				if fn != e.root {
					e.deep = true
				}
			}
			call, ok := instr.(*ssa.Call)
			if !ok || len(e.sources) >= maxSources-8 {
				continue
			}
			if i := ErrorResult(call.Call.Signature()); i >= 0 && !e.fx.AlwaysNil(call.Common(), i) {
				e.byCall[call] = len(e.sources)
				e.sources = append(e.sources, source{call: call, result: i})
			}
		}
	}
	for _, lit := range fn.AnonFuncs {
		e.scan(lit)
	}
}

// parameters adds the parameters of the function.
func (e *explorer) parameters() {
	for _, prm := range e.root.Params {
		if len(e.sources) < maxSources {
			e.byParam[prm] = len(e.sources)
			e.sources = append(e.sources, source{param: prm})
		}
	}
}

// errorOf returns the symbol of a source's error.
func (e *explorer) errorOf(i int) pathcond.Sym {
	s := e.sources[i]
	if s.call == nil {
		return e.u.Of(s.param)
	}
	if _, ok := s.call.Type().(*types.Tuple); ok {
		return e.u.PartOf(e.u.Of(s.call), s.result)
	}
	return e.u.Of(s.call)
}

// madeOf returns what the value kept is or holds, as far as no function makes
// something else of it.
func (e *explorer) madeOf(p *path, put Put) origin {
	e.narrow = put.Instr
	defer func() { e.narrow = nil }()
	return e.originOf(p, put.Value)
}

// stale reports whether a value may have been made of what its operands were in
// an earlier round of a loop.
func (e *explorer) stale(instr ssa.Instruction) bool {
	b, to := instr.Block(), e.narrow.Block()
	return e.u.InLoop(b) && (b.Parent() != to.Parent() || !b.Dominates(to))
}

// originOf returns what v depends on.
func (e *explorer) originOf(p *path, v ssa.Value) origin {
	return e.trace(p, p.Value(v), map[pathcond.Sym]bool{})
}

// maxTrace is how many symbols are looked at for one value.
const maxTrace = 64

func (e *explorer) trace(p *path, x pathcond.Sym, seen map[pathcond.Sym]bool) (o origin) {
	if x == 0 || seen[x] || len(seen) > maxTrace {
		return o
	}
	seen[x] = true
	switch e.u.Kind(x) {
	case pathcond.Part:
		tuple := e.u.Operand(x)
		if call, ok := e.u.SSA(tuple).(*ssa.Call); ok && e.u.Kind(tuple) == pathcond.Value {
			if i, ok := e.byCall[call]; ok {
				if e.u.PartIndex(x) == e.sources[i].result {
					o.errors |= 1 << i
				} else {
					o.values |= 1 << i
				}
				return o
			}
		}
		return e.trace(p, tuple, seen)
	case pathcond.Value:
		return e.traceValue(p, x, seen)
	case pathcond.Init, pathcond.Addr:
		for _, c := range p.Contents(x) {
			o.add(e.trace(p, c, seen))
		}
		// What a local variable held at first is not what it holds now.
		if root := e.u.Root(e.u.Operand(x)); !e.u.Local(root) {
			o.add(e.trace(p, root, seen))
		}
	case pathcond.After:
		call, ok := e.u.SSA(x).(*ssa.Call)
		if !ok {
			return o
		}
		if i, ok := e.byCall[call]; ok && passes(call, e.u.SSA(e.u.Root(e.u.Operand(x)))) {
			o.values |= 1 << i
		}
	default:
		a, b := e.u.Operands(x)
		o.add(e.trace(p, a, seen))
		o.add(e.trace(p, b, seen))
	}
	return o
}

// passes reports whether a call is handed a variable's address.
func passes(call *ssa.Call, v ssa.Value) bool {
	for _, a := range call.Call.Args {
		for {
			if mi, ok := a.(*ssa.MakeInterface); ok {
				a = mi.X
			} else if fa, ok := a.(*ssa.FieldAddr); ok {
				a = fa.X
			} else {
				break
			}
		}
		if a == v && v != nil {
			return true
		}
	}
	return false
}

// isStd reports whether a call is a conversion of sorts: of a builtin function, or
// of the standard library.
func isStd(call *ssa.Call) bool {
	if _, ok := call.Call.Value.(*ssa.Builtin); ok {
		return true
	}
	fn := call.Call.StaticCallee()
	return fn != nil && fn.Pkg != nil && leakapi.IsStd(fn.Pkg.Pkg.Path())
}

func (e *explorer) traceValue(p *path, x pathcond.Sym, seen map[pathcond.Sym]bool) (o origin) {
	v := e.u.SSA(x)
	switch v := v.(type) {
	case *ssa.Parameter:
		if i, ok := e.byParam[v]; ok {
			if isError(v.Type()) {
				o.errors |= 1 << i
			} else {
				o.values |= 1 << i
			}
		}
		return o
	case *ssa.Alloc:
		for _, c := range p.Contents(x) {
			o.add(e.trace(p, c, seen))
		}
		return o
	case *ssa.Call:
		if i, ok := e.byCall[v]; ok {
			if _, tuple := v.Type().(*types.Tuple); !tuple {
				o.errors |= 1 << i
				return o
			}
		}
		if e.narrow != nil && !isStd(v) {
			return o // it may have looked at what it was given
		}
	case *ssa.Phi, *ssa.MakeClosure, *ssa.Const, nil:
		return o
	}
	instr, ok := v.(ssa.Instruction)
	if !ok || e.narrow != nil && e.stale(instr) {
		return o
	}
	var ops [8]*ssa.Value
	for _, op := range instr.Operands(ops[:0]) {
		if *op != nil {
			o.add(e.trace(p, p.Value(*op), seen))
		}
	}
	return o
}
