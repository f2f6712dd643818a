package connconf

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// handed reports whether something that cannot be seen may set the fields of what a
// literal makes: an option, a function of another package, or whoever is given the
// address of a field.
func (c *checker) handed(lit *literal) bool {
	if c.given(lit.at) {
		return true
	}
	v, ok := c.owner(lit.at).(*types.Var)
	if !ok || v.IsField() {
		return false
	}
	for _, use := range c.usesOf(v) {
		if c.given(use) || addressed(use) {
			return true
		}
	}
	return false
}

// given reports whether an expression, or its address, is an argument of a call that
// cannot be looked into.
func (c *checker) given(e inspector.Cursor) bool {
	arg, up := e.Node(), e.Parent()
	if p, ok := up.Node().(*ast.UnaryExpr); ok && p.Op == token.AND {
		arg, up = p, up.Parent()
	}
	call, ok := up.Node().(*ast.CallExpr)
	if !ok || call.Fun == arg {
		return false
	}
	if tv := c.pass.TypesInfo.Types[call.Fun]; tv.IsType() || tv.IsBuiltin() {
		return false
	}
	fn := c.callee(call)
	return fn == nil || fn.Pkg() != c.pass.Pkg && !leakapi.IsStd(fn.Pkg().Path())
}

// addressed reports whether the address of a field of v is taken.
func addressed(v inspector.Cursor) bool {
	sel, ok := v.Parent().Node().(*ast.SelectorExpr)
	if !ok || sel.X != v.Node() {
		return false
	}
	p, ok := v.Parent().Parent().Node().(*ast.UnaryExpr)
	return ok && p.Op == token.AND
}
