package pathcond

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// SetResults records what is known of a call's results.
func (s *State) SetResults(call *ssa.Call, args []Sym, fx Contracts) {
	c := call.Common()
	for _, n := range fx.NilIff(c) {
		s.setNilIff(call, args, n)
	}
	for i := range c.Signature().Results().Len() {
		if fx.NeverNil(c, i) {
			s.SetNil(s.U.ResultOf(call, i), false)
		}
	}
	if HasEnded(call) {
		s.SetNil(s.Value(call), false)
	}
	s.setOfNil(call, args, fx)
}

// setNilIff records what is known of a result that is nil exactly if some arguments are.
func (s *State) setNilIff(call *ssa.Call, args []Sym, n leakapi.NilIff) {
	var open []Sym // it is nil if these are
	for _, i := range n.Args {
		given, ok := s.given(call, args, i)
		if !ok {
			return
		}
		for _, x := range given {
			switch s.Nil(x) {
			case False:
				s.SetNil(s.resultNow(call, n.Result), false)
				return
			case Maybe:
				open = append(open, x)
			}
		}
	}
	switch len(open) {
	case 0:
		s.SetResult(call, n.Result, s.U.ConstOf(nil))
	case 1:
		s.SetResult(call, n.Result, open[0])
	}
}

// given returns what a call gives for parameter i: several if it is variadic, and false
// if they are not known.
func (s *State) given(call *ssa.Call, args []Sym, i int) ([]Sym, bool) {
	if i >= len(args) {
		return nil, false
	}
	c := call.Common()
	if !c.Signature().Variadic() || i < len(args)-1 {
		return args[i : i+1], true
	}
	list, ok := VariadicArgs(c)
	if !ok {
		// A list that is handed on: if it is nil, there are none.
		return nil, s.Nil(args[i]) == True
	}
	return s.Values(list), true
}

// VariadicArgs returns what a call gives for its variadic parameter, and false if it hands
// on a list.
func VariadicArgs(c *ssa.CallCommon) ([]ssa.Value, bool) {
	switch last := c.Args[len(c.Args)-1].(type) {
	case *ssa.Const:
		return nil, last.Value == nil
	case *ssa.Slice:
		array, ok := last.X.(*ssa.Alloc)
		if !ok || array.Comment != "varargs" {
			return nil, false
		}
		var list []ssa.Value
		for _, ref := range *array.Referrers() {
			at, ok := ref.(*ssa.IndexAddr)
			if !ok {
				continue
			}
			for _, ref := range *at.Referrers() {
				if st, ok := ref.(*ssa.Store); ok {
					list = append(list, st.Val)
				}
			}
		}
		return list, true
	}
	return nil, false
}

// setOfNil records what a call's results are because an argument is nil, or is not.
func (s *State) setOfNil(call *ssa.Call, args []Sym, fx Contracts) {
	for _, n := range fx.OfNil(call.Common()) {
		given, ok := s.given(call, args, n.Arg)
		if !ok {
			continue
		}
		if slices.ContainsFunc(given, func(x Sym) bool { return s.isZero(call, n.Arg, x) != truth(!n.NonNil) }) {
			s.ask(call, n, given)
			continue
		}
		x := s.resultNow(call, n.Result)
		switch n.Is {
		case leakapi.IsNil, leakapi.IsNotNil:
			s.SetNil(x, n.Is == leakapi.IsNil)
		case leakapi.IsTrue, leakapi.IsFalse:
			s.SetBool(x, n.Is == leakapi.IsTrue)
		case leakapi.IsConst:
			s.SetResult(call, n.Result, s.U.ConstOf(constant.MakeInt64(n.Const)))
		case leakapi.IsEmpty:
			if z := s.U.zero(resultType(call, n.Result)); z != 0 {
				s.SetResult(call, n.Result, z)
			}
		}
	}
}

// ask makes a call's result a condition that tells, where it is not what it is for an
// argument that is nil, that the argument is not.
func (s *State) ask(call *ssa.Call, n leakapi.OfNil, given []Sym) {
	if n.NonNil || len(given) != 1 || s.Nil(given[0]) != Maybe || n.Is != leakapi.IsFalse && n.Is != leakapi.IsTrue {
		return
	}
	now := s.resultNow(call, n.Result)
	if kind := s.U.nodes[now].kind; kind == Const || kind == Asks {
		return
	}
	result := int32(0)
	if n.Is == leakapi.IsTrue {
		result = 1
	}
	s.SetResult(call, n.Result, s.U.intern(node{kind: Asks, a: given[0], b: now, i: result}))
}

// isZero says whether what is given for parameter i is nil, or 0 if it is a number.
func (s *State) isZero(call *ssa.Call, i int, x Sym) Truth {
	if args := call.Common().Args; i < len(args) && integer(args[i].Type()) {
		return s.Eval(s.U.compare(token.EQL, x, s.U.ConstOf(constant.MakeInt64(0))))
	}
	return s.Nil(x)
}

// SetLen records what is known of how long x is, which v asks by the builtin function len
// or cap.
func (s *State) SetLen(v *ssa.Call, builtin string, x Sym) {
	if text, ok := s.text(x); ok {
		s.SetValue(v, s.U.ConstOf(constant.MakeInt64(int64(len(text)))))
		return
	}
	if s.Nil(x) == True {
		s.SetValue(v, s.U.ConstOf(constant.MakeInt64(0)))
		return
	}
	if n := s.U.Pure(&PureFunc{Of: builtin}, []Sym{x}); n != 0 {
		s.SetValue(v, n)
	}
}

// AtLeast records that a number is no less than n.
func (s *State) AtLeast(x Sym, n int64) {
	s.learn(x, func(f *Fact) {
		lo, hi := f.bounds()
		f.Lo, f.Hi, f.Ranged = max(lo, n), hi, true
	})
}

// resultNow returns what a call's result stands for.
func (s *State) resultNow(call *ssa.Call, i int) Sym {
	if _, ok := call.Type().(*types.Tuple); ok {
		x := s.U.PartOf(s.U.Of(call), i)
		if known := s.mem.at(x); known != 0 {
			return known
		}
		return x
	}
	return s.Value(call)
}

func resultType(call *ssa.Call, i int) types.Type {
	if t, ok := call.Type().(*types.Tuple); ok {
		return t.At(i).Type()
	}
	return call.Type()
}
