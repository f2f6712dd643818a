package unit

import (
	"go/types"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// reachable returns the named types that importers of pkg can get values of
// through what it exports, its own types included.
func reachable(pkg *types.Package) map[*types.TypeName]bool {
	r := &reacher{found: make(map[*types.TypeName]bool)}
	scope := pkg.Scope()
	for _, name := range scope.Names() {
		if obj := scope.Lookup(name); obj.Exported() {
			r.visit(obj.Type())
		}
	}
	return r.found
}

type reacher struct {
	found map[*types.TypeName]bool
}

func (r *reacher) visit(t types.Type) {
	switch t := t.(type) {
	case *types.Alias:
		r.visit(types.Unalias(t))
	case *types.Named:
		r.named(t)
	case *types.Pointer:
		r.visit(t.Elem())
	case *types.Slice:
		r.visit(t.Elem())
	case *types.Array:
		r.visit(t.Elem())
	case *types.Chan:
		r.visit(t.Elem())
	case *types.Map:
		r.visit(t.Key())
		r.visit(t.Elem())
	case *types.Signature:
		r.tuple(t.Params())
		r.tuple(t.Results())
	case *types.Struct:
		for f := range t.Fields() {
			// What is embedded lends its methods, whatever its name.
			if f.Exported() || f.Embedded() {
				r.visit(f.Type())
			}
		}
	case *types.Interface:
		for m := range t.ExplicitMethods() {
			if m.Exported() {
				r.visit(m.Type())
			}
		}
		for e := range t.EmbeddedTypes() {
			r.visit(e)
		}
	case *types.Union:
		for term := range t.Terms() {
			r.visit(term.Type())
		}
	}
}

func (r *reacher) tuple(t *types.Tuple) {
	for v := range t.Variables() {
		r.visit(v.Type())
	}
}

func (r *reacher) named(t *types.Named) {
	for arg := range t.TypeArgs().Types() {
		r.visit(arg)
	}
	obj := t.Obj()
	if obj.Pkg() == nil || r.found[obj] {
		return
	}
	r.found[obj] = true
	if leakapi.IsStd(obj.Pkg().Path()) {
		return // nothing outside the standard library lies behind it
	}
	t = t.Origin()
	for m := range t.Methods() {
		if m.Exported() {
			r.visit(m.Type())
		}
	}
	r.visit(t.Underlying())
}
