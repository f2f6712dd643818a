package leaksummary

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/leakvet/leakvet/internal/pathcond"
)

// gate returns which bodies to build, or nil if none.
func (s *summarizer) gate() func(*ast.FuncDecl) bool {
	calls := s.allCalled()
	wanted := s.waiting(calls)
	s.values.declares = s.labelling(calls, wanted)
	s.declarations(calls)
	s.growing(calls, wanted)
	s.caching(calls, wanted)
	s.acquiring(calls, wanted)
	for _, f := range s.pass.Files {
		for _, decl := range f.Decls {
			if d, ok := decl.(*ast.FuncDecl); ok && !dropped(d) && s.matters(d) {
				wanted[d] = true
			}
		}
	}
	inits := s.initsMatter() || s.values.declares || len(s.growth.inits) > 0 || s.caches.scan.inits
	if len(wanted) == 0 && !inits {
		return nil
	}
	if s.tooLarge = s.oversized(wanted, inits); s.tooLarge > 0 {
		return nil // what is left would not be the whole package
	}
	return func(d *ast.FuncDecl) bool {
		if d == nil {
			return inits
		}
		return wanted[d]
	}
}

// callsIn holds the functions that each function calls.
type callsIn map[*ast.FuncDecl]map[*types.Func]bool

func (s *summarizer) allCalled() callsIn {
	calls := callsIn{}
	for _, f := range s.pass.Files {
		for _, decl := range f.Decls {
			d, ok := decl.(*ast.FuncDecl)
			if !ok {
				s.noteDecl(decl)
			} else if !dropped(d) {
				calls[d] = s.calledSeeing(d.Body, func(n ast.Node) { s.noteFuncs(n, d) })
			}
		}
	}
	return calls
}

func (s *summarizer) initsMatter() bool {
	for _, f := range s.pass.Files {
		for _, decl := range f.Decls {
			if d, ok := decl.(*ast.GenDecl); ok && s.mayAcquire(d) {
				return true
			}
		}
	}
	return false
}

// matters reports whether a function can acquire a resource, or be handed one.
func (s *summarizer) matters(d *ast.FuncDecl) bool {
	obj, ok := s.pass.TypesInfo.Defs[d.Name].(*types.Func)
	if !ok {
		return false
	}
	sig := obj.Signature()
	if r := sig.Recv(); r != nil && len(s.waysFrom(r.Type(), true)) > 0 {
		return true
	}
	for v := range sig.Params().Variables() {
		// What the package's own functions do with a struct around a resource must be known.
		obj := namedOf(v.Type())
		if len(s.waysFrom(v.Type(), obj != nil && obj.Pkg() == s.pass.Pkg)) > 0 {
			return true
		}
		switch v.Type().Underlying().(type) {
		case *types.Signature:
			return true // it may call it
		case *types.Chan:
			return true // it may send to it
		}
		if pathcond.IsError(v.Type()) {
			return true // it may end the path over it
		}
	}
	if sig.Variadic() && isErrors(sig.Params().At(sig.Params().Len()-1).Type()) {
		return true
	}
	if n := sig.Results().Len(); n == 1 && pathcond.IsError(sig.Results().At(0).Type()) && returnsMade(d.Body) {
		return true
	}
	return s.onlyPure(d.Body) || s.mayAcquire(d.Body) || s.talks(d.Body)
}

// talks reports whether a function starts goroutines and makes a channel without a
// buffer: it may leave them alone with it.
func (s *summarizer) talks(body *ast.BlockStmt) bool {
	starts, makes := false, false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			starts = true
		case *ast.CallExpr:
			if id, ok := n.Fun.(*ast.Ident); ok && id.Name == "make" && len(n.Args) == 1 {
				_, channel := s.pass.TypesInfo.TypeOf(n).Underlying().(*types.Chan)
				makes = makes || channel
			}
		}
		return !starts || !makes
	})
	return starts && makes
}

// onlyPure reports whether a function only calls one that gives equal results for equal
// arguments: what it says of them is remembered.
func (s *summarizer) onlyPure(body *ast.BlockStmt) bool {
	if len(body.List) != 1 {
		return false
	}
	ret, ok := body.List[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return false
	}
	call, ok := ret.Results[0].(*ast.CallExpr)
	if !ok {
		return false
	}
	fn, ok := typeutil.Callee(s.pass.TypesInfo, call).(*types.Func)
	if !ok {
		return false
	}
	row := s.row(fn)
	return row != nil && row.Pure
}

// returnsMade reports whether a short function makes the error it returns.
func returnsMade(body *ast.BlockStmt) bool {
	return len(body.List) <= 3
}

// mayAcquire reports whether n calls anything whose results can hold a
// resource.
func (s *summarizer) mayAcquire(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || found {
			return !found
		}
		switch t := s.pass.TypesInfo.TypeOf(call).(type) {
		case nil:
		case *types.Tuple:
			for v := range t.Variables() {
				found = found || s.mayHold(v.Type(), n.Pos())
			}
		default:
			found = s.mayHold(t, n.Pos())
		}
		return !found
	})
	return found
}

// mayHold reports whether a value of type t that the code at pos gets may be a
// resource of which that is told.
func (s *summarizer) mayHold(t types.Type, pos token.Pos) bool {
	row := s.typeRow(t)
	return row != nil && (row.Class.Tests || !s.quiet(pos)) || !isStop(t) && canBeHandle(t)
}
