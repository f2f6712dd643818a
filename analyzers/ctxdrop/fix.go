package ctxdrop

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"
	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/place"
)

// fix returns an edit that passes the context on, where one line shows how.
func (c *checker) fix(d *drop) (analysis.SuggestedFix, bool) {
	none := analysis.SuggestedFix{}
	if d.scope.Blank || d.scope.Weak {
		return none, false
	}
	ctx := d.scope.Expr
	switch d.kind {
	case madeAnew:
		fresh, ok := d.fresh.(*ssa.Call)
		if !ok {
			return none, false
		}
		expr := leakssa.CallExpr(fresh)
		if expr == nil || !c.visible(d.scope.Var, expr.Pos()) {
			return none, false
		}
		if leakapi.IsContext(fresh.Type()) {
			if len(expr.Args) > 0 || !c.keepsImport(expr) {
				return none, false
			}
			if edit, same := c.reassigned(d.scope.Var, expr); same {
				return analysis.SuggestedFix{Message: "Keep " + ctx, TextEdits: edit}, edit != nil
			}
			return analysis.SuggestedFix{
				Message:   "Pass " + ctx,
				TextEdits: []analysis.TextEdit{{Pos: expr.Pos(), End: expr.End(), NewText: []byte(ctx)}},
			}, true
		}
		obj, _ := c.sum.Callee(fresh)
		if obj == nil {
			return none, false
		}
		if t, ok := c.sum.TwinOf(d.call); ok && t.Use == "" {
			if expr = leakssa.CallExpr(d.call); expr == nil || !c.visible(d.scope.Var, expr.Pos()) {
				return none, false
			}
			return withTwin(twin(t), ctx, expr, true)
		}
		t, ok := c.sum.Twin(obj)
		return withTwin(twin(t), ctx, expr, ok)
	case hasTwin:
		expr := leakssa.CallExpr(d.call)
		if expr == nil || !c.visible(d.scope.Var, expr.Pos()) {
			return none, false
		}
		t, ok := c.twin(d.call, d.call.Parent())
		return withTwin(t, ctx, expr, ok)
	}
	return none, false
}

// reassigned reports whether fresh is assigned to the variable that it should
// give way to, and returns edits that remove the statement; none where it is not
// one of a block's.
func (c *checker) reassigned(v types.Object, fresh *ast.CallExpr) (remove []analysis.TextEdit, same bool) {
	for _, f := range c.pass.Files {
		if fresh.Pos() < f.FileStart || f.FileEnd <= fresh.Pos() {
			continue
		}
		path, _ := astutil.PathEnclosingInterval(f, fresh.Pos(), fresh.End())
		for i, n := range path {
			assign, ok := n.(*ast.AssignStmt)
			if !ok {
				continue
			}
			id, ok := ast.Unparen(assign.Lhs[0]).(*ast.Ident)
			if !ok || len(assign.Lhs) != 1 || ast.Unparen(assign.Rhs[0]) != fresh || c.pass.TypesInfo.Uses[id] != v {
				return nil, false
			}
			if _, ok := path[i+1].(*ast.BlockStmt); ok {
				remove = []analysis.TextEdit{{Pos: assign.Pos(), End: assign.End()}}
			}
			return remove, true
		}
	}
	return nil, false
}

// withTwin calls a twin with ctx in place of what expr calls.
func withTwin(t twin, ctx string, expr *ast.CallExpr, ok bool) (analysis.SuggestedFix, bool) {
	sel, isSel := expr.Fun.(*ast.SelectorExpr)
	name, isName := expr.Fun.(*ast.Ident)
	switch {
	case !ok:
	case t.With != "" && (isSel || isName):
		if isSel {
			name = sel.Sel
		}
		arg := ctx
		if len(expr.Args) > 0 {
			arg += ", "
		}
		return analysis.SuggestedFix{
			Message: "Call " + t.With + " with " + ctx,
			TextEdits: []analysis.TextEdit{
				{Pos: name.Pos(), End: name.End(), NewText: []byte(t.With)},
				{Pos: expr.Lparen + 1, End: expr.Lparen + 1, NewText: []byte(arg)},
			},
		}, true
	case t.Via != "" && isSel:
		return analysis.SuggestedFix{
			Message:   "Go through " + t.Via + " with " + ctx,
			TextEdits: []analysis.TextEdit{{Pos: sel.X.End(), End: sel.X.End(), NewText: []byte("." + t.Via + "(" + ctx + ")")}},
		}, true
	}
	return analysis.SuggestedFix{}, false
}

// visible reports whether a variable's name means that variable at pos.
func (c *checker) visible(v types.Object, pos token.Pos) bool {
	scope := c.pass.Pkg.Scope().Innermost(pos)
	if scope == nil {
		return false
	}
	_, obj := scope.LookupParent(v.Name(), pos)
	return obj == v
}

// keepsImport reports whether the package that a call names is used elsewhere
// in the file too, so that its import stays of use.
func (c *checker) keepsImport(call *ast.CallExpr) bool {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	pkg, ok := sel.X.(*ast.Ident)
	if !ok {
		return false
	}
	used := c.pass.TypesInfo.Uses[pkg]
	f := place.File(c.pass, call.Pos())
	if f == nil || used == nil {
		return false
	}
	kept := false
	ast.Inspect(f, func(n ast.Node) bool {
		// Other calls of the same function may be replaced as well.
		if other, ok := n.(*ast.SelectorExpr); ok && other.Sel.Name != sel.Sel.Name {
			if id, ok := other.X.(*ast.Ident); ok && c.pass.TypesInfo.Uses[id] == used {
				kept = true
			}
		}
		return !kept
	})
	return kept
}
