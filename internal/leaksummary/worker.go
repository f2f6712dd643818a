package leaksummary

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// A worker is a value whose constructor, or a method of it, starts a goroutine that runs
// until another method closes a channel in one of its fields: who gets one from the
// constructor, or makes one and calls the method, has to call that.

// workers are the constructors and methods of the package that start one, each with the
// method that ends it.
type workers map[*types.Func]string

// findWorkers finds them, by syntax and types.
func (s *summarizer) findWorkers() workers {
	w := &workerScan{s: s, decls: map[*types.Func]*ast.FuncDecl{}, ends: map[*types.Var]string{}}
	for _, f := range s.pass.Files {
		if s.inTest(f.Pos()) {
			continue
		}
		for _, decl := range f.Decls {
			d, ok := decl.(*ast.FuncDecl)
			if !ok || dropped(d) {
				continue
			}
			if obj, ok := s.pass.TypesInfo.Defs[d.Name].(*types.Func); ok {
				w.decls[obj] = d
				w.ending(obj, d)
			}
		}
	}
	if len(w.ends) == 0 {
		return nil
	}
	found := workers{}
	for obj, d := range w.decls {
		if by := w.made(obj, d); by != "" {
			found[obj] = by
			t := obj.Signature().Results().At(0).Type()
			s.noteHolder(t, t, by)
		} else if by := w.started(obj, d); by != "" {
			found[obj] = by
			t := obj.Signature().Recv().Type()
			s.noteHolder(t, t, by)
		}
	}
	return found
}

type workerScan struct {
	s     *summarizer
	decls map[*types.Func]*ast.FuncDecl
	ends  map[*types.Var]string // fields that hold a channel, and the method of their type that closes it
}

// ending notes the channels that a method closes, if its name says that it ends
// something.
func (w *workerScan) ending(obj *types.Func, d *ast.FuncDecl) {
	recv := receiverOf(obj)
	if recv == nil || obj.Signature().Params().Len() > 1 || obj.Signature().Results().Len() > 1 {
		return
	}
	rank := func(name string) int {
		for i, e := range endings {
			if e.name == name {
				return i
			}
		}
		return -1
	}
	if rank(obj.Name()) < 0 {
		return
	}
	ast.Inspect(d.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) != 1 {
			return true
		}
		if b, ok := typeutil.Callee(w.s.pass.TypesInfo, call).(*types.Builtin); !ok || b.Name() != "close" {
			return true
		}
		f := w.field(call.Args[0])
		if f == nil {
			return true
		}
		if by, ok := w.ends[f]; !ok || rank(obj.Name()) < rank(by) {
			w.ends[f] = obj.Name()
		}
		return true
	})
}

// field returns the field that an expression reads, or nil.
func (w *workerScan) field(e ast.Expr) *types.Var {
	sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	if v, ok := w.s.pass.TypesInfo.Uses[sel.Sel].(*types.Var); ok && v.IsField() {
		return v.Origin()
	}
	return nil
}

// made returns the method that ends the worker that a function makes, starts and
// returns, and gives to nobody else, or "".
func (w *workerScan) made(obj *types.Func, d *ast.FuncDecl) string {
	res := obj.Signature().Results()
	if res.Len() == 0 || res.Len() > 2 || res.Len() == 2 && !pathcond.IsError(res.At(1).Type()) {
		return ""
	}
	v, at := w.literal(d)
	if v == nil || types.IsInterface(res.At(0).Type()) && namedOf(res.At(0).Type()) == nil {
		return ""
	}
	started, by := token.NoPos, ""
	for _, stmt := range d.Body.List {
		if stmt.Pos() < at {
			continue
		}
		if by = w.starts(stmt, v, 0); by != "" {
			started = stmt.Pos()
			break
		}
	}
	if by == "" || ending(res.At(0).Type(), by) == nil || !w.only(d, v, started) {
		return ""
	}
	return by
}

// started returns the method that ends the goroutine which a method surely starts for
// its receiver, or "".
func (w *workerScan) started(obj *types.Func, d *ast.FuncDecl) string {
	recv := obj.Signature().Recv()
	if recv == nil || enders[obj.Name()] || !givesOnlyError(obj.Signature()) || len(d.Recv.List[0].Names) == 0 {
		return ""
	}
	v, _ := w.s.pass.TypesInfo.Defs[d.Recv.List[0].Names[0]].(*types.Var)
	for _, stmt := range d.Body.List {
		if by := w.starts(stmt, v, 1); by != "" {
			if ending(recv.Type(), by) == nil {
				return ""
			}
			return by
		}
	}
	return ""
}

