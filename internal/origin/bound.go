package origin

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// answer says whether something bounds a value.
type answer uint8

const (
	no    answer = iota
	maybe        // something that cannot be seen may
	yes
)

// boundKey is a function that may bound its parameter where its last result is
// true, or nil.
type boundKey struct {
	fn    *ssa.Function
	param int
	want  bool
}

// bounded reports whether v is one of few values in block at, since all ways
// there pass a test that says so.
func (t *Tracer) bounded(v ssa.Value, at *ssa.BasicBlock) answer {
	if at == nil || !isPlain(v.Type()) || at.Parent() != v.Parent() {
		return no
	}
	return t.on(v, at, map[*ssa.BasicBlock]bool{})
}

// boundedOn is bounded for what passes from one block to another.
func (t *Tracer) boundedOn(v ssa.Value, from, to *ssa.BasicBlock) answer {
	if !isPlain(v.Type()) {
		return no
	}
	if a := edgeBounds(t, from, to, sameAs(v)); a != no {
		return a
	}
	return t.bounded(v, from)
}

func (t *Tracer) on(v ssa.Value, b *ssa.BasicBlock, seen map[*ssa.BasicBlock]bool) answer {
	if seen[b] {
		return yes // the way in decides
	}
	seen[b] = true
	if len(b.Preds) == 0 {
		return no
	}
	worst := yes
	for _, p := range b.Preds {
		a := edgeBounds(t, p, b, sameAs(v))
		if a == no {
			a = t.on(v, p, seen)
		}
		if worst = min(worst, a); worst == no {
			break
		}
	}
	return worst
}

// sameAs returns whether a value is v, or reads the same place.
func sameAs(v ssa.Value) func(ssa.Value) bool {
	v = plain(v)
	return func(o ssa.Value) bool { return same(v, plain(o)) }
}

// maxNesting bounds how deep a condition is looked into.
const maxNesting = 6

// edgeBounds reports whether the branch from one block to another bounds what
// is says.
func edgeBounds(t *Tracer, from, to *ssa.BasicBlock, is func(ssa.Value) bool) answer {
	return t.branch(from, to, is, 0)
}

func (t *Tracer) branch(from, to *ssa.BasicBlock, is func(ssa.Value) bool, depth int) answer {
	branch, ok := from.Instrs[len(from.Instrs)-1].(*ssa.If)
	if !ok || from.Succs[0] == from.Succs[1] {
		return no
	}
	return t.implies(branch.Cond, from.Succs[0] == to, is, depth)
}

// implies reports whether a condition's outcome bounds what is says.
func (t *Tracer) implies(cond ssa.Value, truth bool, is func(ssa.Value) bool, depth int) answer {
	if depth > maxNesting {
		return no
	}
	switch c := cond.(type) {
	case *ssa.UnOp:
		if c.Op == token.NOT {
			return t.implies(c.X, !truth, is, depth+1)
		}
	case *ssa.Const:
		if c.Value != nil && c.Value.Kind() == constant.Bool && constant.BoolVal(c.Value) != truth {
			return yes // it never is
		}
	case *ssa.Phi: // of && and ||
		worst := yes
		for i, e := range c.Edges {
			a := t.implies(e, truth, is, depth+1)
			if a == no {
				a = t.branch(c.Block().Preds[i], c.Block(), is, depth+1)
			}
			if worst = min(worst, a); worst == no {
				break
			}
		}
		return worst
	case *ssa.BinOp:
		return t.comparison(c, truth, is)
	case *ssa.Lookup:
		if truth && is(c.Index) {
			return yes
		}
	case *ssa.Extract:
		switch tuple := c.Tuple.(type) {
		case *ssa.Lookup:
			if truth && is(tuple.Index) {
				return yes
			}
		case *ssa.Call:
			return t.outcome(tuple, truth, is)
		}
	case *ssa.Call:
		return t.outcome(c, truth, is)
	}
	return no
}

