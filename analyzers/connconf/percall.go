package connconf

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/leaksummary"
	"github.com/leakvet/leakvet/internal/place"
	"github.com/leakvet/leakvet/internal/report"
)

// perCall reports pools of connections that a function makes, uses and forgets.
func (c *checker) perCall(file inspector.Cursor) {
	for cur := range file.Preorder((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		body := place.Body(cur)
		if body == nil {
			continue
		}
		for _, v := range c.poolsIn(cur, body) {
			c.local(cur, v)
		}
	}
	for cur := range file.Preorder((*ast.CallExpr)(nil)) {
		call := cur.Node().(*ast.CallExpr)
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if !ok || place.Variable(c.pass, sel.X) != nil || c.tables.Pool(c.pass.TypesInfo.TypeOf(sel.X)) == nil {
			continue
		}
		fn, ok := place.Function(cur)
		if !ok || !c.asks(call) || c.endsOne(fn) {
			continue
		}
		if fresh := c.sum.FreshPool(sel.X, place.Body(fn)); fresh != leaksummary.NotFresh {
			c.forgotten(cur, sel.X, fresh, call)
		}
	}
}

// poolsIn returns the variables of a function, literals in it aside, that can hold
// pools.
func (c *checker) poolsIn(fn inspector.Cursor, body *ast.BlockStmt) []*types.Var {
	var found []*types.Var
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.Ident:
			if v, ok := c.pass.TypesInfo.Defs[n].(*types.Var); ok && !v.IsField() && c.tables.Pool(v.Type()) != nil {
				found = append(found, v)
			}
		}
		return true
	})
	return found
}

// local judges a variable that holds a pool.
func (c *checker) local(fn inspector.Cursor, v *types.Var) {
	body := place.Body(fn)
	fresh := c.sum.FreshVar(v, body)
	if fresh == leaksummary.NotFresh {
		return
	}
	if c.ofVariable(fn, v) {
		return // that one is judged
	}
	u := usage{c: c, v: v, seen: map[*types.Var]bool{}}
	u.follow(fn, v)
	if u.lost || u.ended || u.request == nil || c.endsOne(fn) || c.withEnd(fn, v) {
		return
	}
	for cur := range fn.Preorder((*ast.Ident)(nil)) {
		if c.pass.TypesInfo.Defs[cur.Node().(*ast.Ident)] == types.Object(v) {
			c.forgotten(cur, cur.Node().(*ast.Ident), fresh, u.request)
			return
		}
	}
}

// withEnd reports whether the call that returns a pool returns a function beside it, which
// the caller keeps: that may close the pool's connections.
func (c *checker) withEnd(fn inspector.Cursor, v *types.Var) bool {
	for cur := range fn.Preorder((*ast.AssignStmt)(nil)) {
		a := cur.Node().(*ast.AssignStmt)
		if len(a.Rhs) != 1 || len(a.Lhs) < 2 || !slices.ContainsFunc(a.Lhs, func(l ast.Expr) bool { return place.Variable(c.pass, l) == v }) {
			continue
		}
		for _, l := range a.Lhs {
			if other := place.Variable(c.pass, l); other != nil && other != v {
				if _, ok := other.Type().Underlying().(*types.Signature); ok {
					return true
				}
			}
		}
	}
	return false
}

// endsOne reports whether a function closes the idle connections of a pool that it has
// made: one that the variable at hand may hold by way of a wrapper.
func (c *checker) endsOne(fn inspector.Cursor) bool {
	for cur := range fn.Preorder((*ast.SelectorExpr)(nil)) {
		sel := cur.Node().(*ast.SelectorExpr)
		v := place.Variable(c.pass, sel.X)
		if v == nil {
			continue
		}
		if row := c.tables.Pool(v.Type()); row != nil && row.End == sel.Sel.Name && c.sum.FreshVar(v, place.Body(fn)) != leaksummary.NotFresh {
			return true
		}
	}
	return false
}

