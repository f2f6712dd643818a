package leaksummary

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// Twin returns the function beside fn that takes a context first and is the
// same otherwise, or nil. It is found by name and shape: XContext,
// XWithContext or XCtx, for a function X that returns an error.
func Twin(fn *types.Func) *types.Func {
	sig := fn.Signature()
	if n := sig.Results().Len(); n == 0 || !pathcond.IsError(sig.Results().At(n-1).Type()) || takesContext(sig) || fn.Pkg() == nil {
		return nil
	}
	for _, suffix := range []string{"Context", "WithContext", "Ctx"} {
		var obj types.Object
		if recv := sig.Recv(); recv != nil {
			obj, _, _ = types.LookupFieldOrMethod(recv.Type(), true, fn.Pkg(), fn.Name()+suffix)
		} else {
			obj = fn.Pkg().Scope().Lookup(fn.Name() + suffix)
		}
		if twin, ok := obj.(*types.Func); ok && sameButContext(sig, twin.Signature()) {
			return twin
		}
	}
	return nil
}

func takesContext(sig *types.Signature) bool {
	for v := range sig.Params().Variables() {
		if leakapi.IsContext(v.Type()) {
			return true
		}
	}
	return false
}

// sameButContext reports whether with takes a context, then what sig takes, and
// possibly options, and returns the same.
func sameButContext(sig, with *types.Signature) bool {
	n := sig.Params().Len()
	options := with.Variadic() && !sig.Variadic() && with.Params().Len() == n+2
	if !options && (with.Params().Len() != n+1 || with.Variadic() != sig.Variadic()) {
		return false
	}
	if !leakapi.IsContext(with.Params().At(0).Type()) || !types.Identical(sig.Results(), with.Results()) {
		return false
	}
	for i := range n {
		if !types.Identical(sig.Params().At(i).Type(), with.Params().At(i+1).Type()) {
			return false
		}
	}
	return true
}

// deprecated reports whether the comment on a function of this package advises
// against it. Comments of other packages cannot be seen.
func (s *summarizer) deprecated(fn *types.Func) bool {
	for _, f := range s.pass.Files {
		if fn.Pos() < f.FileStart || f.FileEnd <= fn.Pos() {
			continue
		}
		for _, decl := range f.Decls {
			if d, ok := decl.(*ast.FuncDecl); ok && d.Name.Pos() == fn.Pos() {
				return strings.Contains("\n"+d.Doc.Text(), "\nDeprecated:")
			}
		}
	}
	return false
}
