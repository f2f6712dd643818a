package leaksummary

import (
	"go/ast"
	"go/token"
	"go/types"
)

// Abandons reports whether the package stores resources of a class into field
// but has no code that could release them: the field is unexported, and every
// other use of it only assigns it, compares it with nil, or reads parts of it
// that do not lead to the resource.
func (r *Result) Abandons(field *types.Var) bool {
	if r == nil || r.s == nil || field == nil || field.Exported() || field.Embedded() || field.Pkg() != r.s.pass.Pkg {
		return false
	}
	u := uses{field: field, info: r.s.pass.TypesInfo}
	if row := r.s.tables.Type(field.Type()); row != nil && len(row.Path) > 0 {
		u.handle = row.Path[0]
	}
	for _, f := range r.s.pass.Files {
		if !r.s.inTest(f.FileStart) {
			ast.Inspect(f, u.visit)
		}
	}
	return !u.other
}

// uses looks for uses of a field that could release what it holds.
type uses struct {
	field  *types.Var
	info   *types.Info
	handle string // the part of the field's value that is the resource; "" if it is itself
	stack  []ast.Node
	other  bool
}

func (u *uses) visit(n ast.Node) bool {
	if n == nil {
		u.stack = u.stack[:len(u.stack)-1]
		return true
	}
	if id, ok := n.(*ast.Ident); ok && u.info.Uses[id] == u.field && !u.harmless(id) {
		u.other = true
	}
	u.stack = append(u.stack, n)
	return true
}

// harmless reports whether this use of the field cannot release it. The stack
// holds the nodes around id.
func (u *uses) harmless(id *ast.Ident) bool {
	i := len(u.stack) - 1
	var expr ast.Expr = id
	if sel, ok := u.stack[i].(*ast.SelectorExpr); ok && sel.Sel == id {
		expr = sel
		i--
	}
	switch p := u.stack[i].(type) {
	case *ast.KeyValueExpr:
		return p.Key == expr
	case *ast.AssignStmt:
		for _, l := range p.Lhs {
			if l == expr {
				return true
			}
		}
	case *ast.BinaryExpr:
		return p.Op == token.EQL || p.Op == token.NEQ
	case *ast.SelectorExpr:
		if u.handle == "" || p.Sel.Name == u.handle {
			return false
		}
		v, ok := u.info.Uses[p.Sel].(*types.Var)
		return ok && v.IsField()
	}
	return false
}
