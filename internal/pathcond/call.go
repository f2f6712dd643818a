package pathcond

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Values returns what values stand for on this path.
func (s *State) Values(list []ssa.Value) []Sym {
	out := make([]Sym, len(list))
	for i, v := range list {
		out[i] = s.Value(v)
	}
	return out
}

// Literal returns the function literal that a symbol is, or nil.
func (u *Universe) Literal(fn Sym) *ssa.Function {
	switch v := u.SSA(fn).(type) {
	case *ssa.MakeClosure:
		return v.Fn.(*ssa.Function)
	case *ssa.Function:
		if v.Parent() != nil {
			return v
		}
	}
	return nil
}

// ResultOf returns the symbol of a call's result.
func (u *Universe) ResultOf(call *ssa.Call, i int) Sym {
	if _, ok := call.Type().(*types.Tuple); ok {
		return u.PartOf(u.Of(call), i)
	}
	return u.Of(call)
}

// SetResult makes a call's result stand for x.
func (s *State) SetResult(call *ssa.Call, i int, x Sym) {
	if _, ok := call.Type().(*types.Tuple); ok {
		s.Put(s.U.PartOf(s.U.Of(call), i), x)
	} else {
		s.SetValue(call, x)
	}
}

// HandsOnError reports whether a call hands on the error of the function literal that it
// runs.
func HandsOnError(call *ssa.Call, lit *ssa.Function) bool {
	a, b := lit.Signature.Results(), call.Common().Signature().Results()
	return a.Len() == 1 && b.Len() == 1 && IsError(a.At(0).Type()) && IsError(b.At(0).Type())
}

// Expose records that a callee can change the variable behind x, and those whose
// addresses it holds; what keep accepts stays.
func (s *State) Expose(x Sym, by ssa.Instruction, keep func(content Sym) bool) {
	root := s.U.Root(x)
	if !s.U.Local(root) || s.Escaped(root) {
		return
	}
	s.Escape(root)
	held := s.Contents(root)
	s.Clobber(root, by, keep)
	for _, content := range held {
		s.Expose(content, by, keep)
	}
}

// ExposeCaptured records that a function literal which runs elsewhere can reach the
// variables that it captures; what keep accepts stays.
func (s *State) ExposeCaptured(mc *ssa.MakeClosure, by ssa.Instruction, keep func(content Sym) bool) {
	for _, b := range mc.Bindings {
		if x := s.Value(b); s.U.Local(x) {
			s.Clobber(x, by, keep)
			s.Escape(x)
		}
	}
}