// comparison reports whether a comparison bounds what is says: it is equal to
// something else, or a table has something for it.
func (t *Tracer) comparison(c *ssa.BinOp, truth bool, is func(ssa.Value) bool) answer {
	equal := c.Op == token.EQL && truth || c.Op == token.NEQ && !truth
	differ := c.Op == token.NEQ && truth || c.Op == token.EQL && !truth
	for _, sides := range [][2]ssa.Value{{c.X, c.Y}, {c.Y, c.X}} {
		x, y := sides[0], sides[1]
		if equal && is(x) {
			return yes
		}
		k, ok := y.(*ssa.Const)
		if !ok {
			continue
		}
		if look, ok := x.(*ssa.Lookup); ok && differ && is(look.Index) && isZero(k) {
			return yes
		}
		call, ok := x.(*ssa.Call)
		if ex, isEx := x.(*ssa.Extract); isEx {
			call, ok = ex.Tuple.(*ssa.Call)
		}
		if ok && k.IsNil() && (equal || differ) {
			// An error that is nil is a success.
			isErr := types.Identical(y.Type(), types.Universe.Lookup("error").Type())
			if isErr == equal {
				return t.outcome(call, true, is)
			}
		}
	}
	return no
}

func isZero(k *ssa.Const) bool {
	return k.Value == nil || k.Value.Kind() == constant.String && constant.StringVal(k.Value) == "" ||
		k.Value.Kind() == constant.Int && constant.Sign(k.Value) == 0
}

// outcome reports whether the outcome of a call, true or no error being good,
// bounds what is says.
func (t *Tracer) outcome(call *ssa.Call, good bool, is func(ssa.Value) bool) answer {
	c := call.Common()
	args := arguments(c)
	arg := slices.IndexFunc(args, is)
	if arg < 0 {
		return no
	}
	if v := t.eff.Values(c); v != nil {
		for _, b := range v.Bounds {
			if b.Arg == arg && (b.When == leakapi.Always || (b.When == leakapi.NonZero) == good) && !t.chosen(call, arg) {
				return yes
			}
		}
	}
	if t.eff.Std(c) {
		return no
	}
	if bodies := t.eff.Bodies(c); bodies != nil {
		worst := yes
		for _, fn := range bodies {
			worst = min(worst, t.onlyWhere(fn, arg, good))
		}
		return worst
	}
	if good {
		return maybe
	}
	return no
}

// chosen reports whether what an argument is held against is without a bound
// itself.
func (t *Tracer) chosen(call *ssa.Call, arg int) bool {
	for i, a := range arguments(call.Common()) {
		if i != arg && t.Of(a, nil).Kind == Unbounded {
			return true
		}
	}
	return false
}

// onlyWhere reports whether fn returns true, or no error, only where its
// parameter is one of few values.
func (t *Tracer) onlyWhere(fn *ssa.Function, param int, good bool) answer {
	key := boundKey{fn, param, good}
	if a, ok := t.bounds[key]; ok {
		return a
	}
	t.bounds[key] = no
	if param >= len(fn.Params) {
		return no
	}
	p := fn.Params[param]
	worst, best := yes, no
	for _, b := range fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || len(ret.Results) == 0 {
			continue
		}
		last := ret.Results[len(ret.Results)-1]
		if isOther(last, good) {
			continue
		}
		a := max(t.returns(last, good, p, b), t.bounded(p, b))
		worst, best = min(worst, a), max(best, a)
	}
	if worst == no && best > no {
		worst = maybe // some of the time; its settings may see to the rest
	}
	t.bounds[key] = worst
	return worst
}

// isOther reports whether a returned constant is the other outcome.
func isOther(last ssa.Value, good bool) bool {
	k, ok := last.(*ssa.Const)
	if !ok {
		return false
	}
	if k.Value != nil && k.Value.Kind() == constant.Bool {
		return constant.BoolVal(k.Value) != good
	}
	return k.IsNil() && !good
}

