package leaksummary

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// runs returns the method that ends the endless loop in which a goroutine stays, or "":
// nothing else does.
func (w *workerScan) runs(body *ast.BlockStmt, depth int) string {
	by := ""
	for _, stmt := range body.List {
		if l, ok := stmt.(*ast.LabeledStmt); ok {
			stmt = l.Stmt
		}
		switch stmt := stmt.(type) {
		case *ast.ForStmt:
			if stmt.Cond != nil {
				return ""
			}
			if by = w.until(stmt.Body); by == "" {
				return ""
			}
		case *ast.RangeStmt:
			f := w.field(stmt.X)
			if f == nil || leaves(stmt.Body) {
				return ""
			}
			by = w.ends[f]
		case *ast.IfStmt, *ast.SwitchStmt, *ast.SelectStmt, *ast.TypeSwitchStmt, *ast.ReturnStmt, *ast.BlockStmt:
			return "" // it may end before
		case *ast.ExprStmt:
			call, ok := stmt.X.(*ast.CallExpr)
			if !ok || depth > 1 {
				continue
			}
			if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
				if fn, ok := w.s.pass.TypesInfo.Uses[sel.Sel].(*types.Func); ok {
					if d := w.decls[fn.Origin()]; d != nil && d.Recv != nil {
						by = w.runs(d.Body, depth+1)
					}
				}
			}
		}
		if by != "" {
			return by
		}
	}
	return ""
}

// until returns the method that ends an endless loop by closing a channel, or "" if
// the loop can be left without.
func (w *workerScan) until(body *ast.BlockStmt) string {
	by, other := "", false
	var visit func(n ast.Node, told bool)
	visit = func(n ast.Node, told bool) {
		ast.Inspect(n, func(m ast.Node) bool {
			switch m := m.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ReturnStmt:
				other = other || !told
			case *ast.BranchStmt:
				other = other || !told && m.Label != nil && m.Tok != token.CONTINUE || m.Tok == token.GOTO
			case *ast.CommClause:
				if m == n {
					return true
				}
				f := w.received(m.Comm)
				if name := w.ends[f]; f != nil && name != "" {
					if leaves(&ast.BlockStmt{List: m.Body}) {
						by = name
					}
					for _, inner := range m.Body {
						visit(inner, true)
					}
					return false
				}
			case *ast.SelectorExpr:
				if m.Sel.Name == "Done" && leakapi.IsContext(w.s.pass.TypesInfo.TypeOf(m.X)) {
					other = true // the context may end it
				}
			}
			return true
		})
	}
	visit(body, false)
	// A plain break leaves the loop where no switch or select is around it.
	if by == "" || other || breaks(body) {
		return ""
	}
	return by
}

// received returns the field with the channel that a select's case receives from, or
// nil.
func (w *workerScan) received(comm ast.Stmt) *types.Var {
	var e ast.Expr
	switch c := comm.(type) {
	case *ast.ExprStmt:
		e = c.X
	case *ast.AssignStmt:
		e = c.Rhs[0]
	}
	if u, ok := ast.Unparen(e).(*ast.UnaryExpr); e != nil && ok && u.Op == token.ARROW {
		return w.field(u.X)
	}
	return nil
}

// leaves reports whether code can return, or leave a loop around it.
func leaves(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			found = true
		case *ast.BranchStmt:
			found = found || n.Tok == token.GOTO || n.Tok == token.BREAK && n.Label != nil
		}
		return !found
	})
	return found || breaks(body)
}

// breaks reports whether a break in a loop's body, and in no other statement that has
// breaks of its own, leaves the loop.
func breaks(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			return false
		case *ast.BranchStmt:
			found = found || n.Tok == token.BREAK && n.Label == nil
		}
		return !found
	})
	return found
}
