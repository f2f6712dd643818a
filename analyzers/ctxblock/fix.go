package ctxblock

import (
	"fmt"
	"go/ast"
	"go/printer"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/pathcond"
	"github.com/leakvet/leakvet/internal/place"
)

// sleepFix turns a sleep into a wait for time to pass or the context to end,
// where the function returns an error or nothing.
func (c *checker) sleepFix(call *ssa.Call, expr *ast.CallExpr, s ctxflow.Scope) (analysis.SuggestedFix, bool) {
	none := analysis.SuggestedFix{}
	fun, ok := expr.Fun.(*ast.SelectorExpr)
	if !ok || s.Blank || len(expr.Args) != 1 || !c.statement(expr) {
		return none, false
	}
	ret := "return"
	switch res := call.Parent().Signature.Results(); {
	case res.Len() == 0:
	case res.Len() == 1 && pathcond.IsError(res.At(0).Type()):
		ret += " " + s.Expr + ".Err()"
	default:
		return none, false
	}
	if scope := c.pass.Pkg.Scope().Innermost(expr.Pos()); scope == nil {
		return none, false
	} else if _, obj := scope.LookupParent(s.Var.Name(), expr.Pos()); obj != s.Var {
		return none, false // another variable has its name here
	}
	var arg, pkg strings.Builder
	if printer.Fprint(&arg, c.pass.Fset, expr.Args[0]) != nil || printer.Fprint(&pkg, c.pass.Fset, fun.X) != nil {
		return none, false
	}
	posn := c.pass.Fset.Position(expr.Pos())
	indent := strings.Repeat("\t", max(posn.Column-1, 0))
	text := fmt.Sprintf("select {\n%[1]scase <-%[2]s.Done():\n%[1]s\t%[3]s\n%[1]scase <-%[4]s.After(%[5]s):\n%[1]s}",
		indent, s.Expr, ret, pkg.String(), arg.String())
	return analysis.SuggestedFix{
		Message:   "Wait for " + s.Expr + " to end too",
		TextEdits: []analysis.TextEdit{{Pos: expr.Pos(), End: expr.End(), NewText: []byte(text)}},
	}, true
}

// statement reports whether a call is a statement of its own.
func (c *checker) statement(call *ast.CallExpr) bool {
	f := place.File(c.pass, call.Pos())
	if f == nil {
		return false
	}
	found := false
	ast.Inspect(f, func(n ast.Node) bool {
		if stmt, ok := n.(*ast.ExprStmt); ok && stmt.X == ast.Expr(call) {
			found = true
		}
		return !found
	})
	return found
}
