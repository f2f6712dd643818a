package connconf

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/place"
)

// isReached reports whether a server surely is one that other hosts reach.
func (c *checker) isReached(lit *literal, row *leakapi.Server) bool {
	if owner := c.owner(lit.at); owner != nil {
		if on := c.servedOn(owner); len(on) > 0 {
			return slices.ContainsFunc(on, c.isPublic)
		}
	}
	if addr, given := lit.values[row.Addr]; given {
		return !c.isHere(addr)
	}
	addrs := c.givenLater(c.owner(lit.at), row.Addr)
	return len(addrs) > 0 && !slices.ContainsFunc(addrs, c.isHere)
}

// givenLater returns what a field of what a variable or field holds is set to by
// assignment.
func (c *checker) givenLater(owner types.Object, field string) []ast.Expr {
	if owner == nil {
		return nil
	}
	var found []ast.Expr
	for cur := range c.sum.Files().Preorder((*ast.AssignStmt)(nil)) {
		a := cur.Node().(*ast.AssignStmt)
		for i, l := range a.Lhs {
			if sel, ok := l.(*ast.SelectorExpr); ok && sel.Sel.Name == field && c.object(sel.X) == owner && len(a.Lhs) == len(a.Rhs) {
				found = append(found, a.Rhs[i])
			}
		}
	}
	return found
}

// isHere reports whether an address is that of this host, as far as the text says: going
// by what it begins with, and by a flag's default.
func (c *checker) isHere(addr ast.Expr) bool {
	if text := c.text(addr); text != "" {
		return isLocal(text)
	}
	switch e := ast.Unparen(addr).(type) {
	case *ast.BinaryExpr:
		return c.isHere(e.X)
	case *ast.CallExpr: // such as fmt.Sprintf, net.JoinHostPort and flag.String
		return slices.ContainsFunc(e.Args, c.isHere)
	case *ast.StarExpr:
		return c.isHere(e.X)
	case *ast.Ident:
		if v := c.initial(c.pass.TypesInfo.Uses[e]); v != nil {
			return c.isHere(v)
		}
	}
	return false
}

// initial returns what a variable is set to where it is declared, or nil.
func (c *checker) initial(v types.Object) ast.Expr {
	if v == nil {
		return nil
	}
	for cur := range c.sum.Files().Preorder((*ast.AssignStmt)(nil)) {
		a := cur.Node().(*ast.AssignStmt)
		for i, l := range a.Lhs {
			if id, ok := l.(*ast.Ident); ok && c.pass.TypesInfo.Defs[id] == v && len(a.Lhs) == len(a.Rhs) {
				return a.Rhs[i]
			}
		}
	}
	for cur := range c.sum.Files().Preorder((*ast.ValueSpec)(nil)) {
		spec := cur.Node().(*ast.ValueSpec)
		for i, name := range spec.Names {
			if c.pass.TypesInfo.Defs[name] == v && len(spec.Values) == len(spec.Names) {
				return spec.Values[i]
			}
		}
	}
	return nil
}

func isLocal(addr string) bool {
	return strings.HasPrefix(addr, "127.") || strings.HasPrefix(addr, "localhost") || strings.HasPrefix(addr, "[::1]") || strings.HasPrefix(addr, "/")
}

// servedOn returns the listeners on which the package lets the server in a variable or
// field serve.
func (c *checker) servedOn(server types.Object) []inspector.Cursor {
	if c.listeners == nil {
		c.listeners = map[types.Object][]inspector.Cursor{}
		for cur := range c.sum.Files().Preorder((*ast.CallExpr)(nil)) {
			call := cur.Node().(*ast.CallExpr)
			sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
			if !ok || len(call.Args) == 0 {
				continue
			}
			row := c.tables.Server(c.pass.TypesInfo.TypeOf(sel.X))
			if of := c.object(sel.X); row != nil && of != nil && slices.Contains(row.On, sel.Sel.Name) {
				if l, ok := cur.FindNode(call.Args[0]); ok {
					c.listeners[of] = append(c.listeners[of], l)
				}
			}
		}
	}
	return c.listeners[server]
}

// isPublic reports whether a listener surely is one that other hosts reach, on some way
// at least: where it is made is in the same function, and says so.
func (c *checker) isPublic(listener inspector.Cursor) bool {
	decl := place.Declared(listener)
	return decl != nil && c.public(listener.Node().(ast.Expr), decl, map[*types.Var]bool{})
}

func (c *checker) public(e ast.Expr, decl *ast.FuncDecl, seen map[*types.Var]bool) bool {
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok {
		return c.publicCall(call, decl, seen)
	}
	v, ok := c.object(e).(*types.Var)
	if !ok || seen[v] || decl.Body == nil || !v.IsField() && !place.Within(decl.Body, v) {
		return false
	}
	seen[v] = true
	public := false
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if !ok || public {
			return !public
		}
		for i, l := range a.Lhs {
			if c.object(l) == types.Object(v) {
				from := a.Rhs[0]
				if len(a.Lhs) == len(a.Rhs) {
					from = a.Rhs[i]
				}
				public = public || c.public(from, decl, seen)
			}
		}
		return true
	})
	return public
}

// publicCall reports the same of what a call returns: it listens there itself, or wraps
// a listener that does.
func (c *checker) publicCall(call *ast.CallExpr, decl *ast.FuncDecl, seen map[*types.Var]bool) bool {
	if fn := c.callee(call); fn != nil {
		net, addr := -1, -1
		if row := c.tables.Func(fn); row != nil && row.Serving != nil && row.Serving.Listens {
			net, addr = row.Serving.Net, row.Serving.Addr
		} else if listens(fn.Signature()) {
			net, addr = 0, 1
		}
		if network, at := argument(fn, call, net), argument(fn, call, addr); network != nil && at != nil {
			return strings.HasPrefix(c.text(network), "tcp") && !c.isHere(at)
		}
	}
	of := c.pass.TypesInfo.TypeOf(call)
	if t, ok := of.(*types.Tuple); ok && t.Len() > 0 {
		of = t.At(0).Type()
	}
	return of != nil && types.IsInterface(of) && slices.ContainsFunc(call.Args, func(arg ast.Expr) bool {
		t := c.pass.TypesInfo.TypeOf(arg)
		return t != nil && types.Identical(t, of) && c.public(arg, decl, seen)
	})
}

// listens reports whether a function is one to call in place of net.Listen.
func listens(sig *types.Signature) bool {
	if sig.Recv() != nil || sig.Params().Len() != 2 || sig.Results().Len() != 2 {
		return false
	}
	for v := range sig.Params().Variables() {
		if t, ok := v.Type().(*types.Basic); !ok || t.Kind() != types.String {
			return false
		}
	}
	l, ok := sig.Results().At(0).Type().(*types.Named)
	return ok && l.Obj().Pkg() != nil && l.Obj().Pkg().Path() == "net" && l.Obj().Name() == "Listener"
}

// argument returns what a call passes as the argument of that number in the tables, where
// a method's receiver is the first, or nil.
func argument(fn *types.Func, call *ast.CallExpr, n int) ast.Expr {
	if fn.Signature().Recv() != nil {
		n--
	}
	if n < 0 || n >= len(call.Args) {
		return nil
	}
	return call.Args[n]
}
