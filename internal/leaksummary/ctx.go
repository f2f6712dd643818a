package leaksummary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
)

// Flow returns what is known of contexts in the package, or nil if nothing in
// it matters.
func (r *Result) Flow() *ctxflow.Tracer {
	if r == nil || r.s == nil {
		return nil
	}
	return r.s.flows.tracer
}

// OverAtReturn reports whether the context that a call gets is over when the function
// around it has returned.
func (r *Result) OverAtReturn(call *ssa.Call) bool {
	return r != nil && r.s != nil && r.s.flows.tracer.OverAtReturn(call)
}

// FuncArg says how a call treats a function that it is given.
func (r *Result) FuncArg(c *ssa.CallCommon, arg int) leakapi.How {
	if r == nil || r.s == nil {
		return leakapi.HowUnknown
	}
	return r.s.FuncArg(c, arg)
}

// Functions returns the functions that matter, in source order, each followed
// by the literals in it.
func (r *Result) Functions() []*ssa.Function {
	if r == nil || r.s == nil {
		return nil
	}
	return r.s.ssa.Funcs
}

// Callee returns the function or method that a call names, and its body if it
// is in this package and can be no other.
func (r *Result) Callee(call *ssa.Call) (*types.Func, *ssa.Function) {
	c := call.Common()
	if c.IsInvoke() {
		if r.s.flowRow(c.Method) != nil {
			return c.Method, nil
		}
		return c.Method, r.s.onlyImplementation(c.Method)
	}
	obj, fn := r.s.callee(c)
	if obj != nil && r.s.flowRow(obj) != nil {
		return obj, nil
	}
	return obj, fn
}

// TwinOf returns what to call in place of what a call calls where a context is
// at hand.
func (r *Result) TwinOf(call *ssa.Call) (leakapi.Twin, bool) {
	obj, _ := r.Callee(call)
	if obj == nil {
		return leakapi.Twin{}, false
	}
	t, ok := r.Twin(obj)
	return t, ok && !isConstant(call.Common(), t.Unless)
}

// Twin returns what to call in place of fn where a context is at hand.
func (r *Result) Twin(fn *types.Func) (leakapi.Twin, bool) {
	if row := r.s.flowRow(fn); row != nil && row.Twin != nil {
		return *row.Twin, true
	}
	if fn.Pkg() == nil || leakapi.IsStd(fn.Pkg().Path()) {
		return leakapi.Twin{}, false
	}
	if twin := Twin(fn); twin != nil && !r.s.deprecated(twin) {
		return leakapi.Twin{With: twin.Name(), Weak: !r.s.waits(fn) && !r.s.waits(twin)}, true
	}
	return leakapi.Twin{}, false
}

// waits reports whether a function is known to wait for something. An
// interface's method that has a twin is taken at its word.
func (s *summarizer) waits(fn *types.Func) bool {
	if row := s.flowRow(fn); row != nil {
		return row.Block != nil
	}
	if isAbstract(fn) {
		return s.onlyImplementation(fn) == nil || anyOutside(s.methodBlocks(fn))
	}
	if body := s.funcOf(fn); body != nil {
		return anyOutside(s.flows.blocks[body])
	}
	f := s.fact(fn)
	return f != nil && anyOutside(f.Blocks)
}

// anyOutside reports whether one of the waits is for something outside the
// program.
func anyOutside(blocks []ctxflow.Block) bool {
	return slices.ContainsFunc(blocks, func(b ctxflow.Block) bool { return !leakapi.Transient(b.On) })
}

// Makes reports whether fn returns something that carries a fresh context:
// what is wrong with it shows only where that is used.
func (r *Result) Makes(fn *types.Func) bool {
	row := r.s.flowRow(fn)
	if row == nil {
		return false
	}
	for _, c := range row.Contexts {
		if c.From == leakapi.Fresh {
			return true
		}
	}
	return false
}

// Fixed reports whether a call enters other people's code that takes no context
// there and has nothing beside it that does.
func (r *Result) Fixed(call *ssa.Call) bool { return r.s.Fixed(call.Common()) }

// CallName returns the name of what a call calls: in full if the tables know
// it.
func (r *Result) CallName(call *ssa.Call) string { return r.s.nameOf(call) }

// Blocks returns how a call can wait.
func (r *Result) Blocks(call *ssa.Call) []ctxflow.Block { return r.s.Blocks(call.Common()) }

// Unseen reports whether nothing is known of how a call can wait: it goes
// through an interface or a function value, or to code that was not summarised.
// Functions that return a context only wrap the one that they get.
func (r *Result) Unseen(call *ssa.Call) bool {
	for v := range call.Call.Signature().Results().Variables() {
		if leakapi.IsContext(v.Type()) {
			return false
		}
	}
	if call.Call.IsInvoke() {
		return r.s.onlyImplementation(call.Call.Method) == nil && r.s.flowRow(call.Call.Method) == nil
	}
	obj, fn := r.s.callee(call.Common())
	if obj == nil {
		_, builtin := call.Call.Value.(*ssa.Builtin)
		return !builtin && call.Call.StaticCallee() == nil
	}
	return fn == nil && !r.s.tells(obj) && r.s.flowRow(obj) == nil && obj.Pkg() != nil && !leakapi.IsStd(obj.Pkg().Path()) && obj.Pkg() != r.s.pass.Pkg
}

// Bare reports whether the receiver of a call, which can carry a context, is
// kept in a field or package-level variable of this package and carries none.
func (r *Result) Bare(call *ssa.Call) bool {
	if len(call.Call.Args) == 0 || call.Call.IsInvoke() {
		return false
	}
	return r.s.flows.tracer.Bare(call.Call.Args[0], r.s.givenContext)
}

// givenContext reports whether the package sets a field to something that
// carries a context.
func (s *summarizer) givenContext(field *types.Var) bool {
	if s.flows.given == nil {
		s.flows.given = map[*types.Var]bool{}
		for _, fn := range s.ssa.Funcs {
			for _, b := range fn.Blocks {
				for _, instr := range b.Instrs {
					store, ok := instr.(*ssa.Store)
					if !ok {
						continue
					}
					if f, ok := store.Addr.(*ssa.FieldAddr); ok && s.flows.tracer.GetsContext(store.Val) {
						s.flows.given[leakssa.FieldAt(f.X.Type(), f.Field)] = true
					}
				}
			}
		}
	}
	return s.flows.given[field]
}
