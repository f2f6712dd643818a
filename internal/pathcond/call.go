package pathcond

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// Contracts answers what holds once a call has returned.
type Contracts interface {
	// NeverNil reports whether a result of call is never nil.
	NeverNil(call *ssa.CallCommon, result int) bool
	// NilIff returns which results of call are nil exactly if all of some arguments are.
	NilIff(call *ssa.CallCommon) []leakapi.NilIff
	// OfNil returns what results of call are if an argument is nil, or is not.
	OfNil(call *ssa.CallCommon) []leakapi.OfNil
	// Assumed returns what holds for the arguments of call once it returns, and
	// false if what follows the call does not matter.
	Assumed(call *ssa.CallCommon) ([]leakapi.Assume, bool)
	// Pure returns the function whose result depends on its arguments alone, and those:
	// of the call, or constants. It returns nil if call is of no such function.
	Pure(call *ssa.CallCommon) (*PureFunc, []ssa.Value)
	// Shapes returns what is remembered of functions from one exploration to the next.
	Shapes() *Shapes
}

// CallPure carries out a call if it is of a function whose result depends on its
// arguments alone, and reports whether it is.
func (s *State) CallPure(instr ssa.CallInstruction, args []Sym, fx Contracts) bool {
	c := instr.Common()
	fn, values := fx.Pure(c)
	if fn == nil {
		return false
	}
	call, ok := instr.(*ssa.Call)
	if !ok {
		return true
	}
	given := make([]Sym, len(values))
	for i, v := range values {
		if j := slices.Index(c.Args, v); j >= 0 && j < len(args) {
			given[i] = args[j]
		} else {
			given[i] = s.Value(v)
		}
	}
	if x := s.U.Pure(fn, given); x != 0 {
		s.SetValue(call, x)
	}
	s.setOfNil(call, args, fx)
	return true
}

// AssumeReturned records what holds for the arguments once a call has returned, and
// reports whether that can be.
func (s *State) AssumeReturned(c *ssa.CallCommon, args []Sym, fx Contracts) bool {
	assumed, goesOn := fx.Assumed(c)
	if !goesOn {
		return false
	}
	for _, a := range assumed {
		if a.Arg >= len(args) {
			continue
		}
		cond, want := args[a.Arg], a.True
		if !a.Cond {
			cond, want = s.U.IsNil(cond), a.Nil
		}
		if !s.Assume(cond, want) {
			return false
		}
	}
	return true
}

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

// SetReturned makes a call's results stand for those of the activation that it
// made: all if it is a call of the literal itself, else the error that it hands on.
func (s *State) SetReturned(call *ssa.Call, f *Frame, results []Sym) {
	last := len(results) - 1
	for i, x := range results {
		if f.Direct || i == last && handsOnError(call, f.Fn) {
			s.SetResult(call, i, x)
		}
	}
}

// handsOnError reports whether a call hands on the error of the function literal that it
// runs.
func handsOnError(call *ssa.Call, lit *ssa.Function) bool {
	a, b := lit.Signature.Results(), call.Common().Signature().Results()
	return a.Len() == b.Len() && endsInError(a) && endsInError(b)
}

func endsInError(results *types.Tuple) bool {
	n := results.Len()
	return n > 0 && IsError(results.At(n-1).Type())
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
