package growth

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/origin"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// checked reports whether an insert is reached only if a function that cannot be seen
// accepts its key, or finds something under it.
func (t *Tracer) checked(in *Insert) bool {
	for d := range leakssa.Decisions(in.At.Block()) {
		call, found := asks(d.Cond, d.Holds)
		if call == nil || !found || t.eff.Std(call.Common()) || t.eff.Bodies(call.Common()) != nil {
			continue
		}
		if _, isBuiltin := call.Call.Value.(*ssa.Builtin); isBuiltin || comesFrom(in.Value, call, 0) {
			continue // what it finds is what is kept
		}
		if of, _ := resultOfCall(owner(in.Key)); of == call && !takesContext(call) {
			return true // it returns the key as it knows it, or what that is a part of
		}
		if slices.ContainsFunc(origin.Arguments(call.Common()), func(a ssa.Value) bool { return origin.Same(a, in.Key) }) {
			return true
		}
	}
	return false
}

// asks returns the call whose result decides a condition, and whether the outcome says that
// it has accepted, or found, something.
func asks(cond ssa.Value, holds bool) (*ssa.Call, bool) {
	if n, ok := cond.(*ssa.UnOp); ok && n.Op == token.NOT {
		return asks(n.X, !holds)
	}
	if cmp, ok := cond.(*ssa.BinOp); ok {
		call, _ := resultOfCall(cmp.X)
		if call == nil {
			return nil, false
		}
		switch {
		case isNilConst(cmp.Y) && pathcond.IsError(cmp.X.Type()):
			return call, (cmp.Op == token.EQL) == holds && (accepts(call.Common(), acceptWords) || finds(call))
		case isNilConst(cmp.Y):
			return call, (cmp.Op == token.NEQ) == holds && finds(call)
		}
		isIndex, found := saysFound(cmp)
		return call, isIndex && found == holds && finds(call)
	}
	call, _ := resultOfCall(cond)
	return call, call != nil && holds && pathcond.IsBool(cond.Type())
}

// saysFound reports whether a comparison asks whether an index is one, and which outcome
// says that it is.
func saysFound(cmp *ssa.BinOp) (isIndex, found bool) {
	k, ok := cmp.Y.(*ssa.Const)
	if !ok || k.Value == nil || k.Value.Kind() != constant.Int {
		return false, false
	}
	switch n := constant.Sign(k.Value); {
	case n == 0 && cmp.Op == token.LSS, n < 0 && cmp.Op == token.EQL:
		return true, false
	case n == 0 && cmp.Op == token.GEQ, n < 0 && (cmp.Op == token.NEQ || cmp.Op == token.GTR):
		return true, true
	}
	return false, false
}

// resultOfCall returns the call of which v is a result, and which.
func resultOfCall(v ssa.Value) (*ssa.Call, int) {
	switch v := v.(type) {
	case *ssa.Call:
		return v, 0
	case *ssa.Extract:
		call, _ := v.Tuple.(*ssa.Call)
		return call, v.Index
	}
	return nil, 0
}

// comesFrom reports whether a value is made of what a call returns.
func comesFrom(v ssa.Value, call *ssa.Call, depth int) bool {
	if v == nil || depth > maxDepth {
		return false
	}
	if v == ssa.Value(call) {
		return true
	}
	instr, ok := v.(ssa.Instruction)
	if _, look := v.(*ssa.Lookup); !ok || look {
		return false // what is there already under the key
	}
	var operands [8]*ssa.Value
	return slices.ContainsFunc(instr.Operands(operands[:0]), func(op *ssa.Value) bool { return *op != nil && comesFrom(*op, call, depth+1) })
}

// finds reports whether a call looks something up in memory, going by its name: it is given
// no context to wait under.
func finds(call *ssa.Call) bool {
	c := call.Common()
	return accepts(c, findWords) && !takesContext(call)
}

func takesContext(call *ssa.Call) bool {
	return slices.ContainsFunc(call.Call.Args, func(a ssa.Value) bool { return leakapi.IsContext(a.Type()) })
}

// owner returns what a key is a part of, or the key.
func owner(v ssa.Value) ssa.Value {
	for range maxDepth {
		switch x := v.(type) {
		case *ssa.UnOp:
			if x.Op != token.MUL {
				return v
			}
			v = x.X
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.Field:
			v = x.X
		case *ssa.Alloc:
			stores := storesTo(x)
			if len(stores) != 1 {
				return v
			}
			v = stores[0].Val
		default:
			return v
		}
	}
	return v
}

// accepts reports whether the name of what a call calls begins with one of these words.
func accepts(c *ssa.CallCommon, words map[string]bool) bool {
	name := ""
	if c.IsInvoke() {
		name = c.Method.Name()
	} else if fn := c.StaticCallee(); fn != nil {
		name = fn.Name()
	}
	first := leakssa.Words(name)
	return len(first) > 0 && words[first[0]]
}

var (
	acceptWords = map[string]bool{"accept": true, "allow": true, "authorize": true, "check": true, "ensure": true, "require": true, "validate": true, "verify": true}
	findWords   = map[string]bool{"find": true, "get": true, "index": true, "lookup": true, "resolve": true, "search": true}
)
