package growth

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/origin"
)

// setup reports whether a function runs only while something is set up: what it
// puts into containers is as much as the program says.
func (t *Tracer) setup(fn *ssa.Function) bool {
	return t.setups.Ask(fn)
}

// replaces reports whether a function may run again after something is set up,
// whatever its name says: what it sets a container to takes the place of another.
func (t *Tracer) replaces(fn *ssa.Function) bool {
	if fn.Parent() != nil || fn.Object() == nil || fn.Object().Exported() || !SetsUp(fn.Name()) {
		return !t.setup(fn)
	}
	calls, ok := t.eff.Calls(fn)
	return ok && slices.ContainsFunc(calls, func(c ssa.CallInstruction) bool { return !t.setup(c.Parent()) })
}

// setupWords begin the names of functions that run while something is set up:
// each as often as the program's text has something to set up.
var setupWords = map[string]bool{
	"configure": true, "declare": true, "define": true, "init": true, "initialize": true, "install": true, "new": true, "open": true,
	"register": true, "setup": true,
}

// SetsUp reports whether a function's name says that it runs while something is
// set up.
func SetsUp(name string) bool {
	words := leakssa.Words(name)
	if len(words) > 1 && words[0] == "must" {
		words = words[1:]
	}
	return len(words) > 0 && setupWords[words[0]]
}

func (t *Tracer) setsUp(fn *ssa.Function) bool {
	if t.eff.Once(fn) {
		return true
	}
	if fn.Parent() != nil {
		// What a callback without arguments adds is what it captures.
		return (t.eff.RunsNow(fn) || len(fn.Params) == 0 && !t.eff.Beside(fn)) && t.setup(fn.Parent())
	}
	named := SetsUp(fn.Name())
	if fn.Signature.Recv() == nil && (fn.Name() == "init" || fn.Name() == "main") || fn.Synthetic != "" || named && !makesOne(fn) {
		return true
	}
	calls, ok := t.eff.Calls(fn)
	if !ok || len(calls) == 0 {
		return named
	}
	return !slices.ContainsFunc(calls, func(c ssa.CallInstruction) bool {
		_, isGo := c.(*ssa.Go)
		return isGo || !t.setup(c.Parent())
	})
}

// makesOne reports whether a function's name says no more than that it makes something
// for what it is a method of, which may well be at work then.
func makesOne(fn *ssa.Function) bool {
	words := leakssa.Words(fn.Name())
	return fn.Signature.Recv() != nil && fn.Object() != nil && !fn.Object().Exported() && len(words) > 0 && (words[0] == "new" || words[0] == "open")
}

// fresh reports whether a value was made in this function: nothing has been put
// into what it holds by others.
func (t *Tracer) fresh(v ssa.Value) bool { return v != nil && t.isFresh(v, map[ssa.Value]bool{}) }

func (t *Tracer) isFresh(v ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[v] {
		return true // a loop adds nothing
	}
	seen[v] = true
	switch v := v.(type) {
	case *ssa.Alloc:
		stores := storesTo(v)
		if _, pointer := v.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Pointer); pointer && len(stores) == 0 {
			return false
		}
		return !slices.ContainsFunc(stores, func(st *ssa.Store) bool { return !t.isFresh(st.Val, seen) })
	case *ssa.Const:
		return true
	case *ssa.UnOp:
		if _, ok := v.X.(*ssa.Alloc); ok && v.Op == token.MUL {
			return t.isFresh(v.X, seen)
		}
	case *ssa.FieldAddr:
		return t.isFresh(v.X, seen)
	case *ssa.Field:
		return t.isFresh(v.X, seen)
	case *ssa.Phi:
		return !slices.ContainsFunc(v.Edges, func(e ssa.Value) bool { return !t.isFresh(e, seen) })
	case *ssa.Extract:
		return t.isFresh(v.Tuple, seen)
	case *ssa.Call:
		for _, fn := range t.eff.Bodies(v.Common()) {
			if SetsUp(fn.Name()) || t.makes(fn) {
				return true
			}
		}
	}
	return false
}

// makes reports whether a function returns what it has made.
func (t *Tracer) makes(fn *ssa.Function) bool {
	found := false
	for _, b := range fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || len(ret.Results) == 0 {
			continue
		}
		if k, ok := ret.Results[0].(*ssa.Const); ok && k.Value == nil {
			continue
		}
		a, ok := ret.Results[0].(*ssa.Alloc)
		if !ok || !a.Heap {
			return false
		}
		found = true
	}
	return found
}

func storesTo(a *ssa.Alloc) []*ssa.Store {
	var out []*ssa.Store
	for _, ref := range *a.Referrers() {
		if st, ok := ref.(*ssa.Store); ok && st.Addr == ssa.Value(a) {
			out = append(out, st)
		}
	}
	return out
}

// whenEmpty reports whether a block is reached only where the container holds
// nothing, or is not there yet.
func whenEmpty(b *ssa.BasicBlock, v *types.Var) bool {
	for d := range leakssa.Decisions(b) {
		if cmp, ok := d.Cond.(*ssa.BinOp); ok && isEmptiness(cmp, v) && (cmp.Op == token.EQL) == d.Holds {
			return true
		}
	}
	return false
}

// underFlag reports whether a block is reached only where a flag that the program
// keeps is down, and puts it up: it runs once.
func underFlag(b *ssa.BasicBlock) bool {
	for d := range leakssa.Decisions(b) {
		cond, holds := d.Cond, d.Holds
		if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
			cond, holds = not.X, !holds
		}
		switch cond := cond.(type) {
		case *ssa.UnOp:
			if v := origin.VarAt(cond.X); cond.Op == token.MUL && v != nil && !holds && raises(d.To, v) {
				return true
			}
		case *ssa.Call: // it is put up where it is asked
			args := cond.Call.Args
			if holds && len(args) == 3 && origin.VarAt(args[0]) != nil && isConst(args[1]) && isConst(args[2]) {
				return true
			}
		}
	}
	return false
}

// raises reports whether a flag is set to true in a block or below it.
func raises(b *ssa.BasicBlock, flag *types.Var) bool {
	for _, x := range b.Parent().Blocks {
		if !b.Dominates(x) {
			continue
		}
		for _, instr := range x.Instrs {
			st, ok := instr.(*ssa.Store)
			if !ok || origin.VarAt(st.Addr) != flag {
				continue
			}
			if k, ok := st.Val.(*ssa.Const); ok && k.Value != nil && k.Value.Kind() == constant.Bool && constant.BoolVal(k.Value) {
				return true
			}
		}
	}
	return false
}

// isEmptiness reports whether a comparison asks whether a container is nil or
// holds nothing.
func isEmptiness(cmp *ssa.BinOp, v *types.Var) bool {
	if cmp.Op != token.EQL && cmp.Op != token.NEQ {
		return false
	}
	x, y := cmp.X, cmp.Y
	if _, ok := x.(*ssa.Const); ok {
		x, y = y, x
	}
	k, ok := y.(*ssa.Const)
	if !ok {
		return false
	}
	if call, ok := x.(*ssa.Call); ok {
		b, isBuiltin := call.Call.Value.(*ssa.Builtin)
		return isBuiltin && b.Name() == "len" && k.Value != nil && k.Int64() == 0 && loads(call.Call.Args[0], v)
	}
	return k.Value == nil && loads(x, v)
}

// loads reports whether x is what a container's variable holds.
func loads(x ssa.Value, v *types.Var) bool {
	load, ok := x.(*ssa.UnOp)
	return ok && load.Op == token.MUL && isAt(load.X, v)
}
