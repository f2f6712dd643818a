package connconf

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/place"
	"github.com/leakvet/leakvet/internal/report"
)

// slurp reports a request's body that is read without a limit.
func (c *checker) slurp(cur inspector.Cursor, call *ast.CallExpr) {
	if len(call.Args) == 0 {
		return
	}
	sel, ok := ast.Unparen(call.Args[0]).(*ast.SelectorExpr)
	if !ok {
		return
	}
	field, ok := c.pass.TypesInfo.Uses[sel.Sel].(*types.Var)
	v := place.Variable(c.pass, sel.X)
	fn, in := place.Function(cur)
	if !ok || v == nil || !in || !c.isServed(fn, v) {
		return
	}
	for a := range fn.Preorder((*ast.AssignStmt)(nil)) {
		for _, l := range a.Node().(*ast.AssignStmt).Lhs {
			if s, ok := l.(*ast.SelectorExpr); ok && c.pass.TypesInfo.Uses[s.Sel] == types.Object(field) {
				return // it is limited, or another one
			}
		}
	}
	c.r.Report(report.Finding{
		Pos: call.Pos(), End: call.End(), Tier: leakconfig.Audit,
		Message: fmt.Sprintf("%s reads all that a client sends: limit %s.%s first", types.ExprString(call.Fun), v.Name(), sel.Sel.Name),
	})
}

// isServed reports whether a variable is the request that a handler gets.
func (c *checker) isServed(fn inspector.Cursor, v *types.Var) bool {
	var params *ast.FieldList
	switch fn := fn.Node().(type) {
	case *ast.FuncDecl:
		params = fn.Type.Params
	case *ast.FuncLit:
		params = fn.Type.Params
	}
	writes, own := false, false
	for _, p := range params.List {
		writes = writes || leakapi.IsResponseWriter(c.pass.TypesInfo.TypeOf(p.Type))
		for _, name := range p.Names {
			own = own || c.pass.TypesInfo.Defs[name] == types.Object(v)
		}
	}
	return writes && own && c.tables.Request(v.Type()) != nil
}

// drains is the Go version since which closing a body reads the rest of it.
const drains = "go1.27"

// unread reports a call whose answer's body the function closes without having read it.
func (c *checker) unread(cur inspector.Cursor) {
	call := cur.Node().(*ast.CallExpr)
	a, ok := cur.Parent().Node().(*ast.AssignStmt)
	if !ok || !c.asks(call) {
		return
	}
	fn, ok := place.Function(cur)
	if !ok || leakapi.CollectedIn(drains, place.Version(c.pass, fn.Node())) {
		return
	}
	row := c.tables.Func(c.callee(call))
	if row == nil || len(row.Acquires) == 0 || len(row.Acquires[0].Path) == 0 {
		return // there is none
	}
	if v := place.Variable(c.pass, a.Lhs[0]); v != nil && place.Within(place.Body(fn), v) && c.onlyClosed(v, row.Acquires[0]) {
		c.r.Report(report.Finding{
			Pos: call.Pos(), End: call.End(), Tier: leakconfig.Audit,
			Message: fmt.Sprintf("the body of %s is closed unread, which closes its connection, too: read it to its end before, so that the next request can use it", v.Name()),
		})
	}
}

// onlyClosed reports whether the body of an answer that v holds is closed, and no more
// is done with it.
func (c *checker) onlyClosed(v *types.Var, body leakapi.Acquire) bool {
	closed := false
	for _, cur := range c.usesOf(v) {
		sel, ok := cur.Parent().Node().(*ast.SelectorExpr)
		if !ok {
			if _, cmp := cur.Parent().Node().(*ast.BinaryExpr); cmp {
				continue
			}
			return false
		}
		if sel.Sel.Name != body.Path[0] {
			if _, method := c.pass.TypesInfo.Uses[sel.Sel].(*types.Func); method {
				return false // it may read it
			}
			continue
		}
		m, ok := cur.Parent().Parent().Node().(*ast.SelectorExpr)
		if !ok || !slices.Contains(body.Class.Release, m.Sel.Name) {
			return false
		}
		closed = true
	}
	return closed
}
