package leaksummary

import (
	"go/ast"
	"go/types"
	"iter"
	"slices"

	"github.com/leakvet/leakvet/internal/pathcond"
)

// acquiring adds the functions that acquire something: they call what a row or
// another package's facts say hands it out, or what does so here.
func (s *summarizer) acquiring(calls callsIn, wanted map[*ast.FuncDecl]bool) {
	s.workers = s.findWorkers()
	callers := map[*types.Func][]*ast.FuncDecl{}
	known := map[*types.Func]bool{}
	var work []*ast.FuncDecl
	mark := func(d *ast.FuncDecl) {
		wanted[d] = true
		work = append(work, d)
	}
	for d, callees := range calls {
		if s.quiet(d.Pos()) {
			continue
		}
		obj, _ := s.pass.TypesInfo.Defs[d.Name].(*types.Func)
		acquires := s.workers[obj] != ""
		for callee := range s.alsoInFields(d, callees) {
			callee = callee.Origin()
			if callee.Pkg() == s.pass.Pkg {
				callers[callee] = append(callers[callee], d)
			}
			yes, ok := known[callee]
			if !ok {
				yes = s.obliges(callee)
				known[callee] = yes
			}
			acquires = acquires || yes
		}
		if acquires {
			mark(d)
		}
	}
	done := map[*ast.FuncDecl]bool{}
	cands := map[*types.TypeName]bool{} // what may hold something that must be released
	for len(work) > 0 {
		d := work[len(work)-1]
		work = work[:len(work)-1]
		if done[d] {
			continue
		}
		done[d] = true
		obj, ok := s.pass.TypesInfo.Defs[d.Name].(*types.Func)
		if !ok || !returnsSomething(obj.Signature()) && !mayFill(obj.Signature()) {
			continue
		}
		for v := range obj.Signature().Results().Variables() {
			s.candidates(v.Type(), cands)
		}
		if r := obj.Signature().Recv(); r != nil {
			s.candidates(r.Type(), cands)
		}
		for _, caller := range callers[obj] {
			mark(caller)
		}
	}
	if len(cands) == 0 {
		return
	}
	for d := range calls {
		if obj, ok := s.pass.TypesInfo.Defs[d.Name].(*types.Func); ok && takesOne(obj.Signature(), cands) {
			wanted[d] = true
		}
	}
}

// alsoInFields returns what a function calls, by name or from a field.
func (s *summarizer) alsoInFields(d *ast.FuncDecl, callees map[*types.Func]bool) iter.Seq[*types.Func] {
	return func(yield func(*types.Func) bool) {
		for callee := range callees {
			if !yield(callee) {
				return
			}
		}
		for _, f := range s.fields.calls[d] {
			if fn := s.fields.set[f]; fn != nil && !yield(fn) {
				return
			}
		}
	}
}

// candidates adds the types of the package that a result of type t can be of, if
// they have a method that ends something.
func (s *summarizer) candidates(t types.Type, found map[*types.TypeName]bool) {
	obj := namedOf(t)
	if obj == nil || obj.Pkg() == nil {
		return
	}
	name := ""
	for _, e := range endings {
		if ending(t, e.name) != nil {
			name = e.name
			break
		}
	}
	if name == "" {
		return
	}
	if !types.IsInterface(t) {
		if obj.Pkg() == s.pass.Pkg {
			found[obj] = true
		}
		return
	}
	if s.holders.asked[name] {
		return
	}
	s.holders.asked[name] = true
	scope := s.pass.Pkg.Scope()
	for _, other := range scope.Names() {
		tn, ok := scope.Lookup(other).(*types.TypeName)
		if ok && !tn.IsAlias() && !types.IsInterface(tn.Type()) && ending(types.NewPointer(tn.Type()), name) != nil {
			found[tn] = true
		}
	}
}

// takesOne reports whether a function is a method of one of the types, or gets one.
func takesOne(sig *types.Signature, of map[*types.TypeName]bool) bool {
	if r := sig.Recv(); r != nil && of[namedOf(r.Type())] {
		return true
	}
	for v := range sig.Params().Variables() {
		if of[namedOf(v.Type())] {
			return true
		}
	}
	return false
}

// obliges reports whether a row, or what another package's facts say, obliges
// the caller of a function.
func (s *summarizer) obliges(fn *types.Func) bool {
	if row := s.row(fn); row != nil {
		return len(row.Acquires) > 0
	}
	if row := s.saidResources(fn); row != nil && len(row.Acquires) > 0 {
		return true
	}
	if f := s.fact(fn); f != nil {
		return len(f.Owned) > 0
	}
	return false
}

// mayFill reports whether a method may acquire something for its receiver, which another
// method then ends.
func mayFill(sig *types.Signature) bool {
	r := sig.Recv()
	return r != nil && slices.ContainsFunc(endings, func(e struct{ name, done string }) bool { return ending(r.Type(), e.name) != nil })
}

// returnsSomething reports whether a result can lead to something that must be
// released.
func returnsSomething(sig *types.Signature) bool {
	for v := range sig.Results().Variables() {
		if _, basic := v.Type().Underlying().(*types.Basic); !basic && !pathcond.IsError(v.Type()) {
			return true
		}
	}
	return false
}