// ofVariable reports whether a variable holds a pool that another variable holds, too.
func (c *checker) ofVariable(fn inspector.Cursor, v *types.Var) bool {
	row := c.tables.Pool(v.Type())
	if row.By == "" {
		return false
	}
	for cur := range fn.Preorder((*ast.KeyValueExpr)(nil), (*ast.AssignStmt)(nil)) {
		switch n := cur.Node().(type) {
		case *ast.KeyValueExpr:
			lit, ok := cur.Parent().Node().(*ast.CompositeLit)
			if key, named := n.Key.(*ast.Ident); ok && named && key.Name == row.By && c.tables.Pool(c.pass.TypesInfo.TypeOf(lit)) == row && c.isPool(n.Value) {
				return true
			}
		case *ast.AssignStmt:
			for i, l := range n.Lhs {
				sel, ok := l.(*ast.SelectorExpr)
				if ok && sel.Sel.Name == row.By && place.Variable(c.pass, sel.X) == v && len(n.Lhs) == len(n.Rhs) && c.isPool(n.Rhs[i]) {
					return true
				}
			}
		}
	}
	return false
}

// isPool reports whether an expression is a variable that is judged for itself.
func (c *checker) isPool(e ast.Expr) bool {
	v := place.Variable(c.pass, e)
	return v != nil && c.tables.Pool(v.Type()) != nil
}

// usage is what a function does with a pool.
type usage struct {
	c       *checker
	v       *types.Var
	seen    map[*types.Var]bool
	lost    bool          // others may have it
	ended   bool          // its idle connections are closed
	request *ast.CallExpr // the first one that is made with it
}

func (u *usage) follow(fn inspector.Cursor, v *types.Var) {
	if u.seen[v] {
		return
	}
	u.seen[v] = true
	row := u.c.tables.Pool(v.Type())
	for cur := range fn.Preorder((*ast.Ident)(nil)) {
		id := cur.Node().(*ast.Ident)
		if u.c.pass.TypesInfo.Uses[id] != types.Object(v) {
			continue
		}
		if inner, ok := place.Function(cur); !ok || inner != fn && place.RunBy(inner) != token.DEFER {
			u.lost = true
			return
		}
		u.use(fn, cur, row)
	}
}

// use judges one mention of the variable.
func (u *usage) use(fn, cur inspector.Cursor, row *leakapi.Pool) {
	up := cur.Parent()
	if p, ok := up.Node().(*ast.UnaryExpr); ok && p.Op == token.AND {
		cur, up = up, up.Parent()
	}
	switch p := up.Node().(type) {
	case *ast.SelectorExpr:
		u.selected(up, p, row)
	case *ast.AssignStmt:
		for i, r := range p.Rhs {
			if r != cur.Node() {
				continue
			}
			if len(p.Lhs) != len(p.Rhs) {
				u.lost = true
			} else {
				u.into(fn, p.Lhs[i])
			}
		}
	case *ast.KeyValueExpr:
		u.part(fn, up, p)
	case *ast.BinaryExpr:
	default:
		u.lost = true
	}
}

// selected judges a field or method of the variable.
func (u *usage) selected(up inspector.Cursor, sel *ast.SelectorExpr, row *leakapi.Pool) {
	if _, ok := u.c.pass.TypesInfo.Uses[sel.Sel].(*types.Func); !ok {
		a, ok := up.Parent().Node().(*ast.AssignStmt)
		if !ok || len(a.Lhs) == 0 || a.Lhs[0] != ast.Expr(sel) {
			u.lost = u.lost || sel.Sel.Name == row.By
		}
		return
	}
	call, ok := up.Parent().Node().(*ast.CallExpr)
	switch {
	case !ok || call.Fun != ast.Expr(sel):
		u.lost = true
	case sel.Sel.Name == row.End:
		u.ended = true
	case u.c.asks(call):
		if u.request == nil {
			u.request = call
		}
	default:
		u.lost = true // it may hand it on
	}
}

// into follows a pool into what it is assigned to: another variable, or the field of
// one that holds pools.
func (u *usage) into(fn inspector.Cursor, l ast.Expr) {
	if sel, ok := l.(*ast.SelectorExpr); ok {
		if row := u.c.tables.Pool(u.c.pass.TypesInfo.TypeOf(sel.X)); row == nil || row.By != sel.Sel.Name {
			u.lost = true
			return
		}
		l = sel.X
	}
	if v := place.Variable(u.c.pass, l); v != nil && u.c.tables.Pool(v.Type()) != nil && place.Within(fn.Node(), v) {
		u.follow(fn, v)
	} else {
		u.lost = true
	}
}

