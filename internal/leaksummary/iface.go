package leaksummary

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
)

// implementations returns the bodies of an interface method's implementations
// in this package, in the order of their types' names. Test files do not count,
// so that a package is the same with and without its tests.
func (s *summarizer) implementations(m *types.Func) []*ssa.Function {
	found, ok := s.impls[m]
	if ok {
		return found
	}
	for _, impl := range s.implementing(m) {
		if fn := s.funcOf(impl); fn != nil {
			found = append(found, fn)
		}
	}
	s.impls[m] = found
	return found
}

// implementing returns the methods that implement an interface's method for types of
// this package, in the order of the types' names: promoted ones, too.
func (s *summarizer) implementing(m *types.Func) []*types.Func {
	recv := m.Signature().Recv()
	if recv == nil || m.Pkg() != s.pass.Pkg {
		return nil
	}
	iface, ok := recv.Type().Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	var found []*types.Func
	for _, t := range s.withMethod(m.Name()) {
		ptr := types.NewPointer(t)
		if !types.Implements(ptr, iface) {
			continue
		}
		if impl := leakapi.Method(ptr, s.pass.Pkg, m.Name()); impl != nil {
			found = append(found, impl)
		}
	}
	return found
}

// withMethod returns the package's concrete types that may have a method of that
// name, sorted by their own. Generic types do not count, nor those of tests, also by name.
func (s *summarizer) withMethod(name string) []*types.Named {
	if s.concrete == nil {
		s.concrete = map[string][]*types.Named{}
		scope := s.pass.Pkg.Scope()
		for _, name := range scope.Names() {
			tn, ok := scope.Lookup(name).(*types.TypeName)
			if !ok || tn.IsAlias() || types.IsInterface(tn.Type()) || s.inTest(tn.Pos()) || leakssa.StandsIn(name) {
				continue
			}
			named, ok := tn.Type().(*types.Named)
			if !ok || named.TypeParams() != nil {
				continue
			}
			if embeds(named) {
				s.embedders = append(s.embedders, named)
				continue
			}
			for m := range named.Methods() {
				s.concrete[m.Name()] = append(s.concrete[m.Name()], named)
			}
		}
	}
	all := slices.Concat(s.concrete[name], s.embedders)
	slices.SortFunc(all, func(a, b *types.Named) int { return strings.Compare(a.Obj().Name(), b.Obj().Name()) })
	return all
}

// embeds reports whether a type may have methods of others.
func embeds(t *types.Named) bool {
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range st.Fields() {
		if f.Embedded() {
			return true
		}
	}
	return false
}

// inTest reports whether a position lies in a test file.
func (s *summarizer) inTest(pos token.Pos) bool { return inTest(s.pass.Fset, pos) }

func inTest(fset *token.FileSet, pos token.Pos) bool {
	f := fset.File(pos)
	return f != nil && strings.HasSuffix(f.Name(), "_test.go")
}

// quiet reports whether a position is in a test of which little is told.
func (s *summarizer) quiet(pos token.Pos) bool { return !s.tests && s.inTest(pos) }

// lends reports whether calls of an interface method surely lay nothing on
// their callers: the package that declares it, or this one, implements it, and
// no implementation there hands out what it acquires.
func (s *summarizer) lends(m *types.Func) bool {
	if m.Pkg() != s.pass.Pkg {
		f := s.fact(m)
		return f != nil && f.Lends
	}
	impls := s.implementations(m)
	for _, fn := range impls {
		if len(s.ownedBy(fn)) > 0 {
			return false
		}
	}
	return len(impls) > 0
}

// exportInterface publishes what is known of an interface's methods.
func (s *summarizer) exportInterface(iface *types.Interface) {
	for m := range iface.ExplicitMethods() {
		if !m.Exported() || s.tells(m) {
			continue
		}
		f := new(LeakFunc)
		f.Lends = s.handsOut(m.Signature()) && s.lends(m)
		f.Owned = s.owedByOthers(s.ownedByAll(m))
		f.Detached = s.takesContext(m) && s.detachedMethods()[m]
		if s.flows.methods[m.Name()] {
			if impl := s.onlyImplementation(m); impl != nil {
				f.Blocks = through(impl, s.flows.blocks[impl])
			}
		}
		if impl := s.onlyImplementation(m); impl != nil {
			f.Labels = s.exportedLabels(impl)
		}
		if !f.empty() {
			s.pass.ExportObjectFact(m, f)
		}
	}
}

// takesContext reports whether a method's first parameter is a context.
func (s *summarizer) takesContext(m *types.Func) bool {
	params := m.Signature().Params()
	return params.Len() > 0 && leakapi.IsContext(params.At(0).Type())
}

// handsOut reports whether a result is of a type that carries an obligation.
func (s *summarizer) handsOut(sig *types.Signature) bool {
	for v := range sig.Results().Variables() {
		if s.tables.Type(v.Type()) != nil {
			return true
		}
	}
	return false
}