// returns reports whether a returned outcome tells that p is bounded, or is the
// other outcome.
func (t *Tracer) returns(last ssa.Value, good bool, p ssa.Value, at *ssa.BasicBlock) answer {
	isErr := types.Identical(last.Type(), types.Universe.Lookup("error").Type())
	if !isErr {
		return t.implies(last, good, sameAs(p), 0)
	}
	switch last := last.(type) {
	case *ssa.Const:
		if good {
			return no
		}
		return yes
	case *ssa.Phi:
		worst := yes
		for i, e := range last.Edges {
			worst = min(worst, max(t.returns(e, good, p, last.Block().Preds[i]), edgeBounds(t, last.Block().Preds[i], last.Block(), sameAs(p))))
		}
		return worst
	case *ssa.Call:
		if a := t.outcome(last, good, sameAs(p)); a != no {
			return a
		}
		if good && t.eff.Bodies(last.Common()) == nil && !t.eff.Std(last.Common()) {
			return maybe
		}
		if good && t.eff.Std(last.Common()) {
			return yes // it makes an error
		}
	case *ssa.Extract:
		if call, ok := last.Tuple.(*ssa.Call); ok {
			return t.outcome(call, good, sameAs(p))
		}
	case *ssa.MakeInterface, *ssa.UnOp:
		if good {
			return yes // an error that was made, or a variable that holds one
		}
	}
	return no
}

// plain strips what changes the spelling of a value at most.
func plain(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.Convert:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.Call:
			// A function of one text and constants alone.
			c := x.Common()
			callee := c.StaticCallee()
			if callee == nil || callee.Pkg == nil || !leakapi.IsStd(callee.Pkg.Pkg.Path()) || callee.Signature.Recv() != nil || !isText(x.Type()) {
				return v
			}
			var only ssa.Value
			for _, a := range c.Args {
				if _, ok := a.(*ssa.Const); ok {
					continue
				}
				if only != nil {
					return v
				}
				only = a
			}
			if only == nil || !isText(only.Type()) {
				return v
			}
			v = only
		default:
			return v
		}
	}
}

// same reports whether two values are one, or read one place.
func same(a, b ssa.Value) bool {
	if a == b {
		return true
	}
	switch x := a.(type) {
	case *ssa.UnOp:
		y, ok := b.(*ssa.UnOp)
		return ok && x.Op == token.MUL && y.Op == token.MUL && same(x.X, y.X)
	case *ssa.FieldAddr:
		y, ok := b.(*ssa.FieldAddr)
		return ok && x.Field == y.Field && same(x.X, y.X)
	case *ssa.Field:
		y, ok := b.(*ssa.Field)
		return ok && x.Field == y.Field && same(x.X, y.X)
	case *ssa.Extract:
		y, ok := b.(*ssa.Extract)
		return ok && x.Index == y.Index && same(x.Tuple, y.Tuple)
	case *ssa.Lookup:
		y, ok := b.(*ssa.Lookup)
		return ok && same(x.X, y.X) && same(plain(x.Index), plain(y.Index))
	case *ssa.Const:
		y, ok := b.(*ssa.Const)
		return ok && x.Value != nil && y.Value != nil && constant.Compare(x.Value, token.EQL, y.Value)
	case *ssa.Call:
		y, ok := b.(*ssa.Call)
		if !ok || x.Call.IsInvoke() != y.Call.IsInvoke() || x.Call.Method != y.Call.Method || !x.Call.IsInvoke() && x.Call.StaticCallee() != y.Call.StaticCallee() {
			return false
		}
		if !x.Call.IsInvoke() && x.Call.StaticCallee() == nil {
			return false
		}
		p, q := arguments(x.Common()), arguments(y.Common())
		return slices.EqualFunc(p, q, same)
	}
	return false
}
