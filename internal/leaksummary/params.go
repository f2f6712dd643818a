package leaksummary

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// defaultRelease ends the obligation of a handle of unknown class.
var defaultRelease = []string{"Close"}

// callRelease ends the obligation of what is released by calling it.
var callRelease = []string{leakapi.Call}

// isStop reports whether t is a function that ends something when it is called:
// it gets nothing, or an error that says why, and returns at most a bool.
func isStop(t types.Type) bool {
	sig, ok := t.Underlying().(*types.Signature)
	if !ok || sig.Params().Len() > 1 || sig.Results().Len() > 1 || sig.Variadic() {
		return false
	}
	if sig.Params().Len() == 1 && !pathcond.IsError(sig.Params().At(0).Type()) {
		return false
	}
	if sig.Results().Len() == 1 {
		b, ok := sig.Results().At(0).Type().Underlying().(*types.Basic)
		return ok && b.Kind() == types.Bool
	}
	return true
}

// maxFields bounds how many fields of a receiver are summarised.
const maxFields = 16

// releaseOf returns the methods that release a handle reached from a value of
// type t.
func (s *summarizer) releaseOf(t types.Type) []string {
	if t != nil {
		if row := s.tables.Type(t); row != nil {
			return row.Class.Release
		}
		if isStop(t) {
			return callRelease
		}
		if by := s.holderEnd(t); by != "" {
			return []string{by}
		}
	}
	return defaultRelease
}

// paramsOf returns what fn does with the resources that its parameters can
// lead to.
func (s *summarizer) paramsOf(fn *ssa.Function) []Param {
	var found []Param
	for i, prm := range fn.Params {
		for _, path := range s.waysFrom(prm.Type(), i == 0 && fn.Signature.Recv() != nil) {
			eff := s.effectOf(fn, i, path, s.releaseAt(prm.Type(), path))
			if eff.Zero&obligation.Escaped != 0 && eff.NonZero&obligation.Escaped != 0 &&
				(eff.Zero|eff.NonZero)&obligation.Released == 0 {
				continue // as good as unknown
			}
			found = append(found, Param{Index: i, Path: path, Effect: eff})
		}
	}
	return found
}

// releaseAt returns the methods that release what a value of type t leads to by
// path.
func (s *summarizer) releaseAt(t types.Type, path pathcond.Path) []string {
	if s.tables.Type(t) != nil {
		return s.releaseOf(t)
	}
	for i := range len(path) {
		f := leakssa.FieldAt(t, int(path[i]))
		if f == nil {
			return defaultRelease
		}
		t = f.Type()
		if s.tables.Type(t) != nil {
			break
		}
	}
	return s.releaseOf(t)
}

// waysFrom returns the paths from a parameter to a resource that it can hold.
func (s *summarizer) waysFrom(t types.Type, recv bool) []pathcond.Path {
	if row := s.tables.Type(t); row != nil {
		if p, ok := fieldPath(t, row.Path); ok {
			return []pathcond.Path{p}
		}
	}
	if canBeHandle(t) || s.operates(t) {
		return []pathcond.Path{""}
	}
	var found []pathcond.Path
	if s.holderEnd(t) != "" {
		found = append(found, "")
	}
	if !recv {
		return found
	}
	// A receiver's own fields: what its methods do with them decides what
	// becomes of a value that holds a resource.
	st := leakssa.StructOf(t)
	if st == nil || st.NumFields() > maxFields {
		return found
	}
	for i := range st.NumFields() {
		if isStop(st.Field(i).Type()) {
			continue // who makes one knows which method calls it
		}
		for _, p := range s.waysFrom(st.Field(i).Type(), false) {
			found = append(found, pathcond.Path([]byte{byte(i)})+p)
		}
	}
	return found
}

// operates reports whether t is an interface by way of which a connection or transaction
// is used: the tables know its methods, or it hands out resources, as those do that
// generated code names for its queries.
func (s *summarizer) operates(t types.Type) bool {
	iface, ok := t.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	if obj := namedOf(t); obj != nil && obj.Pkg() != nil && s.tables.Operates(obj.Pkg().Path(), obj.Name()) {
		return true
	}
	for m := range iface.Methods() {
		for v := range m.Signature().Results().Variables() {
			if row := s.tables.Type(v.Type()); row != nil && row.Class.Rule == "resclose" {
				return true
			}
		}
	}
	return false
}

// canBeHandle reports whether t is an interface, or a type parameter bounded
// by one, under which a resource is usually handed around.
func canBeHandle(t types.Type) bool {
	if isStop(t) {
		return true
	}
	iface, ok := t.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	if named, ok := types.Unalias(t).(*types.Named); ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "io" {
		return true
	}
	for m := range iface.Methods() {
		switch m.Name() {
		case "Close", "Read":
			return true
		}
	}
	return false
}
