package timerleak

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"slices"
	"time"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/pathcond"
	"github.com/leakvet/leakvet/internal/place"
	"github.com/leakvet/leakvet/internal/report"
)

const (
	second = int64(time.Second)
	minute = int64(time.Minute)
)

// later reports a guard that is never stopped: a function that ends something when it
// has taken too long, although the work with it is done.
func (c *checker) later(cur inspector.Cursor, call *ast.CallExpr, t *leakapi.Timer) {
	if t.Arg >= len(call.Args) || !discarded(cur) {
		return
	}
	fn, ok := place.Function(cur)
	if !ok {
		return
	}
	ended := c.ended(call.Args[t.Arg])
	if ended == nil || !place.Within(fn.Node(), ended) || !c.workFollows(place.Body(fn), call, ended) {
		return
	}
	f := report.Finding{Pos: call.Pos(), End: call.End(), Tier: leakconfig.Audit}
	after := "its time"
	for i, a := range call.Args {
		if i != t.Arg {
			after = text(a)
			if n, ok := place.Int(c.pass, a); ok && n >= minute {
				f.Tier = leakconfig.Default
			}
		}
	}
	f.Message = fmt.Sprintf("the timer of %s is not stopped when the work with %s is done: it keeps that for %s", types.ExprString(call.Fun), ended.Name(), after)
	c.r.Report(f)
}

// discarded reports whether nothing takes the result of a call.
func discarded(cur inspector.Cursor) bool {
	switch s := cur.Parent().Node().(type) {
	case *ast.ExprStmt:
		return true
	case *ast.AssignStmt:
		id, ok := s.Lhs[0].(*ast.Ident)
		return ok && len(s.Lhs) == 1 && id.Name == "_"
	}
	return false
}

// ended returns the variable that a function ends: it calls it, closes it, or calls a
// method of it that does; nil if there is none.
func (c *checker) ended(fn ast.Expr) *types.Var {
	switch fn := ast.Unparen(fn).(type) {
	case *ast.Ident:
		return place.Variable(c.pass, fn)
	case *ast.SelectorExpr:
		if ends(fn.Sel.Name) {
			return place.Variable(c.pass, fn.X)
		}
	case *ast.FuncLit:
		var found *types.Var
		ast.Inspect(fn.Body, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || found != nil {
				return found == nil
			}
			if b, ok := typeutil.Callee(c.pass.TypesInfo, call).(*types.Builtin); ok {
				if b.Name() == "close" {
					found = place.Variable(c.pass, call.Args[0])
				}
			} else {
				found = c.ended(call.Fun)
			}
			if found != nil && found.Pos() > fn.Pos() && found.Pos() < fn.End() {
				found = nil // its own
			}
			return true
		})
		return found
	}
	return nil
}

// workFollows reports whether the function goes on to call something with a variable,
// or with what it is declared together with.
func (c *checker) workFollows(fn *ast.BlockStmt, after *ast.CallExpr, v *types.Var) bool {
	with := []types.Object{v}
	ast.Inspect(fn, func(n ast.Node) bool {
		if s, ok := n.(*ast.AssignStmt); ok && s.Tok == token.DEFINE {
			var objs []types.Object
			for _, l := range s.Lhs {
				if id, ok := l.(*ast.Ident); ok {
					objs = append(objs, c.pass.TypesInfo.ObjectOf(id))
				}
			}
			if slices.Contains(objs, types.Object(v)) {
				with = append(with, objs...)
			}
		}
		return true
	})
	found := false
	ast.Inspect(fn, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.DeferStmt, *ast.FuncLit, *ast.GoStmt:
			return false
		case *ast.CallExpr:
			if n.Pos() < after.End() {
				break
			}
			ast.Inspect(n, func(x ast.Node) bool {
				if id, ok := x.(*ast.Ident); ok && id.Name != "_" {
					o := c.pass.TypesInfo.Uses[id]
					found = found || slices.Contains(with, o) && !pathcond.IsError(o.Type())
				}
				return !found
			})
		}
		return !found
	})
	return found
}

// until reports a channel that a function registers for what comes again and again, and
// leaves registered when it returns.
func (c *checker) until(cur inspector.Cursor, call *ast.CallExpr, t *leakapi.Timer) {
	fn, ok := place.Function(cur)
	if !ok || t.Arg >= len(call.Args) || place.ForProcess(c.pass.Pkg, place.Declared(cur)) || !returns(place.Body(fn)) {
		return
	}
	if sel, ok := ast.Unparen(call.Args[t.Arg]).(*ast.SelectorExpr); ok {
		c.inField(cur, fn, sel, t)
		return
	}
	ch := place.Variable(c.pass, call.Args[t.Arg])
	if ch == nil || !place.Within(place.Body(fn), ch) {
		return
	}
	alone := false // a receive from nothing else leads to the end
	for _, id := range c.uses(fn, ch) {
		up := id.Parent()
		switch p := up.Node().(type) {
		case *ast.UnaryExpr:
			if inner, ok := place.Function(id); !ok || inner != fn || p.Op != token.ARROW {
				return
			}
			if _, choice := caseOf(up); choice == nil || len(choice.Body.List) < 2 {
				alone = true
			}
		case *ast.CallExpr:
			if p != call {
				return // it is stopped, or others have it
			}
		case *ast.AssignStmt:
			if len(p.Lhs) != 1 || p.Lhs[0] != id.Node() {
				return
			}
		case *ast.ValueSpec:
		default:
			return
		}
	}
	f := report.Finding{Pos: call.Pos(), End: call.End(), Tier: leakconfig.Audit}
	f.Message = fmt.Sprintf("%s is still told of signals when %s returns: %s is never called for it", ch.Name(), nameOf(cur), path.Base(t.Stop))
	if d := place.Declared(cur); !alone && !place.Command(c.pass.Pkg) && endsOwner(c.pass.TypesInfo, d, endings) {
		f.Tier = leakconfig.Default
	}
	c.r.Report(f)
}

// inField reports a field with a channel that a function registers, receives from and
// leaves registered, in a package that ends no registration.
func (c *checker) inField(cur, fn inspector.Cursor, sel *ast.SelectorExpr, t *leakapi.Timer) {
	ch, ok := c.pass.TypesInfo.Uses[sel.Sel].(*types.Var)
	if !ok || !ch.IsField() || !slices.ContainsFunc(c.uses(fn, ch), received) {
		return
	}
	for cur := range c.files.Preorder((*ast.CallExpr)(nil)) {
		if fn, ok := typeutil.Callee(c.pass.TypesInfo, cur.Node().(*ast.CallExpr)).(*types.Func); ok && fn.FullName() == t.Stop {
			return
		}
	}
	c.r.Report(report.Finding{
		Pos: sel.Pos(), End: sel.End(), Tier: leakconfig.Audit,
		Message: fmt.Sprintf("%s is still told of signals when %s returns: %s is never called for it", ch.Name(), nameOf(cur), path.Base(t.Stop)),
	})
}

// received reports whether the field that an identifier names is received from.
func received(id inspector.Cursor) bool {
	recv, ok := id.Parent().Parent().Node().(*ast.UnaryExpr)
	return ok && recv.Op == token.ARROW
}

// uses returns where a function names a variable.
func (c *checker) uses(fn inspector.Cursor, v *types.Var) []inspector.Cursor {
	var found []inspector.Cursor
	for cur := range fn.Preorder((*ast.Ident)(nil)) {
		if c.pass.TypesInfo.ObjectOf(cur.Node().(*ast.Ident)) == types.Object(v) {
			found = append(found, cur)
		}
	}
	return found
}
