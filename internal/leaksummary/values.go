package leaksummary

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/origin"
)

// values knows where the values of the package come from, and which become
// labels.
type values struct {
	tracer   *origin.Tracer
	stores   map[*types.Var][]*ssa.Store
	puts     map[*types.Var][]origin.Put
	forgets  map[*types.Var]bool
	uses     map[*ssa.Function]*usesOf
	all      map[*ssa.Function][]*origin.Entry // what becomes a label
	entries  map[*ssa.Function][]*origin.Entry // and is never deleted
	labels   map[*ssa.Function][]origin.SiteFlow
	declares bool // package-level variables may hold vectors
}

// usesOf are the uses of a function of the package.
type usesOf struct {
	calls  []ssa.CallInstruction
	routes []string // the patterns of routes that it serves
	other  bool     // there are uses besides
}

var _ origin.Effects = (*summarizer)(nil)

// valueRow returns what the tables say of fn, values and labels, or nil.
func (s *summarizer) valueRow(fn *types.Func) *leakapi.Values {
	if row := s.anyRow(fn); row != nil {
		return row.Values
	}
	return nil
}

// named returns the function or method that a call names, or nil.
func (s *summarizer) named(c *ssa.CallCommon) *types.Func {
	if c.IsInvoke() {
		return c.Method
	}
	obj, _ := s.callee(c)
	return obj
}

// keepInit says which package-level variables matter to labels or as containers.
func (s *summarizer) keepInit() func(ast.Expr) bool {
	if !s.values.declares && len(s.growth.inits) == 0 {
		return nil
	}
	return func(e ast.Expr) bool { return s.growth.inits[e] || s.values.declares && s.makesVector(e) }
}

// Values implements origin.Effects.
func (s *summarizer) Values(c *ssa.CallCommon) *leakapi.Values {
	if obj := s.named(c); obj != nil {
		return s.saidValues(obj)
	}
	return nil
}

// PairOf implements origin.Effects.
func (s *summarizer) PairOf(c *ssa.CallCommon) *leakapi.Pair {
	if obj := s.named(c); obj != nil {
		return s.tables.PairOf(obj)
	}
	return nil
}

// Std implements origin.Effects.
func (s *summarizer) Std(c *ssa.CallCommon) bool {
	if _, ok := c.Value.(*ssa.Builtin); ok {
		return true
	}
	obj := s.named(c)
	return obj != nil && obj.Pkg() != nil && leakapi.IsStd(obj.Pkg().Path())
}

// Bodies implements origin.Effects.
func (s *summarizer) Bodies(c *ssa.CallCommon) []*ssa.Function {
	if c.IsInvoke() {
		if impl := s.onlyImplementation(c.Method); impl != nil {
			return []*ssa.Function{impl}
		}
		return nil
	}
	if fn := c.StaticCallee(); fn != nil {
		if real := function(c.Value); real != nil && real != fn && len(real.Blocks) > 0 {
			return []*ssa.Function{real} // a method value
		}
		if fn.Parent() != nil && len(fn.Blocks) > 0 {
			return []*ssa.Function{fn}
		}
		if _, body := s.callee(c); body != nil {
			return []*ssa.Function{body}
		}
		return nil
	}
	if fns, all := s.held(c.Value); all {
		return fns
	}
	return nil
}

// MayRun implements origin.Effects.
func (s *summarizer) MayRun(c *ssa.CallCommon) []*ssa.Function {
	if c.IsInvoke() || c.StaticCallee() != nil {
		return nil
	}
	fns, _ := s.held(c.Value)
	return fns
}

// held returns the functions that a field or variable of the package holds, and
// whether it can hold no others.
func (s *summarizer) held(x ssa.Value) ([]*ssa.Function, bool) {
	load, ok := x.(*ssa.UnOp)
	if !ok {
		return nil, false
	}
	v := origin.VarAt(load.X)
	if v == nil {
		return nil, false
	}
	stores, all := s.Writers(v)
	var found []*ssa.Function
	for _, st := range stores {
		fn := function(st.Val)
		if fn == nil || len(fn.Blocks) == 0 {
			all = false
			continue
		}
		found = append(found, fn)
	}
	return found, all
}

// function returns the function that v is, or nil.
func function(v ssa.Value) *ssa.Function {
	switch v := v.(type) {
	case *ssa.Function:
		if obj, ok := v.Object().(*types.Func); ok && v.Synthetic != "" && len(v.FreeVars) == 1 {
			return v.Prog.FuncValue(obj) // a method bound to its receiver
		}
		return v
	case *ssa.MakeClosure:
		return function(v.Fn)
	case *ssa.ChangeType:
		return function(v.X)
	case *ssa.MakeInterface:
		return function(v.X)
	}
	return nil
}

// Flows implements origin.Effects.
func (s *summarizer) Flows(c *ssa.CallCommon) ([]origin.Flow, bool) {
	if obj := s.named(c); obj != nil {
		if f := s.fact(obj); f != nil && len(f.Values) > 0 {
			return f.Values, true
		}
	}
	return nil, false
}

// Waits implements origin.Effects.
func (s *summarizer) Waits(c *ssa.CallCommon) bool {
	return slices.ContainsFunc(s.Blocks(c), func(b ctxflow.Block) bool { return !leakapi.Transient(b.On) })
}

// Request implements origin.Effects.
func (s *summarizer) Request(t types.Type) *leakapi.Request { return s.tables.Request(t) }

// Parts implements origin.Effects.
func (s *summarizer) Parts(t types.Type) *leakapi.Parts { return s.tables.Parts(t) }

