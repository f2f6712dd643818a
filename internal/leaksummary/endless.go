package leaksummary

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/leakvet/leakvet/internal/fixpoint"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/place"
)

// Contexts that can never end: passing them on changes nothing.

// endless answers which parameters hold one.
type endless struct {
	*Result
	params fixpoint.Memo[*types.Var, bool]
}

// EndsNever reports whether a context that is a parameter of a declared function can
// never end: each call of the function passes one that cannot, or the function is a
// method that is called through an interface of a package which detaches what it passes.
func (r *Result) EndsNever(param *types.Var) bool {
	if r.s == nil {
		return false
	}
	if r.endless == nil {
		r.endless = &endless{Result: r}
		r.endless.params = fixpoint.Memo[*types.Var, bool]{Answer: r.endless.param, Equal: fixpoint.Same[bool]}
	}
	return r.endless.params.Ask(param)
}

// Uses returns where the package calls its functions.
func (r *Result) Uses() *place.Uses {
	if r.uses == nil {
		r.uses = place.NewUses(r.s.pass, r.Files())
	}
	return r.uses
}

func (e *endless) param(v *types.Var) bool {
	cur, ok := e.Files().FindByPos(v.Pos(), v.Pos())
	if !ok {
		return false
	}
	d := place.Declared(cur)
	if d == nil {
		return false
	}
	fn, ok := e.s.pass.TypesInfo.Defs[d.Name].(*types.Func)
	if !ok {
		return false
	}
	index := -1
	for i := range fn.Signature().Params().Len() {
		if fn.Signature().Params().At(i) == v {
			index = i
		}
	}
	if index < 0 {
		return false // of a literal
	}
	if index == 0 && fn.Signature().Recv() != nil && e.s.behindDetached(fn) {
		return true
	}
	calls, all := e.Uses().Calls(fn)
	if !all || len(calls) == 0 {
		return false
	}
	for _, call := range calls {
		args := call.Node().(*ast.CallExpr).Args
		if index >= len(args) || !e.expr(args[index], call) {
			return false
		}
	}
	return true
}

// expr reports whether an argument is a context that can never end.
func (e *endless) expr(arg ast.Expr, at inspector.Cursor) bool {
	if e.s.detaches(arg) {
		return true
	}
	v := place.Variable(e.s.pass, arg)
	if v == nil {
		return false
	}
	if d := place.Declared(at); d != nil {
		if dead, ok := e.s.detachedIn(d, v, arg.Pos()); ok {
			return dead
		}
	}
	return e.params.Ask(v)
}

// detaches reports whether an expression makes a context that can never end.
func (s *summarizer) detaches(x ast.Expr) bool {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return false
	}
	fn := typeutil.StaticCallee(s.pass.TypesInfo, call)
	if fn == nil {
		return false
	}
	if fn.FullName() == "context.WithValue" {
		return s.detaches(call.Args[0]) // it can end no sooner
	}
	row := s.flowRow(fn)
	return row != nil && slices.ContainsFunc(row.Contexts, func(c leakapi.Context) bool {
		return c.Result == 0 && (c.From == leakapi.Fresh || c.From == leakapi.Detached)
	})
}

// detachedIn reports whether the last statement of a function's body that sets a
// variable before pos sets it to a context that can never end, if there is one.
func (s *summarizer) detachedIn(d *ast.FuncDecl, v *types.Var, pos token.Pos) (dead, found bool) {
	for _, stmt := range d.Body.List {
		if stmt.Pos() >= pos {
			break
		}
		set, ok := stmt.(*ast.AssignStmt)
		if !ok {
			continue
		}
		for i, l := range set.Lhs {
			if id, ok := l.(*ast.Ident); ok && s.pass.TypesInfo.ObjectOf(id) == v {
				dead, found = len(set.Lhs) == len(set.Rhs) && s.detaches(set.Rhs[i]), true
			}
		}
	}
	return dead, found
}

