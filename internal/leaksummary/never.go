package leaksummary

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// NeverReturns reports whether fn never returns.
func (r *Result) NeverReturns(fn *types.Func) bool { return r.s != nil && r.s.noReturn(fn) }

// noReturn reports whether fn never returns.
func (s *summarizer) noReturn(fn *types.Func) bool {
	if row := s.row(fn); row != nil {
		return row.NoReturn
	}
	if fn.Pkg() == s.pass.Pkg {
		return s.noret[fn.Origin()]
	}
	if fn.Pkg() == nil || leakapi.IsStd(fn.Pkg().Path()) {
		return false
	}
	f := s.fact(fn)
	return f != nil && f.NoReturn
}

// neverReturn finds, by syntax, the functions of the package that cannot
// return: they hold no return statement, recover from nothing, and end in a
// call that does not return.
func (s *summarizer) neverReturn() map[*types.Func]bool {
	found := map[*types.Func]bool{}
	type candidate struct {
		obj  *types.Func
		last *ast.CallExpr
	}
	var open []candidate
	for _, f := range s.pass.Files {
		for _, decl := range f.Decls {
			d, ok := decl.(*ast.FuncDecl)
			if !ok || d.Body == nil || len(d.Body.List) == 0 {
				continue
			}
			stmt, ok := d.Body.List[len(d.Body.List)-1].(*ast.ExprStmt)
			if !ok {
				continue
			}
			call, ok := ast.Unparen(stmt.X).(*ast.CallExpr)
			if !ok || returns(d.Body) {
				continue
			}
			if obj, ok := s.pass.TypesInfo.Defs[d.Name].(*types.Func); ok {
				open = append(open, candidate{obj, call})
			}
		}
	}
	for changed := true; changed; {
		changed = false
		for _, c := range open {
			if !found[c.obj] && s.endsPath(c.last, found) {
				found[c.obj] = true
				changed = true
			}
		}
	}
	return found
}

// returns reports whether body can return early, or recover from a panic.
func returns(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return !found && recovers(n)
		case *ast.ReturnStmt, *ast.BranchStmt, *ast.DeferStmt:
			found = true
		}
		return !found
	})
	return found
}

func recovers(lit *ast.FuncLit) bool {
	found := false
	ast.Inspect(lit, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Name == "recover" {
			found = true
		}
		return !found
	})
	return found
}

func (s *summarizer) endsPath(call *ast.CallExpr, found map[*types.Func]bool) bool {
	var obj types.Object
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		obj = s.pass.TypesInfo.Uses[fun]
	case *ast.SelectorExpr:
		obj = s.pass.TypesInfo.Uses[fun.Sel]
	}
	switch obj := obj.(type) {
	case *types.Builtin:
		return obj.Name() == "panic"
	case *types.Func:
		if obj.Pkg() == s.pass.Pkg {
			return found[obj.Origin()]
		}
		return s.noReturn(obj)
	}
	return false
}

// neverNil reports whether the last result of fn, an error, is never nil.
func (s *summarizer) neverNil(fn *ssa.Function) bool {
	res := fn.Signature.Results()
	if n := res.Len(); n == 0 || !pathcond.IsError(res.At(n-1).Type()) {
		return false
	}
	switch s.never[fn] {
	case 1:
		return true
	case 2:
		return false
	}
	s.never[fn] = 2 // recursion proves nothing
	found := false
	for _, b := range fn.Blocks {
		r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		found = true
		if !s.nonNilValue(r.Results[len(r.Results)-1], 0) {
			return false
		}
	}
	if found {
		s.never[fn] = 1
	}
	return found
}

// isSentinel reports whether an address is that of a package-level error which, going by
// its name, is made where it is declared and never changes: others' all are.
func (s *summarizer) isSentinel(addr ssa.Value) bool {
	g, ok := addr.(*ssa.Global)
	if !ok || !pathcond.IsError(g.Type().(*types.Pointer).Elem()) {
		return false
	}
	return g.Pkg.Pkg != s.pass.Pkg || g.Name() == "EOF" || strings.HasPrefix(g.Name(), "Err") || strings.HasPrefix(g.Name(), "err")
}

func (s *summarizer) nonNilValue(v ssa.Value, depth int) bool {
	if depth > maxTrace {
		return false
	}
	switch v := v.(type) {
	case *ssa.MakeInterface:
		return true
	case *ssa.Call:
		return s.NeverNil(v.Common(), 0) || pathcond.HasEnded(v)
	case *ssa.Extract:
		call, ok := v.Tuple.(*ssa.Call)
		return ok && s.NeverNil(call.Common(), v.Index)
	case *ssa.Phi:
		return !slices.ContainsFunc(v.Edges, func(e ssa.Value) bool { return !s.nonNilValue(e, depth+1) })
	case *ssa.ChangeInterface:
		return s.nonNilValue(v.X, depth+1)
	case *ssa.UnOp:
		return v.Op == token.MUL && s.isSentinel(v.X)
	}
	return false
}
