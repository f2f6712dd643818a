package leaksummary

import (
	"go/types"
	"slices"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// opens returns what callers of an interface's method owe for its result, whose type t
// no row speaks of: what all implementations that are seen lay on them, else, in the
// audit tier, that a stream is closed. method is nil if the callee is a function value.
func (s *summarizer) opens(method *types.Func, t types.Type) []Owned {
	if method != nil {
		if method.Pkg() != s.pass.Pkg {
			if f := s.fact(method); f != nil {
				return f.Owned
			}
		} else if owned := s.ownedByAll(method); owned != nil || len(s.implementing(method)) > 0 {
			return owned
		}
	}
	if !isStream(t) {
		return nil
	}
	return []Owned{{Class: "closer", By: "Close", Aliases: []obligation.Alias{{}}, When: leakapi.Zero}}
}

// ownedByAll returns what each implementation in this package of an interface's method
// lays on its callers by its first result: nothing if one lays nothing on them.
func (s *summarizer) ownedByAll(m *types.Func) []Owned {
	res := m.Signature().Results()
	if m.Pkg() != s.pass.Pkg || res.Len() == 0 || !types.IsInterface(res.At(0).Type()) || s.tables.Type(res.At(0).Type()) != nil {
		return nil
	}
	var all *Owned
	for _, impl := range s.implementing(m) {
		var owned []Owned
		if fn := s.funcOf(impl); fn != nil {
			owned = s.ownedBy(fn)
			if !s.owned[fn].done {
				continue // it hands on what another implementation returns
			}
		} else if f := s.fact(impl); f != nil {
			owned = f.Owned
		}
		i := slices.IndexFunc(owned, func(o Owned) bool {
			return !o.Perhaps && len(o.Aliases) == 1 && o.Aliases[0] == obligation.Alias{} && s.endedOver(res.At(0).Type(), o)
		})
		switch {
		case i < 0:
			return nil
		case all == nil:
			all = &owned[i]
		case all.Class != owned[i].Class || all.By != owned[i].By || all.When != owned[i].When:
			return nil
		}
	}
	if all == nil {
		return nil
	}
	o := *all
	o.NotNil = 0
	return []Owned{o}
}

// endedOver reports whether an interface has a method that ends what is owned.
func (s *summarizer) endedOver(t types.Type, o Owned) bool {
	if o.By != "" {
		return ending(t, o.By) != nil
	}
	c := s.tables.Class(o.Class)
	return c != nil && slices.ContainsFunc(c.Release, func(name string) bool { return leakapi.Method(t, s.pass.Pkg, name) != nil })
}

// isStream reports whether t is an interface of what is read or written and then
// closed, and can be ended in no other way.
func isStream(t types.Type) bool {
	if !types.IsInterface(t) || pathcond.IsError(t) || ending(t, "Close") == nil {
		return false
	}
	for m := range t.Underlying().(*types.Interface).Methods() {
		if m.Name() != "Close" && enders[m.Name()] {
			return false
		}
	}
	return slices.ContainsFunc([]string{"Read", "ReadAt", "Write", "WriteAt"}, func(name string) bool {
		return leakapi.Method(t, nil, name) != nil
	})
}