// detachedMethods returns the methods of the package's interfaces whose calls in the
// package, of which there are some, all pass a context that is cut off: that of a
// wrapper, most likely, through which all others call.
func (s *summarizer) detachedMethods() map[*types.Func]bool {
	if s.detached != nil {
		return s.detached
	}
	s.detached = map[*types.Func]bool{}
	if !s.mentionsWithoutCancel() {
		return s.detached
	}
	live := map[*types.Func]bool{}
	for _, f := range s.pass.Files {
		if s.inTest(f.FileStart) {
			continue
		}
		for _, d := range f.Decls {
			d, ok := d.(*ast.FuncDecl)
			if !ok || d.Body == nil {
				continue
			}
			ast.Inspect(d.Body, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok || len(call.Args) == 0 {
					return true
				}
				m := s.interfaceMethod(call)
				if m == nil {
					return true
				}
				dead, set := s.detaches(call.Args[0]), false
				if v := place.Variable(s.pass, call.Args[0]); v != nil {
					dead, set = s.detachedIn(d, v, call.Pos())
				}
				switch {
				case dead:
					s.detached[m] = true
				case !set && s.implements(d, m):
					// What hands on what it gets, and can be called likewise, says nothing.
				default:
					live[m] = true
				}
				return true
			})
		}
	}
	for m := range live {
		delete(s.detached, m)
	}
	return s.detached
}

// implements reports whether a declaration is a method of a type that implements the
// interface of a method.
func (s *summarizer) implements(d *ast.FuncDecl, m *types.Func) bool {
	fn, ok := s.pass.TypesInfo.Defs[d.Name].(*types.Func)
	if !ok || fn.Signature().Recv() == nil {
		return false
	}
	named := namedOf(fn.Signature().Recv().Type())
	iface, ok := m.Signature().Recv().Type().Underlying().(*types.Interface)
	return ok && named != nil && types.Implements(types.NewPointer(named.Type()), iface)
}

// interfaceMethod returns the method with a context for its first parameter, of an
// interface of the package, that a call calls, or nil.
func (s *summarizer) interfaceMethod(call *ast.CallExpr) *types.Func {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	m, ok := s.pass.TypesInfo.Uses[sel.Sel].(*types.Func)
	if !ok || m.Pkg() != s.pass.Pkg {
		return nil
	}
	if recv := m.Signature().Recv(); recv == nil || !types.IsInterface(recv.Type()) || !s.takesContext(m) {
		return nil
	}
	// A call through an interface that embeds this one reaches fewer types: a wrapper,
	// most likely.
	through, ok := s.pass.TypesInfo.TypeOf(sel.X).Underlying().(*types.Interface)
	if !ok || !slices.Contains(slices.Collect(through.ExplicitMethods()), m) {
		return nil
	}
	return m
}

func (s *summarizer) mentionsWithoutCancel() bool {
	found := false
	for _, f := range s.pass.Files {
		if found || s.inTest(f.FileStart) {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Name == "WithoutCancel" {
				found = true
			}
			return !found
		})
	}
	return found
}

// behindDetached reports whether a method implements one of an interface, of a package
// that this one imports or of its own, whose callers there cut contexts off.
func (s *summarizer) behindDetached(fn *types.Func) bool {
	var recvs []types.Type
	for _, t := range s.withMethod(fn.Name()) {
		if ptr := types.NewPointer(t); leakapi.Method(ptr, s.pass.Pkg, fn.Name()) == fn {
			recvs = append(recvs, ptr)
		}
	}
	for _, pkg := range append(s.pass.Pkg.Imports(), s.pass.Pkg) {
		scope := pkg.Scope()
		for _, name := range scope.Names() {
			tn, ok := scope.Lookup(name).(*types.TypeName)
			if !ok {
				continue
			}
			iface, ok := tn.Type().Underlying().(*types.Interface)
			if !ok {
				continue
			}
			for m := range iface.Methods() {
				if m.Name() == fn.Name() && s.isDetached(m) && slices.ContainsFunc(recvs, func(t types.Type) bool { return types.Implements(t, iface) }) {
					return true
				}
			}
		}
	}
	return false
}

func (s *summarizer) isDetached(m *types.Func) bool {
	if m.Pkg() == s.pass.Pkg {
		return s.detachedMethods()[m]
	}
	f := s.fact(m)
	return f != nil && f.Detached
}
