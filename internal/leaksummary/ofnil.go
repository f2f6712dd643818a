package leaksummary

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// OfNil implements pathcond.Contracts.
func (s *summarizer) OfNil(c *ssa.CallCommon) []leakapi.OfNil {
	obj, fn := s.callee(c)
	if obj != nil {
		if row := s.row(obj); row != nil {
			return row.OfNil
		}
	}
	if fn != nil {
		return s.ofNil(fn)
	}
	if obj != nil {
		if f := s.fact(obj); f != nil && len(f.OfNil) > 0 {
			return f.OfNil
		}
	}
	return asksKind(c, obj)
}

// asksKind says of a function that is not seen, and that looks as if it asked of what
// kind an error is, that no error is of none.
func asksKind(c *ssa.CallCommon, obj *types.Func) []leakapi.OfNil {
	sig := c.Signature()
	params, res := sig.Params(), sig.Results()
	if params.Len() == 0 || res.Len() != 1 || !pathcond.IsError(params.At(0).Type()) || !pathcond.IsBool(res.At(0).Type()) {
		return nil
	}
	if params.Len() > 1 && (obj == nil || !strings.HasPrefix(obj.Name(), "Is") && !strings.HasPrefix(obj.Name(), "Has") && !strings.HasPrefix(obj.Name(), "As")) {
		return nil
	}
	arg := 0
	if sig.Recv() != nil && !c.IsInvoke() {
		arg = 1
	}
	return []leakapi.OfNil{{Arg: arg, Is: leakapi.IsFalse}}
}

// ofNil returns what the results of fn are, where that is certain, if one of its
// parameters, an error, is nil, or is not.
func (s *summarizer) ofNil(fn *ssa.Function) []leakapi.OfNil {
	found, ok := s.ofNils[fn]
	if ok {
		return found
	}
	s.ofNils[fn] = nil // recursion proves nothing
	for i, p := range fn.Params {
		if pathcond.IsError(p.Type()) {
			found = append(found, s.ofNilParam(fn, i, false)...)
			found = append(found, s.ofNilParam(fn, i, true)...)
		} else if fn.Signature.Variadic() && i == len(fn.Params)-1 && isErrors(p.Type()) {
			found = append(found, s.ofNilParam(fn, i, false)...)
		}
	}
	s.ofNils[fn] = found
	return found
}

// isErrors reports whether t is a list of errors.
func isErrors(t types.Type) bool {
	list, ok := t.Underlying().(*types.Slice)
	return ok && pathcond.IsError(list.Elem())
}

// maxOfNil bounds the edges that are followed in a function.
const maxOfNil = 200

func (s *summarizer) ofNilParam(fn *ssa.Function, i int, nonNil bool) []leakapi.OfNil {
	n := fn.Signature.Results().Len()
	if n == 0 {
		return nil
	}
	w := nilWalk{s: s, param: fn.Params[i], nonNil: nonNil, seen: map[[2]*ssa.BasicBlock]bool{}, results: make([]leakapi.Is, n), consts: make([]constant.Value, n)}
	w.visit(fn.Blocks[0], nil)
	if !w.returns || len(w.seen) > maxOfNil {
		return nil
	}
	var found []leakapi.OfNil
	for r, is := range w.results {
		switch {
		case is != leakapi.IsUnknown:
			found = append(found, leakapi.OfNil{Arg: i, Result: r, Is: is, NonNil: nonNil})
		case w.consts[r] != nil && w.consts[r].Kind() == constant.Int:
			if n, exact := constant.Int64Val(w.consts[r]); exact {
				found = append(found, leakapi.OfNil{Arg: i, Result: r, Is: leakapi.IsConst, NonNil: nonNil, Const: n})
			}
		}
	}
	return found
}

// nilWalk follows a function from its entry where a parameter is nil, or is not; where all
// that is given for it is nil if it is variadic.
type nilWalk struct {
	s       *summarizer
	param   *ssa.Parameter
	nonNil  bool
	seen    map[[2]*ssa.BasicBlock]bool // edges
	results []leakapi.Is
	consts  []constant.Value // of results that are the same one at each return
	returns bool
}

