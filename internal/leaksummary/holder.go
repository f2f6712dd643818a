package leaksummary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// A holder is a value of a type that keeps what must be released in a field, and
// has a method that releases it: who gets one from a constructor has to call that.

// endings are the methods by which holders are ended, the likeliest first, and what one
// is then.
var endings = []struct{ name, done string }{
	{"Close", "closed"}, {"Stop", "stopped"}, {"Shutdown", "shut down"}, {"Release", "released"}, {"Cancel", "cancelled"},
	{"End", "ended"}, {"Disconnect", "disconnected"}, {"Cleanup", "cleaned up"},
}

// holders knows which types are.
type holders struct {
	own     map[*types.TypeName]string // and the method that ends one
	foreign map[*types.TypeName]string // "" if a type is none
	classes map[string]*leakapi.Class
	asked   map[string]bool // methods of which it is known which types of the package have them
}

// namedOf returns the name of the type that t is or points to, or nil.
func namedOf(t types.Type) *types.TypeName {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	if named, ok := types.Unalias(t).(*types.Named); ok {
		return named.Origin().Obj()
	}
	return nil
}

// ending returns the method of a type's values that could end one, or nil.
func ending(t types.Type, name string) *types.Func {
	m := leakapi.Method(t, nil, name)
	if m == nil || m.Signature().Params().Len() > 1 || m.Signature().Results().Len() > 1 {
		return nil
	}
	return m
}

// endedBy returns the method that a caller of fn has to call on the result that
// holds a resource in a field, or "".
func (s *summarizer) endedBy(fn *ssa.Function, a obligation.Alias, class *leakapi.Class) string {
	if a.Result < 0 || a.Path == "" || a.Path[0] >= 0xF0 {
		return ""
	}
	t := fn.Signature.Results().At(a.Result).Type()
	if _, value := t.Underlying().(*types.Struct); value || namedOf(t) == nil {
		return "" // of a struct that is copied around the field itself is followed
	}
	made := t
	if types.IsInterface(t) {
		if made = madeAs(fn, a.Result); made == nil {
			return ""
		}
	}
	for _, e := range endings {
		if ending(t, e.name) == nil {
			continue
		}
		if s.endsWith(made, e.name, a.Path, class.Release) {
			s.noteHolder(t, made, e.name)
			return e.name
		}
	}
	return ""
}

// builtInto returns the result of fn that is made with the resource of a site in a
// field, and the method that ends it, or "": whoever else got hold of it, its owner
// is most likely that.
func (s *summarizer) builtInto(fn *ssa.Function, site *Acquisition) (result int, by string) {
	if site.By != "" || len(site.Aliases) != 1 || site.Aliases[0].Path != "" || site.Call.Parent() != fn {
		return 0, ""
	}
	for _, fa := range storedIn(site.Call, site.Aliases[0].Result) {
		for _, b := range fn.Blocks {
			ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
			if !ok {
				continue
			}
			for i, v := range ret.Results {
				if mi, ok := v.(*ssa.MakeInterface); ok {
					v = mi.X
				}
				if v == fa.X && fa.Field < 0xF0 {
					a := obligation.Alias{Result: i, Path: pathcond.Path([]byte{byte(fa.Field)})}
					if by := s.endedBy(fn, a, site.Class); by != "" {
						return i, by
					}
				}
			}
		}
	}
	return 0, ""
}

// storedIn returns the fields of structs made by the function into which a result of
// a call is stored.
func storedIn(call *ssa.Call, result int) []*ssa.FieldAddr {
	var found []*ssa.FieldAddr
	for _, ref := range *call.Referrers() {
		ex, ok := ref.(*ssa.Extract)
		if !ok || ex.Index != result {
			continue
		}
		for _, use := range *ex.Referrers() {
			st, ok := use.(*ssa.Store)
			if !ok || st.Val != ssa.Value(ex) {
				continue
			}
			fa, ok := st.Addr.(*ssa.FieldAddr)
			if !ok {
				continue
			}
			if _, ok := fa.X.(*ssa.Alloc); ok {
				found = append(found, fa)
			}
		}
	}
	return found
}

func (s *summarizer) noteHolder(t, made types.Type, by string) {
	for _, x := range []types.Type{t, made} {
		if obj := namedOf(x); obj != nil && obj.Pkg() == s.pass.Pkg {
			s.holders.own[obj] = by
		}
	}
}

