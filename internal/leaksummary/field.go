package leaksummary

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// Abandons reports whether the package stores resources of a class into field
// but has no code that could release them: the field is unexported, and every
// other use of it only assigns it, compares it with nil, or reads parts of it
// that do not lead to the resource.
func (r *Result) Abandons(field *types.Var, class *leakapi.Class) bool {
	if r == nil || r.s == nil || field == nil || field.Exported() || field.Embedded() || field.Pkg() != r.s.pass.Pkg {
		return false
	}
	u := uses{field: field.Origin(), info: r.s.pass.TypesInfo, release: class.Release}
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

// KeptIn returns the field of a struct of the package in which a path leaves the
// resource that it returns in that struct, or nil.
func (r *Result) KeptIn(x obligation.Exit) *types.Var {
	if len(x.Aliases) != 1 || x.Aliases[0].Result < 0 || len(x.Aliases[0].Path) != 1 {
		return nil
	}
	t := x.Instr.Parent().Signature.Results().At(x.Aliases[0].Result).Type()
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	i := int(x.Aliases[0].Path[0])
	if !ok || i >= st.NumFields() {
		return nil
	}
	return st.Field(i)
}

// uses looks for uses of a field that could release what it holds.
type uses struct {
	field   *types.Var
	info    *types.Info
	release []string // what releases it, if it is itself
	handle  string   // the part of the field's value that is the resource; "" if it is itself
	stack   []ast.Node
	other   bool
}

func (u *uses) visit(n ast.Node) bool {
	if n == nil {
		u.stack = u.stack[:len(u.stack)-1]
		return true
	}
	if id, ok := n.(*ast.Ident); ok && u.names(id) && !u.harmless(id) {
		u.other = true
	}
	u.stack = append(u.stack, n)
	return true
}

// names reports whether an identifier names the field, of whatever instance.
func (u *uses) names(id *ast.Ident) bool {
	v, ok := u.info.Uses[id].(*types.Var)
	return ok && v.Origin() == u.field
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
		switch x := u.info.Uses[p.Sel].(type) {
		case *types.Var:
			return u.handle != "" && p.Sel.Name != u.handle && x.IsField()
		case *types.Func:
			return u.handle == "" && i > 0 && isCallOf(u.stack[i-1], p) && !u.ends(x)
		}
	}
	return false
}

func isCallOf(n ast.Node, fun ast.Expr) bool {
	call, ok := n.(*ast.CallExpr)
	return ok && ast.Unparen(call.Fun) == fun
}

// ends reports whether a method may release what it is called on, or hand it on:
// its name says so, or it returns something that could.
func (u *uses) ends(m *types.Func) bool {
	if slices.Contains(u.release, m.Name()) || enders[m.Name()] {
		return true
	}
	for v := range m.Signature().Results().Variables() {
		if _, basic := v.Type().Underlying().(*types.Basic); !basic && !pathcond.IsError(v.Type()) && canBeHandle(v.Type()) {
			return true
		}
	}
	return false
}

// enders are names of methods that end something.
var enders = map[string]bool{
	"Abort": true, "Cancel": true, "Close": true, "CloseAll": true, "Commit": true, "Destroy": true, "Detach": true, "Disconnect": true, "Done": true, "End": true,
	"Exit": true, "Finish": true, "Hijack": true, "Kill": true, "Quit": true, "Release": true, "Rollback": true, "Serve": true, "Shutdown": true, "Stop": true,
	"Terminate": true, "Wait": true,
}

// Closer returns the method of a field's owner that ends what its other fields
// hold, or nil: what else must end is forgotten there.
func (r *Result) Closer(field *types.Var) *types.Func {
	var found *types.Func
	for _, f := range r.s.pass.Files {
		for _, decl := range f.Decls {
			d, ok := decl.(*ast.FuncDecl)
			if !ok || d.Recv == nil || dropped(d) || !enders[d.Name.Name] || r.s.inTest(d.Pos()) {
				continue
			}
			obj, ok := r.s.pass.TypesInfo.Defs[d.Name].(*types.Func)
			if ok && found == nil && hasField(receiverOf(obj), field) && r.s.endsOthers(d, field) {
				found = obj
			}
		}
	}
	return found
}

func hasField(owner *types.TypeName, field *types.Var) bool {
	if owner == nil {
		return false
	}
	st, ok := owner.Type().Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range st.Fields() {
		if f == field.Origin() {
			return true
		}
	}
	return false
}

// endsOthers reports whether a method ends what other fields of its receiver hold.
func (s *summarizer) endsOthers(d *ast.FuncDecl, field *types.Var) bool {
	owner := receiverOf(s.pass.TypesInfo.Defs[d.Name].(*types.Func))
	found := false
	ast.Inspect(d.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return !found
		}
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if !ok {
			return !found
		}
		of := ast.Expr(sel) // a function that a field holds
		if enders[sel.Sel.Name] {
			of = sel.X
		}
		if x, ok := ast.Unparen(of).(*ast.SelectorExpr); ok {
			v, ok := s.pass.TypesInfo.Uses[x.Sel].(*types.Var)
			found = found || ok && v != field && v.IsField() && hasField(owner, v) && (of != ast.Expr(sel) || isStop(v.Type()))
		}
		return !found
	})
	return found
}
