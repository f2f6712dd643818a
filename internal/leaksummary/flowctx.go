package leaksummary

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/leakapi"
)

// Context implements ctxflow.Effects.
func (s *summarizer) Context(c *ssa.CallCommon, result int) (leakapi.Context, bool) {
	obj := c.Method
	var fn *ssa.Function
	if !c.IsInvoke() {
		obj, fn = s.callee(c)
	}
	if obj == nil {
		return leakapi.Context{}, false
	}
	var known []leakapi.Context
	if row := s.flowRow(obj); row != nil {
		known = row.Contexts
	} else if fn != nil {
		known = s.contextsOf(fn)
	} else if f := s.fact(obj); f != nil {
		known = f.Contexts
	}
	for _, k := range known {
		if k.Result == result {
			return k, true
		}
	}
	return wrapped(obj.Signature(), result)
}

// Into implements ctxflow.Effects.
func (s *summarizer) Into(c *ssa.CallCommon) (int, bool) {
	if row := s.tabled(c); row != nil {
		for _, k := range row.Contexts {
			if k.Into >= 0 {
				return k.Into, true
			}
		}
	}
	return 0, false
}

// wrapped derives a context result from the only context that a function gets,
// or that its receiver offers.
func wrapped(sig *types.Signature, result int) (leakapi.Context, bool) {
	if result >= sig.Results().Len() || !leakapi.IsContext(sig.Results().At(result).Type()) {
		return leakapi.Context{}, false
	}
	offset, found := 0, -1
	if sig.Recv() != nil {
		offset = 1
		if sig.Params().Len() == 0 {
			return leakapi.Context{Result: result, Into: -1}, true
		}
	}
	for i := range sig.Params().Len() {
		if leakapi.IsContext(sig.Params().At(i).Type()) {
			if found >= 0 {
				return leakapi.Context{}, false
			}
			found = i + offset
		}
	}
	return leakapi.Context{Result: result, Into: -1, Arg: found}, found >= 0
}

// contextsOf returns where the contexts come from that fn's results are or
// carry.
func (s *summarizer) contextsOf(fn *ssa.Function) []leakapi.Context {
	if found, ok := s.flows.contexts[fn]; ok {
		return found
	}
	s.flows.contexts[fn] = nil // recursion proves nothing
	var found []leakapi.Context
	for i := range fn.Signature.Results().Len() {
		if !canCarry(fn.Signature.Results().At(i).Type()) {
			continue
		}
		o := s.flows.tracer.Results(fn, i)
		c := leakapi.Context{Result: i, Into: -1, Limited: o.Limited, Arg: -1}
		switch o.Kind {
		case ctxflow.Fresh:
			c.From = leakapi.Fresh
		case ctxflow.Detached:
			c.From = leakapi.Detached
		case ctxflow.Given:
			if c.Arg = slices.IndexFunc(fn.Params, func(p *ssa.Parameter) bool { return o.Value == ssa.Value(p) }); c.Arg < 0 {
				continue
			}
		default:
			continue
		}
		found = append(found, c)
	}
	s.flows.contexts[fn] = found
	return found
}

// canCarry reports whether values of t can be or carry a context.
func canCarry(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		_, named := types.Unalias(u.Elem()).(*types.Named)
		return named
	case *types.Interface:
		return leakapi.IsContext(t)
	}
	return false
}

// exportedContexts leaves out results that are merely what was passed in.
func (s *summarizer) exportedContexts(fn *ssa.Function) []leakapi.Context {
	var out []leakapi.Context
	for _, c := range s.contextsOf(fn) {
		res := fn.Signature.Results().At(c.Result).Type()
		if c.From == leakapi.FromArg && !leakapi.IsContext(res) && types.Identical(res, fn.Params[c.Arg].Type()) {
			continue
		}
		out = append(out, c)
	}
	return out
}

// Global implements ctxflow.Effects.
func (s *summarizer) Global(v *types.Var) leakapi.ContextFrom {
	if s.flows.globals == nil {
		s.flows.globals = s.freshGlobals()
	}
	if from, ok := s.flows.globals[v]; ok {
		return from
	}
	return leakapi.FromArg
}

// freshGlobals finds the package's variables that are set to a fresh context
// where they are declared, and nowhere else.
func (s *summarizer) freshGlobals() map[*types.Var]leakapi.ContextFrom {
	found := map[*types.Var]leakapi.ContextFrom{}
	for _, init := range s.pass.TypesInfo.InitOrder {
		call, ok := ast.Unparen(init.Rhs).(*ast.CallExpr)
		if !ok || len(init.Lhs) != 1 || !leakapi.IsContext(init.Lhs[0].Type()) {
			continue
		}
		for callee := range s.called(call) {
			if row := s.flowRow(callee); row != nil && len(row.Contexts) == 1 && row.Contexts[0].From == leakapi.Fresh {
				found[init.Lhs[0]] = leakapi.Fresh
			}
		}
	}
	if len(found) == 0 {
		return found
	}
	forget := func(e ast.Expr) {
		if id, ok := ast.Unparen(e).(*ast.Ident); ok {
			if v, ok := s.pass.TypesInfo.Uses[id].(*types.Var); ok {
				delete(found, v)
			}
		}
	}
	for _, f := range s.pass.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for _, lhs := range n.Lhs {
					forget(lhs)
				}
			case *ast.UnaryExpr:
				if n.Op == token.AND {
					forget(n.X)
				}
			}
			return true
		})
	}
	return found
}
