package leaksummary

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// Abandons reports whether the package stores resources of a class into field
// but has no code that could release them: the field is unexported, and every
// other use of it only assigns it, compares it with nil, or reads parts of it
// that do not lead to the resource.
func (r *Result) Abandons(field *types.Var, class *leakapi.Class) bool {
	if r == nil || r.s == nil || field == nil || field.Exported() || field.Embedded() || field.Pkg() != r.s.pass.Pkg || r.s.Takes(field) {
		return false
	}
	abandoned := true
	u := r.s.usesOfField(field, class)
	u.note = func(_ *ast.Ident, kind use, _ ast.Expr) { abandoned = abandoned && kind != hands }
	u.walk(r.s)
	return abandoned
}

// KeptIn returns the field of a struct of the package in which a path leaves the
// resource that it returns in that struct, or nil.
func (r *Result) KeptIn(x obligation.Exit) *types.Var {
	if len(x.Aliases) != 1 || x.Aliases[0].Result < 0 || len(x.Aliases[0].Path) != 1 {
		return nil
	}
	t := x.Instr.Parent().Signature.Results().At(x.Aliases[0].Result).Type()
	return leakssa.FieldAt(t, int(x.Aliases[0].Path[0]))
}

// use is what an expression does with a field's value.
type use uint8

const (
	hands   use = iota // it may release it, or let others do so
	sets               // it gives the field a value
	asks               // it compares it with nil
	borrows            // it calls a method or reads a part of it that ends nothing
)

// uses finds the uses of a field.
type uses struct {
	s       *summarizer
	field   *types.Var
	release []string   // what releases it, if it is itself
	param   *types.Var // a parameter that points to it, or nil
	handle  string     // the part of the field's value that is the resource; "" if it is itself
	stack   []ast.Node
	note    func(id *ast.Ident, kind use, value ast.Expr) // value is what it is set to, if that is known
}

func (s *summarizer) usesOfField(field *types.Var, class *leakapi.Class) *uses {
	u := &uses{s: s, field: field.Origin(), release: class.Release}
	if row := s.tables.Type(field.Type()); row != nil && len(row.Path) > 0 {
		u.handle = row.Path[0]
	}
	return u
}

// walk notes the uses in the package's files, but for tests.
func (u *uses) walk(s *summarizer) {
	for _, f := range s.pass.Files {
		if !s.inTest(f.FileStart) {
			ast.Inspect(f, u.visit)
		}
	}
}

func (u *uses) visit(n ast.Node) bool {
	if n == nil {
		u.stack = u.stack[:len(u.stack)-1]
		return true
	}
	if id, ok := n.(*ast.Ident); ok && u.names(id) {
		kind, value := u.kind(id)
		u.note(id, kind, value)
	}
	u.stack = append(u.stack, n)
	return true
}

// names reports whether an identifier names the field, of whatever instance.
func (u *uses) names(id *ast.Ident) bool {
	v, ok := u.s.pass.TypesInfo.Uses[id].(*types.Var)
	return ok && (v.Origin() == u.field || u.param != nil && v == u.param)
}

// kind returns what is done with the field that id names, and what it is set to. The
// stack holds the nodes around id.
func (u *uses) kind(id *ast.Ident) (use, ast.Expr) {
	i := len(u.stack) - 1
	var expr ast.Expr = id
	if sel, ok := u.stack[i].(*ast.SelectorExpr); ok && sel.Sel == id {
		expr = sel
		i--
	}
	if p, ok := u.stack[i].(*ast.KeyValueExpr); ok && p.Key == expr {
		return sets, p.Value
	}
	if p, ok := u.stack[i].(*ast.AssignStmt); ok {
		for j, l := range p.Lhs {
			if l == expr && len(p.Lhs) == len(p.Rhs) {
				return sets, p.Rhs[j]
			} else if l == expr {
				return sets, nil
			}
		}
	}
	return u.valueUse(i)
}

// valueUse returns what node i of the stack does with the field's value below it.
func (u *uses) valueUse(i int) (use, ast.Expr) {
	for i > 0 {
		if _, ok := u.stack[i].(*ast.ParenExpr); !ok {
			break
		}
		i--
	}
	switch p := u.stack[i].(type) {
	case *ast.BinaryExpr:
		if p.Op == token.EQL || p.Op == token.NEQ {
			return asks, nil
		}
	case *ast.SelectorExpr:
		switch x := u.s.pass.TypesInfo.Uses[p.Sel].(type) {
		case *types.Var:
			if u.handle != "" && p.Sel.Name != u.handle && x.IsField() {
				return borrows, nil
			}
		case *types.Func:
			if i == 0 || u.handle != "" || !isCallOf(u.stack[i-1], p) {
				break
			}
			if u.s.cellOf(x) >= 0 {
				return u.put(i-1, x)
			}
			if u.s.reads(x) {
				return u.valueUse(i - 2)
			}
			if !u.ends(x) {
				return borrows, nil
			}
		}
	case *ast.StarExpr: // what a cell holds is a pointer to it
		return u.valueUse(i - 1)
	case *ast.CallExpr:
		if i+1 < len(u.stack) && u.lends(p, u.stack[i+1]) {
			return borrows, nil
		}
	}
	return hands, nil
}

// lends reports whether the tables say that a call only uses an argument, or wraps it in
// something that does not release it.
func (u *uses) lends(call *ast.CallExpr, arg ast.Node) bool {
	fn, ok := typeutil.Callee(u.s.pass.TypesInfo, call).(*types.Func)
	if !ok || fn.Signature().Recv() != nil {
		return false
	}
	row := u.s.row(fn)
	return row != nil && slices.ContainsFunc(row.Args, func(a leakapi.Arg) bool {
		return (a.Effect == leakapi.Borrow || a.Effect == leakapi.Wrap) && a.When == leakapi.Always && a.Index < len(call.Args) && a.Index >= 0 && ast.Node(call.Args[a.Index]) == arg
	})
}

// put returns what node i of the stack, a call of a method that puts something into
// a cell, does with what was there.
func (u *uses) put(i int, m *types.Func) (use, ast.Expr) {
	if m.Signature().Results().Len() > 0 {
		if _, ok := u.stack[i-1].(*ast.ExprStmt); !ok {
			return hands, nil
		}
	}
	return sets, u.stack[i].(*ast.CallExpr).Args[0]
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

// enders are names of methods after which what they were called on may have ended, or
// be in other hands. Callers owe fewer of them: see endings.
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