func (w *nilWalk) visit(b, from *ssa.BasicBlock) {
	edge := [2]*ssa.BasicBlock{b, from}
	if w.seen[edge] || len(w.seen) > maxOfNil {
		return
	}
	w.seen[edge] = true
	switch last := b.Instrs[len(b.Instrs)-1].(type) {
	case *ssa.Return:
		for i, v := range last.Results {
			is := w.value(v, b, from, 0)
			if w.returns && is != w.results[i] {
				is = leakapi.IsUnknown
			}
			w.results[i] = is
			c := w.constant(v, b, from)
			if w.returns && (c == nil || w.consts[i] == nil || !constant.Compare(c, token.EQL, w.consts[i])) {
				c = nil
			}
			w.consts[i] = c
		}
		w.returns = true
	case *ssa.If:
		is := w.value(last.Cond, b, from, 0)
		if is != leakapi.IsFalse {
			w.visit(b.Succs[0], b)
		}
		if is != leakapi.IsTrue {
			w.visit(b.Succs[1], b)
		}
	default:
		for _, next := range b.Succs {
			w.visit(next, b)
		}
	}
}

// constant returns the constant that v is in block b, come to from another, or nil.
func (w *nilWalk) constant(v ssa.Value, b, from *ssa.BasicBlock) constant.Value {
	if phi, ok := v.(*ssa.Phi); ok && phi.Block() == b {
		if i := slices.Index(b.Preds, from); i >= 0 {
			v = phi.Edges[i]
		}
	}
	if c, ok := v.(*ssa.Const); ok {
		return c.Value
	}
	return nil
}

// value returns what is known of v in block b, come to from another.
func (w *nilWalk) value(v ssa.Value, b, from *ssa.BasicBlock, depth int) leakapi.Is {
	if depth > maxTrace {
		return leakapi.IsUnknown
	}
	of := func(v ssa.Value) leakapi.Is { return w.value(v, b, from, depth+1) }
	switch v := v.(type) {
	case *ssa.Parameter:
		switch {
		case v != w.param || !pathcond.IsError(v.Type()):
		case w.nonNil:
			return leakapi.IsNotNil
		default:
			return leakapi.IsNil
		}
	case *ssa.Const:
		return constIs(v)
	case *ssa.MakeInterface, *ssa.Alloc, *ssa.MakeClosure, *ssa.MakeMap, *ssa.MakeChan:
		return leakapi.IsNotNil
	case *ssa.ChangeInterface:
		return of(v.X)
	case *ssa.UnOp:
		switch v.Op {
		case token.NOT:
			return not(of(v.X))
		case token.MUL:
			if at, ok := v.X.(*ssa.IndexAddr); ok && at.X == ssa.Value(w.param) {
				return leakapi.IsNil
			}
			if w.s.isSentinel(v.X) {
				return leakapi.IsNotNil
			}
		}
	case *ssa.BinOp:
		switch v.Op {
		case token.EQL:
			return equal(of(v.X), of(v.Y))
		case token.NEQ:
			return not(equal(of(v.X), of(v.Y)))
		}
	case *ssa.Phi:
		if v.Block() != b {
			return leakapi.IsUnknown // it stands for where its block was come to from
		}
		if i := slices.Index(b.Preds, from); i >= 0 {
			return w.value(v.Edges[i], from, nil, depth+1)
		}
	case *ssa.Call:
		return w.called(v, 0, of)
	case *ssa.Extract:
		switch t := v.Tuple.(type) {
		case *ssa.Call:
			return w.called(t, v.Index, of)
		case *ssa.TypeAssert:
			if of(t.X) == leakapi.IsNil {
				if v.Index == 1 {
					return leakapi.IsFalse
				}
				return zeroIs(v.Type())
			}
		}
	}
	return leakapi.IsUnknown
}

