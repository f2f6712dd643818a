package ctxflow

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// Watched reports whether something beside a call waits for a context to end, and then
// has hold of what the call is made on, or returns: that can end the wait.
func (t *Tracer) Watched(call *ssa.Call) bool {
	subjects := map[ssa.Value]bool{call: true}
	if c := call.Common(); c.IsInvoke() {
		subjects[root(c.Value, 0)] = true
	} else if len(c.Args) > 0 && c.Signature().Recv() != nil {
		subjects[root(c.Args[0], 0)] = true
	}
	return t.anyWatch(call.Parent(), func(mc *ssa.MakeClosure) bool { return holdsAny(mc, subjects) })
}

// Bridged reports whether something beside a function, which that starts, waits for a
// context to end, and may tell the function so in another way.
func (t *Tracer) Bridged(fn *ssa.Function) bool {
	return t.anyWatch(fn, func(*ssa.MakeClosure) bool { return true })
}

// anyWatch reports whether a function, or one around it, starts a literal that waits for
// a context to end, and of which something holds.
func (t *Tracer) anyWatch(fn *ssa.Function, is func(*ssa.MakeClosure) bool) bool {
	for ; fn != nil; fn = fn.Parent() {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if mc, ok := instr.(*ssa.MakeClosure); ok && is(mc) && t.watches(mc) {
					return true
				}
			}
		}
	}
	return false
}

// holdsAny reports whether a literal captures one of these values, or a part of one.
func holdsAny(mc *ssa.MakeClosure, values map[ssa.Value]bool) bool {
	for _, b := range mc.Bindings {
		if values[root(b, 0)] {
			return true
		}
	}
	return false
}

// watches reports whether a literal runs when a context ends, or on a goroutine that waits
// for that.
func (t *Tracer) watches(mc *ssa.MakeClosure) bool {
	for _, ref := range *mc.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Go:
			if fn, ok := mc.Fn.(*ssa.Function); ok && ref.Call.Value == ssa.Value(mc) && t.waitsForEnd(fn) {
				return true
			}
		case *ssa.Call:
			if fn := ref.Call.StaticCallee(); fn != nil && fn.Pkg != nil && fn.Pkg.Pkg.Path() == "context" && fn.Name() == "AfterFunc" {
				return true
			}
		}
	}
	return false
}

func (t *Tracer) waitsForEnd(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.UnOp:
				if instr.Op == token.ARROW && t.doneOf(instr.X) != nil {
					return true
				}
			case *ssa.Select:
				for _, s := range instr.States {
					if t.doneOf(s.Chan) != nil {
						return true
					}
				}
			}
		}
	}
	return false
}

// root returns what v is a part of, or is read from.
func root(v ssa.Value, depth int) ssa.Value {
	if depth > maxSteps {
		return v
	}
	switch x := v.(type) {
	case *ssa.UnOp:
		if x.Op == token.MUL {
			return root(x.X, depth+1)
		}
	case *ssa.FieldAddr:
		return root(x.X, depth+1)
	case *ssa.Extract:
		return root(x.Tuple, depth+1)
	case *ssa.MakeInterface:
		return root(x.X, depth+1)
	case *ssa.ChangeInterface:
		return root(x.X, depth+1)
	case *ssa.Alloc:
		if vals := stores(x); len(vals) == 1 {
			return root(vals[0], depth+1)
		}
	}
	return v
}