// part follows a pool into a literal that holds it.
func (u *usage) part(fn, at inspector.Cursor, kv *ast.KeyValueExpr) {
	lit := at.Parent()
	l, ok := lit.Node().(*ast.CompositeLit)
	key, named := kv.Key.(*ast.Ident)
	if !ok || !named {
		u.lost = true
		return
	}
	if row := u.c.tables.Pool(u.c.pass.TypesInfo.TypeOf(l)); row == nil || row.By != key.Name {
		u.lost = true
		return
	}
	up := lit.Parent()
	value := ast.Node(l)
	if p, ok := up.Node().(*ast.UnaryExpr); ok && p.Op == token.AND {
		value, up = p, up.Parent()
	}
	switch p := up.Node().(type) {
	case *ast.AssignStmt:
		for i, r := range p.Rhs {
			if r == value && len(p.Lhs) == len(p.Rhs) {
				u.into(fn, p.Lhs[i])
				return
			}
		}
	case *ast.ValueSpec:
		for i, r := range p.Values {
			if r == value && len(p.Names) == len(p.Values) {
				if v, ok := u.c.pass.TypesInfo.Defs[p.Names[i]].(*types.Var); ok && place.Within(fn.Node(), v) {
					u.follow(fn, v)
					return
				}
			}
		}
	}
	u.lost = true
}

// asks reports whether a call of a pool's method makes a request: it returns an
// answer.
func (c *checker) asks(call *ast.CallExpr) bool {
	fn := c.callee(call)
	if fn == nil {
		return false
	}
	for v := range fn.Signature().Results().Variables() {
		if leakapi.IsResponse(v.Type()) {
			return true
		}
	}
	return false
}

// forgotten reports a pool that a function makes for itself.
func (c *checker) forgotten(cur inspector.Cursor, what ast.Expr, fresh leaksummary.Fresh, request *ast.CallExpr) {
	d := place.Declared(cur)
	if place.ForProcess(c.pass.Pkg, d) {
		return
	}
	c.telling(cur)
	if fn, ok := place.Function(cur); ok && c.keepsNone(fn, c.tables.Pool(c.pass.TypesInfo.TypeOf(what))) {
		return
	}
	f := report.Finding{Pos: what.Pos(), End: what.End()}
	f.Message = fmt.Sprintf("%s with connections of its own is made for each call of %s: idle ones stay when it is gone; make it once, or close them at the end", c.typeName(what), d.Name.Name)
	f.Steps = []report.Step{{Pos: request.Pos(), Message: "this request leaves a connection", Key: true}}
	_, loop := place.LoopAround(cur)
	if fresh == leaksummary.Bounded || c.r.SupportsTests() || place.Command(c.pass.Pkg) && !loop && !c.serves(d) {
		f.Tier = leakconfig.Audit
	}
	c.r.Report(f)
}

// keepsNone reports whether a function says of a request that its connection is not to
// be kept: in a field of it, or in the header of that name.
func (c *checker) keepsNone(fn inspector.Cursor, row *leakapi.Pool) bool {
	for cur := range fn.Preorder((*ast.AssignStmt)(nil), (*ast.CallExpr)(nil)) {
		switch n := cur.Node().(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				if sel, ok := l.(*ast.SelectorExpr); ok && sel.Sel.Name == row.Once && c.tables.Request(c.pass.TypesInfo.TypeOf(sel.X)) != nil {
					return true
				}
			}
		case *ast.CallExpr:
			if len(n.Args) == 2 && strings.EqualFold(c.text(n.Args[0]), "connection") && strings.EqualFold(c.text(n.Args[1]), "close") {
				return true
			}
		}
	}
	return false
}

// text returns a constant string, or "".
func (c *checker) text(e ast.Expr) string {
	v := c.pass.TypesInfo.Types[e].Value
	if v == nil || v.Kind() != constant.String {
		return ""
	}
	return constant.StringVal(v)
}

// telling remembers that the literals of the function around a node need no more to be
// said of.
func (c *checker) telling(cur inspector.Cursor) {
	if fn, ok := place.Function(cur); ok {
		for lit := range fn.Preorder((*ast.CompositeLit)(nil)) {
			if row := c.tables.Pool(c.pass.TypesInfo.TypeOf(lit.Node().(ast.Expr))); row != nil && row.By == "" {
				c.told[lit.Node()] = true
			}
		}
	}
}

// serves reports whether a function gets a request.
func (c *checker) serves(d *ast.FuncDecl) bool {
	fn, ok := c.pass.TypesInfo.Defs[d.Name].(*types.Func)
	if !ok {
		return false
	}
	for v := range fn.Signature().Params().Variables() {
		if c.tables.Request(v.Type()) != nil {
			return true
		}
	}
	return false
}
