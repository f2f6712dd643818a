package leaksummary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/origin"
)

// findForgotten finds the variables whose vectors the package deletes series of. Where it
// is not known of which, such as in a loop over a list of vectors, it may be of each that
// is put into a list, or handed to a function.
func (s *summarizer) findForgotten() {
	s.values.forgets = map[*types.Var]bool{}
	unknown := false
	for _, fn := range s.bodies() {
		unknown = s.forgetsIn(fn) || unknown
	}
	if !unknown {
		return
	}
	for _, fn := range s.bodies() {
		s.handedIn(fn)
	}
}

// forgetsIn notes of which variables fn deletes series, and reports whether it does so of
// others that are not known.
func (s *summarizer) forgetsIn(fn *ssa.Function) bool {
	unknown := false
	forget := func(vec ssa.Value) {
		v := s.values.tracer.VectorOf(vec).Var
		if v == nil || v.Embedded() && v.Pkg() != s.pass.Pkg { // a part of the library's own type
			unknown = true
			return
		}
		s.values.forgets[v] = true
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.MakeClosure: // a method value
				method, _ := instr.Fn.(*ssa.Function).Object().(*types.Func)
				if method == nil || len(instr.Bindings) != 1 {
					continue
				}
				if row := s.valueRow(method); row != nil && slices.Contains(row.Forgets, 0) {
					forget(instr.Bindings[0])
				}
			case ssa.CallInstruction:
				c := instr.Common()
				row := s.Values(c)
				args := origin.Arguments(c)
				if row == nil {
					if c.IsInvoke() {
						_, forgets := forgetting[c.Method.Name()]
						unknown = unknown || forgets
					}
					continue
				}
				for _, i := range row.Forgets {
					if i < len(args) && deletesFrom(c, i) {
						forget(args[i])
					}
				}
			}
		}
	}
	return unknown
}

// forgetting are the methods by which an interface of the package may delete series, and
// whether the name alone says that it is about series.
var forgetting = map[string]bool{"Delete": false, "DeleteLabelValues": true, "DeletePartialMatch": true, "Reset": false}

// handedIn notes the vectors that fn puts into lists, or hands to functions.
func (s *summarizer) handedIn(fn *ssa.Function) {
	hand := func(v ssa.Value) {
		if boxed, ok := v.(*ssa.MakeInterface); ok {
			v = boxed.X
		}
		if !isPointerOrInterface(v.Type()) {
			return
		}
		if vec := s.values.tracer.VectorOf(v).Var; vec != nil {
			s.values.forgets[vec] = true
		}
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Store:
				if _, ok := instr.Addr.(*ssa.IndexAddr); ok {
					hand(instr.Val)
				}
			case *ssa.MapUpdate:
				hand(instr.Value)
			case ssa.CallInstruction:
				if callee := instr.Common().StaticCallee(); callee != nil && callee.Pkg == fn.Pkg && fn.Pkg != nil {
					for _, arg := range instr.Common().Args {
						hand(arg)
					}
				}
			}
		}
	}
}