// Variable implements origin.Effects.
func (s *summarizer) Variable(v *types.Var) *leakapi.Source {
	if row := s.tables.Variable(v); row != nil {
		return row
	}
	return s.said(v).Source
}

// Pair implements origin.Effects.
func (s *summarizer) Pair(t types.Type) *leakapi.Pair { return s.tables.Pair(t) }

// Writers implements origin.Effects.
func (s *summarizer) Writers(v *types.Var) ([]*ssa.Store, bool) {
	if v.Pkg() != s.pass.Pkg {
		return nil, false
	}
	if s.values.stores == nil {
		s.values.stores = map[*types.Var][]*ssa.Store{}
		s.values.puts = map[*types.Var][]origin.Put{}
		for _, fn := range s.bodies() {
			s.storesIn(fn)
		}
	}
	return s.values.stores[v], !v.Exported()
}

// bodies returns all functions that are no tests, what sets package-level
// variables first.
func (s *summarizer) bodies() []*ssa.Function {
	var out []*ssa.Function
	if s.ssa.Init != nil {
		out = append(out, s.ssa.Init)
	}
	for _, fn := range s.ssa.Funcs {
		if !s.inTest(fn.Pos()) {
			out = append(out, fn)
		}
	}
	return out
}

func (s *summarizer) storesIn(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.MapUpdate:
				s.putIn(instr.Map, origin.Put{Key: instr.Key, Value: instr.Value, At: instr})
			case *ssa.Send:
				s.putIn(instr.Chan, origin.Put{Value: instr.X, At: instr})
			case *ssa.Select:
				for _, st := range instr.States {
					if st.Dir == types.SendOnly {
						s.putIn(st.Chan, origin.Put{Value: st.Send, At: instr})
					}
				}
			case *ssa.Store:
				if v := origin.VarAt(instr.Addr); v != nil {
					s.values.stores[v] = append(s.values.stores[v], instr)
				}
			}
		}
	}
}

// putIn notes what is put into the map or channel that a field or variable of
// the package holds.
func (s *summarizer) putIn(container ssa.Value, p origin.Put) {
	if load, ok := container.(*ssa.UnOp); ok {
		if v := origin.VarAt(load.X); v != nil {
			s.values.puts[v] = append(s.values.puts[v], p)
		}
	}
}

// Puts implements origin.Effects.
func (s *summarizer) Puts(v *types.Var) []origin.Put {
	s.Writers(v)
	return s.values.puts[v]
}

// Calls implements origin.Effects.
func (s *summarizer) Calls(fn *ssa.Function) ([]ssa.CallInstruction, bool) {
	u := s.usesOf(fn)
	obj, _ := fn.Object().(*types.Func)
	return u.calls, !u.other && obj != nil && !obj.Exported()
}

// Routed implements origin.Effects.
func (s *summarizer) Routed(fn *ssa.Function) bool {
	u := s.usesOf(fn)
	return !u.other && len(u.calls) == 0 && len(u.routes) > 0 && !slices.ContainsFunc(u.routes, func(p string) bool { return !exactRoute(p) })
}

func (s *summarizer) usesOf(fn *ssa.Function) *usesOf {
	if s.values.uses == nil {
		s.values.uses = map[*ssa.Function]*usesOf{}
		for _, user := range s.bodies() {
			s.usesIn(user)
		}
	}
	if u := s.values.uses[fn]; u != nil {
		return u
	}
	return &usesOf{}
}

func (s *summarizer) usesIn(user *ssa.Function) {
	at := func(fn *ssa.Function) *usesOf {
		if fn.Origin() != nil {
			fn = fn.Origin()
		}
		u := s.values.uses[fn]
		if u == nil {
			u = &usesOf{}
			s.values.uses[fn] = u
		}
		return u
	}
	var operands []*ssa.Value
	for _, b := range user.Blocks {
		for _, instr := range b.Instrs {
			call, isCall := instr.(ssa.CallInstruction)
			if isCall {
				for _, callee := range s.Bodies(call.Common()) {
					at(callee).calls = append(at(callee).calls, call)
				}
			}
			if boxed, ok := instr.(*ssa.MakeInterface); ok {
				s.usesOfBoxed(boxed, at)
			}
			operands = instr.Operands(operands[:0])
			for _, op := range operands {
				fn := function(*op)
				if fn == nil || isCall && *op == call.Common().Value {
					continue
				}
				switch instr.(type) {
				case *ssa.MakeClosure, *ssa.ChangeType, *ssa.MakeInterface, *ssa.DebugRef:
					continue // what becomes of these counts
				}
				if isCall {
					if pattern, ok := s.pattern(call, *op); ok {
						at(fn).routes = append(at(fn).routes, pattern)
						continue
					}
				}
				at(fn).other = true
			}
		}
	}
}

// usesOfBoxed looks at the uses of the one method that an interface has of what
// is made one.
func (s *summarizer) usesOfBoxed(boxed *ssa.MakeInterface, at func(*ssa.Function) *usesOf) {
	iface, ok := boxed.Type().Underlying().(*types.Interface)
	if !ok || iface.NumMethods() != 1 {
		return
	}
	m := leakapi.Method(boxed.X.Type(), s.pass.Pkg, iface.Method(0).Name())
	if m == nil || m.Pkg() != s.pass.Pkg {
		return
	}
	fn := s.funcOf(m)
	if fn == nil {
		return
	}
	for _, ref := range *boxed.Referrers() {
		if call, ok := ref.(ssa.CallInstruction); ok {
			if pattern, ok := s.pattern(call, boxed); ok {
				at(fn).routes = append(at(fn).routes, pattern)
				continue
			}
		}
		at(fn).other = true
	}
}