// literal returns the variable that a function declares, at the top of its body, with a
// literal of a struct of the package, and where.
func (w *workerScan) literal(d *ast.FuncDecl) (*types.Var, token.Pos) {
	for _, stmt := range d.Body.List {
		a, ok := stmt.(*ast.AssignStmt)
		if !ok || a.Tok != token.DEFINE || len(a.Lhs) != 1 || len(a.Rhs) != 1 {
			continue
		}
		e := ast.Unparen(a.Rhs[0])
		if u, ok := e.(*ast.UnaryExpr); ok && u.Op == token.AND {
			e = ast.Unparen(u.X)
		}
		if _, ok := e.(*ast.CompositeLit); !ok {
			continue
		}
		v, ok := w.s.pass.TypesInfo.Defs[a.Lhs[0].(*ast.Ident)].(*types.Var)
		if !ok {
			continue
		}
		if obj := namedOf(v.Type()); obj != nil && obj.Pkg() == w.s.pass.Pkg && w.endable(v.Type()) {
			return v, stmt.End()
		}
	}
	return nil, token.NoPos
}

// endable reports whether a struct has a channel that one of its methods closes.
func (w *workerScan) endable(t types.Type) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range st.Fields() {
		if w.ends[f.Origin()] != "" {
			return true
		}
	}
	return false
}

// starts returns the method that ends the goroutine that a statement starts for v, or
// "": by a go statement, or by a call of a method that has one.
func (w *workerScan) starts(stmt ast.Stmt, v *types.Var, depth int) string {
	switch stmt := stmt.(type) {
	case *ast.GoStmt:
		if lit, ok := ast.Unparen(stmt.Call.Fun).(*ast.FuncLit); ok {
			return w.runs(lit.Body, 0)
		}
		if m := w.method(stmt.Call, v); m != nil {
			return w.runs(m.Body, 0)
		}
	case *ast.ExprStmt:
		if call, ok := stmt.X.(*ast.CallExpr); ok && depth == 0 {
			m := w.method(call, v)
			if m == nil || len(m.Recv.List[0].Names) == 0 {
				return ""
			}
			recv, _ := w.s.pass.TypesInfo.Defs[m.Recv.List[0].Names[0]].(*types.Var)
			for _, inner := range m.Body.List {
				if by := w.starts(inner, recv, 1); by != "" {
					return by
				}
			}
		}
	}
	return ""
}

// method returns the declaration of the method that is called on v, or nil.
func (w *workerScan) method(call *ast.CallExpr, v *types.Var) *ast.FuncDecl {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || v == nil {
		return nil
	}
	id, ok := ast.Unparen(sel.X).(*ast.Ident)
	if !ok || w.s.pass.TypesInfo.Uses[id] != types.Object(v) {
		return nil
	}
	fn, ok := w.s.pass.TypesInfo.Uses[sel.Sel].(*types.Func)
	if !ok {
		return nil
	}
	if d := w.decls[fn.Origin()]; d != nil && d.Recv != nil {
		return d
	}
	return nil
}

// only reports whether a function does no more with v than to set its fields, call its
// methods and return it, and returns nothing before the goroutine runs that is not nil.
func (w *workerScan) only(d *ast.FuncDecl, v *types.Var, started token.Pos) bool {
	ok, returned := true, false
	var path []ast.Node
	ast.Inspect(d.Body, func(n ast.Node) bool {
		if n == nil {
			path = path[:len(path)-1]
			return true
		}
		path = append(path, n)
		switch n := n.(type) {
		case *ast.ReturnStmt:
			if slices.ContainsFunc(path, func(p ast.Node) bool { _, lit := p.(*ast.FuncLit); return lit }) {
				break
			}
			if len(n.Results) == 0 {
				ok = false
			} else if id, isID := ast.Unparen(n.Results[0]).(*ast.Ident); isID && w.s.pass.TypesInfo.Uses[id] == types.Object(v) {
				returned = true
				ok = ok && n.Pos() > started
			} else if !isID || id.Name != "nil" {
				ok = false
			}
		case *ast.Ident:
			if w.s.pass.TypesInfo.Uses[n] != types.Object(v) {
				break
			}
			switch p := path[len(path)-2].(type) {
			case *ast.SelectorExpr:
				if _, method := w.s.pass.TypesInfo.Uses[p.Sel].(*types.Func); method {
					_, call := path[len(path)-3].(*ast.CallExpr)
					ok = ok && call && path[len(path)-3].(*ast.CallExpr).Fun == ast.Expr(p)
				}
			case *ast.ReturnStmt:
			default:
				ok = false
			}
		}
		return true
	})
	return ok && returned
}

// ownedWorker returns what the callers of what starts a worker owe, or nil.
func (s *summarizer) ownedWorker(fn *types.Func) []Owned {
	by := s.workers[fn]
	if by == "" {
		return nil
	}
	o := Owned{Class: "worker", By: by, Aliases: []obligation.Alias{{}}}
	if res := fn.Signature().Results(); res.Len() > 0 && pathcond.IsError(res.At(res.Len()-1).Type()) {
		o.When = leakapi.Zero
	}
	if givesOnlyError(fn.Signature()) {
		o.Aliases[0].Result = ^0
	}
	return []Owned{o}
}

// givesOnlyError reports whether a function returns nothing, or an error alone.
func givesOnlyError(sig *types.Signature) bool {
	res := sig.Results()
	return res.Len() == 0 || res.Len() == 1 && pathcond.IsError(res.At(0).Type())
}
