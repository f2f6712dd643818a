package leaksummary

import (
	"go/ast"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/pathcond"
)

// AlwaysNil implements errflow.Effects: a function of the package has an error among
// its results as others do, but no way to fail. It may not be built.
func (s *summarizer) AlwaysNil(c *ssa.CallCommon, result int) bool {
	obj, _ := s.callee(c)
	if obj == nil || obj.Pkg() != s.pass.Pkg || s.row(obj) != nil {
		return false
	}
	obj = obj.Origin()
	res := obj.Signature().Results()
	if n := res.Len(); result != n-1 || n == 0 || !pathcond.IsError(res.At(result).Type()) || res.At(result).Name() != "" {
		return false
	}
	always, ok := s.nilErrors[obj]
	if !ok {
		d := s.growth.decls[obj]
		always = d != nil && d.Body != nil && s.returnsNil(d.Body, res.Len())
		s.nilErrors[obj] = always
	}
	return always
}

// returnsNil reports whether a function with n results returns, and then always nil as
// the last of them.
func (s *summarizer) returnsNil(body *ast.BlockStmt, n int) bool {
	returns, always := false, true
	ast.Inspect(body, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			returns = true
			always = always && len(node.Results) == n && s.pass.TypesInfo.Types[node.Results[n-1]].IsNil()
		}
		return always
	})
	return returns && always
}
