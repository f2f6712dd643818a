package origin

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/pathcond"
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
	key := check{v, at}
	a, ok := t.checked[key]
	if !ok {
		t.checked[key] = no
		a = t.on(v, at, map[*ssa.BasicBlock]bool{})
		t.checked[key] = a
		if t.asking > 0 {
			delete(t.checked, key) // only half of it was asked
		}
	}
	return a
}

// check is the question whether a value is bounded in a block.
type check struct {
	v  ssa.Value
	at *ssa.BasicBlock
}

// boundedOn is bounded for what passes from one block to another.
func (t *Tracer) boundedOn(v ssa.Value, from, to *ssa.BasicBlock) answer {
	if !isPlain(v.Type()) {
		return no
	}
	if a := t.edgeBounds(from, to, sameAs(v)); a != no {
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
		a := t.edgeBounds(p, b, sameAs(v))
		if a == no {
			a = t.on(v, p, seen)
		}
		if worst = min(worst, a); worst == no {
			break
		}
	}
	return worst
}

// subject is what a test may bound: a value, or what a variable holds.
type subject struct {
	v    ssa.Value
	cell *ssa.Alloc
}

func sameAs(v ssa.Value) subject { return subject{v: plain(v)} }

// is reports whether o is the subject, or reads the same place.
func (s subject) is(o ssa.Value) bool {
	if s.cell != nil {
		load, ok := o.(*ssa.UnOp)
		return ok && load.X == ssa.Value(s.cell)
	}
	return Same(s.v, plain(o))
}

// partOf reports whether the subject is a field of the package's struct o, or of
// what o points to.
func (s subject) partOf(o ssa.Value) bool {
	var x ssa.Value
	switch v := s.v.(type) {
	case *ssa.UnOp:
		if f, ok := v.X.(*ssa.FieldAddr); ok {
			x = f.X
		}
	case *ssa.Field:
		x = v.X
	}
	if x == nil || s.cell != nil {
		return false
	}
	f := s.v.Parent().Pkg
	named, ok := types.Unalias(deref(x.Type())).(*types.Named)
	if !ok || f == nil || named.Obj().Pkg() != f.Pkg {
		return false
	}
	if load, ok := o.(*ssa.UnOp); ok && load.Op == token.MUL && Same(load.X, x) {
		return true
	}
	return Same(x, o)
}