// called returns what is known of a call's result, given what is known of arguments.
func (w *nilWalk) called(call *ssa.Call, result int, of func(ssa.Value) leakapi.Is) leakapi.Is {
	c := call.Common()
	for _, n := range w.s.OfNil(c) {
		given := leakapi.IsNil
		if n.NonNil {
			given = leakapi.IsNotNil
		}
		if n.Result == result && w.given(c, n.Arg, of) == given {
			return n.Is
		}
	}
	for _, n := range w.s.NilIff(c) {
		if n.Result != result {
			continue
		}
		all := leakapi.IsNil
		for _, i := range n.Args {
			switch w.given(c, i, of) {
			case leakapi.IsNotNil:
				return leakapi.IsNotNil
			case leakapi.IsUnknown:
				all = leakapi.IsUnknown
			}
		}
		if all == leakapi.IsNil {
			return all
		}
	}
	if w.s.NeverNil(c, result) || pathcond.HasEnded(call) {
		return leakapi.IsNotNil
	}
	return leakapi.IsUnknown
}

// given says whether what a call gives for parameter i is nil, or 0 if it is a number: all
// of it if the parameter is variadic, or, if it is not, some of it.
func (w *nilWalk) given(c *ssa.CallCommon, i int, of func(ssa.Value) leakapi.Is) leakapi.Is {
	if i >= len(c.Args) {
		return leakapi.IsUnknown
	}
	if c.Signature().Variadic() && i == len(c.Args)-1 {
		if c.Args[i] == ssa.Value(w.param) {
			return leakapi.IsNil
		}
		list, ok := pathcond.VariadicArgs(c)
		if !ok {
			return leakapi.IsUnknown
		}
		all := leakapi.IsNil
		for _, v := range list {
			switch of(v) {
			case leakapi.IsNotNil:
				return leakapi.IsNotNil
			case leakapi.IsNil:
			default:
				all = leakapi.IsUnknown
			}
		}
		return all
	}
	if k, ok := c.Args[i].(*ssa.Const); ok && k.Value != nil && k.Value.Kind() == constant.Int {
		if constant.Sign(k.Value) == 0 {
			return leakapi.IsNil
		}
		return leakapi.IsNotNil
	}
	if is := of(c.Args[i]); is == leakapi.IsNil || is == leakapi.IsNotNil {
		return is
	}
	return leakapi.IsUnknown
}

func constIs(c *ssa.Const) leakapi.Is {
	switch {
	case c.Value == nil:
		return zeroIs(c.Type())
	case c.Value.Kind() == constant.Bool:
		if constant.BoolVal(c.Value) {
			return leakapi.IsTrue
		}
		return leakapi.IsFalse
	case c.Value.Kind() == constant.String && constant.StringVal(c.Value) == "",
		c.Value.Kind() == constant.Int && constant.Sign(c.Value) == 0:
		return leakapi.IsEmpty
	}
	return leakapi.IsUnknown
}

// zeroIs returns what the zero value of a type is.
func zeroIs(t types.Type) leakapi.Is {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsBoolean != 0:
			return leakapi.IsFalse
		case u.Info()&(types.IsString|types.IsInteger) != 0:
			return leakapi.IsEmpty
		}
		return leakapi.IsUnknown
	case *types.Pointer, *types.Slice, *types.Map, *types.Chan, *types.Signature:
		return leakapi.IsNil
	case *types.Interface:
		if _, ok := types.Unalias(t).(*types.TypeParam); !ok {
			return leakapi.IsNil
		}
	}
	return leakapi.IsUnknown
}

func not(is leakapi.Is) leakapi.Is {
	switch is {
	case leakapi.IsTrue:
		return leakapi.IsFalse
	case leakapi.IsFalse:
		return leakapi.IsTrue
	}
	return leakapi.IsUnknown
}

// equal compares what is known of two values.
func equal(x, y leakapi.Is) leakapi.Is {
	switch {
	case x == leakapi.IsUnknown || y == leakapi.IsUnknown:
	case x == y && x != leakapi.IsNotNil:
		return leakapi.IsTrue
	case x == leakapi.IsNil && y == leakapi.IsNotNil, x == leakapi.IsNotNil && y == leakapi.IsNil,
		x == leakapi.IsTrue && y == leakapi.IsFalse, x == leakapi.IsFalse && y == leakapi.IsTrue:
		return leakapi.IsFalse
	}
	return leakapi.IsUnknown
}
