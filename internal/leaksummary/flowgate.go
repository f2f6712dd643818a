package leaksummary

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// waiting finds the functions that can matter to contexts: they call what
// waits, or what makes or hands on contexts, directly or through functions of
// this package.
func (s *summarizer) waiting(calls callsIn) map[*ast.FuncDecl]bool {
	wanted := map[*ast.FuncDecl]bool{}
	type edge struct {
		callee *types.Func
		caller *ast.FuncDecl
	}
	var edges []edge
	objs := map[*ast.FuncDecl]*types.Func{}
	for _, f := range s.pass.Files {
		for _, decl := range f.Decls {
			d, ok := decl.(*ast.FuncDecl)
			if !ok || dropped(d) {
				continue
			}
			obj, ok := s.pass.TypesInfo.Defs[d.Name].(*types.Func)
			if !ok {
				continue
			}
			objs[d] = obj
			for callee := range calls[d] {
				if callee.Pkg() == s.pass.Pkg {
					edges = append(edges, edge{callee.Origin(), d})
				}
				wanted[d] = wanted[d] || s.flowing(callee)
			}
			wanted[d] = wanted[d] || s.loops(d, obj)
		}
	}
	found := map[*types.Func]bool{}
	names := map[string]bool{} // of methods, for calls through interfaces
	mark := func(d *ast.FuncDecl) {
		wanted[d] = true
		found[objs[d]] = true
		if d.Recv != nil {
			names[d.Name.Name] = true
		}
	}
	for d, obj := range objs {
		if wanted[d] && obj != nil {
			mark(d)
		}
	}
	for changed := true; changed; {
		changed = false
		for _, e := range edges {
			if !wanted[e.caller] && (found[e.callee] || names[e.callee.Name()] && isAbstract(e.callee)) {
				mark(e.caller)
				changed = true
			}
		}
	}
	return wanted
}

// called returns the functions and methods that n calls.
func (s *summarizer) called(n ast.Node) map[*types.Func]bool {
	return s.calledSeeing(n, func(ast.Node) {})
}

// calledSeeing returns the same, and shows each node to see.
func (s *summarizer) calledSeeing(n ast.Node, see func(ast.Node)) map[*types.Func]bool {
	found := map[*types.Func]bool{}
	ast.Inspect(n, func(n ast.Node) bool {
		see(n)
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		fun := ast.Unparen(call.Fun)
		switch x := fun.(type) {
		case *ast.IndexExpr:
			fun = x.X
		case *ast.IndexListExpr:
			fun = x.X
		}
		var obj types.Object
		switch x := fun.(type) {
		case *ast.Ident:
			obj = s.pass.TypesInfo.Uses[x]
		case *ast.SelectorExpr:
			obj = s.pass.TypesInfo.Uses[x.Sel]
		}
		if fn, ok := obj.(*types.Func); ok {
			found[fn] = true
		}
		return true
	})
	return found
}

// flowing reports whether a call of fn matters to contexts by itself.
func (s *summarizer) flowing(fn *types.Func) bool {
	if row := s.flowRow(fn); row != nil {
		return row.Block != nil || row.Contexts != nil || row.Twin != nil || row.Sets != nil
	}
	if fn.Pkg() == nil || fn.Pkg() == s.pass.Pkg || leakapi.IsStd(fn.Pkg().Path()) {
		return false
	}
	if f := s.fact(fn); f != nil && (f.Blocks != nil || f.Contexts != nil) {
		return true
	}
	if isAbstract(fn) && s.tables.IfaceBlock(fn, s.lookup) != nil {
		return true
	}
	return Twin(fn) != nil
}

// loops reports whether a function that gets a context may wait in a loop or on
// a channel.
func (s *summarizer) loops(d *ast.FuncDecl, obj *types.Func) bool {
	gets := false
	for v := range obj.Signature().Params().Variables() {
		o := s.Offer(v.Type())
		gets = gets || o != nil && !o.Weak
	}
	if !gets {
		return false
	}
	found := false
	ast.Inspect(d.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt:
			found = found || n.Cond == nil
		case *ast.RangeStmt:
			t := s.pass.TypesInfo.TypeOf(n.X)
			if t != nil {
				_, isChan := t.Underlying().(*types.Chan)
				found = found || isChan
			}
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		case *ast.SelectStmt, *ast.SendStmt:
			found = true
		}
		return !found
	})
	return found
}

// isAbstract reports whether fn is a method of an interface.
func isAbstract(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
}