func deref(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// maxNesting bounds how deep a condition is looked into.
const maxNesting = 6

// edgeBounds reports whether the branch from one block to another bounds its
// subject.
func (t *Tracer) edgeBounds(from, to *ssa.BasicBlock, sub subject) answer {
	return t.branch(from, to, sub, 0)
}

func (t *Tracer) branch(from, to *ssa.BasicBlock, sub subject, depth int) answer {
	branch, ok := from.Instrs[len(from.Instrs)-1].(*ssa.If)
	if !ok || from.Succs[0] == from.Succs[1] {
		return no
	}
	return t.implies(branch.Cond, from.Succs[0] == to, sub, depth)
}

// implies reports whether a condition's outcome bounds its subject.
func (t *Tracer) implies(cond ssa.Value, truth bool, sub subject, depth int) answer {
	if depth > maxNesting {
		return no
	}
	switch c := cond.(type) {
	case *ssa.UnOp:
		if c.Op == token.NOT {
			return t.implies(c.X, !truth, sub, depth+1)
		}
	case *ssa.Const:
		if c.Value != nil && c.Value.Kind() == constant.Bool && constant.BoolVal(c.Value) != truth {
			return yes // it never is
		}
	case *ssa.Phi: // of && and ||
		worst := yes
		for i, e := range c.Edges {
			a := t.implies(e, truth, sub, depth+1)
			if a == no {
				a = t.branch(c.Block().Preds[i], c.Block(), sub, depth+1)
			}
			if worst = min(worst, a); worst == no {
				break
			}
		}
		return worst
	case *ssa.BinOp:
		return t.comparison(c, truth, sub)
	case *ssa.Lookup:
		if truth && sub.is(c.Index) {
			return yes
		}
	case *ssa.Extract:
		switch tuple := c.Tuple.(type) {
		case *ssa.Lookup:
			if truth && sub.is(tuple.Index) {
				return yes
			}
		case *ssa.Call:
			return t.outcome(tuple, truth, sub)
		}
	case *ssa.Call:
		return t.outcome(c, truth, sub)
	}
	return no
}

// comparison reports whether a comparison bounds its subject: it is equal to
// something else, or a table has something for it.
func (t *Tracer) comparison(c *ssa.BinOp, truth bool, sub subject) answer {
	equal := c.Op == token.EQL && truth || c.Op == token.NEQ && !truth
	differ := c.Op == token.NEQ && truth || c.Op == token.EQL && !truth
	for _, sides := range [][2]ssa.Value{{c.X, c.Y}, {c.Y, c.X}} {
		x, y := sides[0], sides[1]
		if equal && sub.is(x) && !t.unbounded(y) {
			return yes
		}
		if call, ok := x.(*ssa.Call); ok && callsStd(call, "slices", "IndexFunc") && saysFound(c.Op) == truth && saysIndex(c.Op, y) && sub.capturedBy(Arguments(call.Common())) {
			return yes
		}
		if isOrder(c.Op) && sub.is(x) && isNumber(x.Type()) {
			return maybe // one end of a range
		}
		if isOrder(c.Op) && admits(x, sub) && isBelow(c, x, truth) {
			return yes // as many values as the set takes
		}
		k, ok := y.(*ssa.Const)
		if !ok {
			continue
		}
		if look, ok := x.(*ssa.Lookup); ok && differ && sub.is(look.Index) && isZero(k) {
			return yes
		}
		call, ok := x.(*ssa.Call)
		if ex, isEx := x.(*ssa.Extract); isEx {
			call, ok = ex.Tuple.(*ssa.Call)
		}
		if ok && k.IsNil() && (equal || differ) {
			// An error that is nil is a success.
			isErr := pathcond.IsError(y.Type())
			if isErr == equal {
				return t.outcome(call, true, sub)
			}
		}
	}
	return no
}

// admits reports whether x is the size of a map into which the subject is put.
func admits(x ssa.Value, sub subject) bool {
	call, ok := x.(*ssa.Call)
	if !ok {
		return false
	}
	if b, ok := call.Call.Value.(*ssa.Builtin); !ok || b.Name() != "len" {
		return false
	}
	m := call.Call.Args[0]
	for _, b := range call.Parent().Blocks {
		for _, instr := range b.Instrs {
			if up, ok := instr.(*ssa.MapUpdate); ok && Same(up.Map, m) && sub.is(up.Key) {
				return true
			}
		}
	}
	return false
}

// isBelow reports whether a comparison's outcome says that x, one of its sides, is
// less than the other.
func isBelow(c *ssa.BinOp, x ssa.Value, truth bool) bool {
	less := c.Op == token.LSS || c.Op == token.LEQ
	return (less == (c.X == x)) == truth
}

func isOrder(op token.Token) bool {
	return op == token.LSS || op == token.LEQ || op == token.GTR || op == token.GEQ
}

func isNumber(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

// unbounded reports whether what a value is held against is without a bound
// itself.
func (t *Tracer) unbounded(v ssa.Value) bool {
	if _, ok := v.(*ssa.Const); ok || t.asking > 0 {
		return false
	}
	t.asking++
	defer func() { t.asking-- }()
	return t.Of(v, nil).Kind == Unbounded
}

func isZero(k *ssa.Const) bool {
	return k.Value == nil || k.Value.Kind() == constant.String && constant.StringVal(k.Value) == "" ||
		k.Value.Kind() == constant.Int && constant.Sign(k.Value) == 0
}

// outcome reports whether the outcome of a call, true or no error being good,
// bounds its subject.
func (t *Tracer) outcome(call *ssa.Call, good bool, sub subject) answer {
	c := call.Common()
	args := Arguments(c)
	arg := slices.IndexFunc(args, sub.is)
	if arg < 0 {
		if good && callsStd(call, "slices", "ContainsFunc") && sub.capturedBy(args) {
			return yes // held against what is listed
		}
		if good && slices.ContainsFunc(args, sub.partOf) && !t.eff.Std(c) {
			return maybe // it may look at the field
		}
		return no
	}
	if v := t.eff.Values(c); v != nil {
		success := leakapi.NonZero // of a condition
		if res := c.Signature().Results(); isErrorResult(c, res.Len()-1) {
			success = leakapi.Zero
		}
		for _, b := range v.Bounds {
			if b.Arg == arg {
				if (b.When == leakapi.Always || (b.When == success) == good) && !t.chosen(call, arg) {
					return yes
				}
				return no
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
	for i, a := range Arguments(call.Common()) {
		if i != arg && t.unbounded(a) {
			return true
		}
	}
	return false
}