// madeAs returns the one type of what fn returns in an interface, or nil.
func madeAs(fn *ssa.Function, result int) types.Type {
	var found types.Type
	for _, b := range fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || result >= len(ret.Results) {
			continue
		}
		switch v := ret.Results[result].(type) {
		case *ssa.Const:
		case *ssa.MakeInterface:
			if found != nil && !types.Identical(found, v.X.Type()) {
				return nil
			}
			found = v.X.Type()
		default:
			return nil
		}
	}
	return found
}

// endsWith reports whether a type has a method of that name that could end one of its
// values, and that releases what the value leads to by path: itself, or as the method of
// what is embedded there.
func (s *summarizer) endsWith(t types.Type, name string, path pathcond.Path, release []string) bool {
	m := ending(t, name)
	return m != nil && (promotes(t, m, path) && slices.Contains(release, name) || s.releases(m, path, release))
}

// promotes reports whether a method of t is that of the embedded field at path.
func promotes(t types.Type, m *types.Func, path pathcond.Path) bool {
	_, index, _ := types.LookupFieldOrMethod(t, true, m.Pkg(), m.Name())
	if len(index) != len(path)+1 || path == "" {
		return false
	}
	for i := range len(path) {
		if index[i] != int(path[i]) {
			return false
		}
	}
	return true
}

// releases reports whether a method releases what its receiver leads to by path.
func (s *summarizer) releases(m *types.Func, path pathcond.Path, release []string) bool {
	if fn := s.funcOf(m); fn != nil {
		eff := s.effectOf(fn, 0, path, release)
		return (eff.Zero|eff.NonZero)&obligation.Released != 0
	}
	if f := s.fact(m); f != nil {
		return slices.ContainsFunc(f.Params, func(p Param) bool {
			return p.Index == 0 && p.Path == path && (p.Effect.Zero|p.Effect.NonZero)&obligation.Released != 0
		})
	}
	return false
}

// holderEnd returns the method that ends values of a type, if it is a holder's, or
// "".
func (s *summarizer) holderEnd(t types.Type) string {
	obj := namedOf(t)
	if obj == nil || obj.Pkg() == nil || leakapi.IsStd(obj.Pkg().Path()) {
		return ""
	}
	if obj.Pkg() == s.pass.Pkg {
		return s.holders.own[obj]
	}
	by, ok := s.holders.foreign[obj]
	if !ok {
		for _, e := range endings {
			if m := ending(obj.Type(), e.name); m != nil && m.Pkg() == obj.Pkg() && s.releases(m, "", nil) {
				by = e.name
				break
			}
		}
		s.holders.foreign[obj] = by
	}
	return by
}

// holderClass returns the kind of resource that a holder is.
func (s *summarizer) holderClass(inner *leakapi.Class, t types.Type, by string) *leakapi.Class {
	obj := namedOf(t)
	if obj == nil {
		return nil
	}
	key := inner.Name + " " + obj.Name() + " " + by
	if c := s.holders.classes[key]; c != nil {
		return c
	}
	c := &leakapi.Class{
		Name: inner.Name, Rule: inner.Holder, Noun: obj.Name(), Release: []string{by},
		Collected: inner.Collected,
		Audit:     inner.Audit || inner.Calls(), // what a context ends, its parent may end, too
	}
	for _, e := range endings {
		if e.name == by {
			c.Done = e.done
		}
	}
	s.holders.classes[key] = c
	return c
}

// partsEnd returns the methods by which code that knows the fields of a holder can end
// what it keeps there, in place of the holder's own; none for other types.
func (s *summarizer) partsEnd(t types.Type) []string {
	if t == nil || s.tables.Type(t) != nil || leakssa.StructOf(t) == nil || s.holderEnd(t) == "" {
		return nil
	}
	return partEnds
}

// partEnds are the names of such methods.
var partEnds = func() []string {
	names := []string{"Rollback", "Commit", "Finish"}
	for _, e := range endings {
		names = append(names, e.name)
	}
	return names
}()

// endsHolder reports whether fn is the method that ends a holder of the package.
func (s *summarizer) endsHolder(obj *types.Func) bool {
	recv := receiverOf(obj)
	return recv != nil && s.holders.own[recv] == obj.Name()
}
