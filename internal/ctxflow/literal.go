package ctxflow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// Running says how a function literal runs, seen from the function around it.
type Running uint8

const (
	Later  Running = iota // kept, or handed to code that may keep it
	Now                   // before the function around it goes on
	Joined                // on a goroutine that the function waits for
	Beside                // on a goroutine
	AtExit                // deferred, or registered for the end
)

// closure is what is known of a function literal.
type closure struct {
	make    *ssa.MakeClosure // nil if it captures nothing
	use     ssa.Instruction  // its first use
	running Running
}

// binding returns what a captured variable is bound to in the function around
// it, or nil.
func (t *Tracer) binding(v *ssa.FreeVar) ssa.Value {
	c := t.closure(v.Parent())
	if c.make == nil {
		return nil
	}
	for i, fv := range v.Parent().FreeVars {
		if fv == v {
			return c.make.Bindings[i]
		}
	}
	return nil
}

// Runs says how a function literal runs.
func (t *Tracer) Runs(lit *ssa.Function) Running { return t.closure(lit).running }

func (t *Tracer) closure(lit *ssa.Function) *closure {
	if c, ok := t.closures[lit]; ok {
		return c
	}
	parent := lit.Parent()
	if parent == nil {
		return &closure{}
	}
	for _, sibling := range parent.AnonFuncs {
		t.closures[sibling] = &closure{}
	}
	uses := map[*ssa.Function][]use{}
	for _, b := range parent.Blocks {
		for _, instr := range b.Instrs {
			if m, ok := instr.(*ssa.MakeClosure); ok {
				if c := t.closures[m.Fn.(*ssa.Function)]; c != nil {
					c.make = m
				}
			}
			for _, op := range instr.Operands(nil) {
				if fn, ok := (*op).(*ssa.Function); ok && fn.Parent() == parent {
					if _, isMake := instr.(*ssa.MakeClosure); !isMake {
						uses[fn] = append(uses[fn], use{instr, fn})
					}
				}
			}
		}
	}
	joins := waits(t.eff, parent)
	for _, sibling := range parent.AnonFuncs {
		c := t.closures[sibling]
		list := uses[sibling]
		if c.make != nil {
			for _, ref := range *c.make.Referrers() {
				list = append(list, use{ref, c.make})
			}
		}
		if len(list) > 0 {
			c.use = list[0].instr
		}
		c.running = t.running(list, joins, 0)
	}
	return t.closures[lit]
}

// use is an instruction that has a function value as operand.
type use struct {
	instr ssa.Instruction
	value ssa.Value
}

// running merges all uses of a literal.
func (t *Tracer) running(uses []use, joins bool, depth int) Running {
	found, any := Now, false
	for _, u := range uses {
		one, counts := t.usedBy(u, joins, depth)
		if !counts {
			continue
		}
		switch {
		case !any:
			found = one
		case found != one:
			return Later
		}
		any = true
	}
	if !any {
		return Later
	}
	return found
}

func (t *Tracer) usedBy(u use, joins bool, depth int) (r Running, counts bool) {
	beside := Beside
	if joins {
		beside = Joined
	}
	switch instr := u.instr.(type) {
	case *ssa.DebugRef:
		return Now, false
	case *ssa.Defer:
		return AtExit, true
	case *ssa.Go:
		return beside, true
	case *ssa.Call:
		if instr.Call.Value == u.value {
			return Now, true
		}
		for i, arg := range instr.Call.Args {
			if arg != u.value {
				continue
			}
			if t.eff.Shared(instr.Common(), i) {
				return Later, true
			}
			switch t.eff.FuncArg(instr.Common(), i) {
			case leakapi.NowOnce, leakapi.NowMany:
				return Now, true
			case leakapi.Goroutine:
				return beside, true
			case leakapi.Deferred:
				return AtExit, true
			case leakapi.Stored:
				return Later, true
			}
			if wraps(instr, u.value.Type()) {
				return t.through(instr, joins, depth)
			}
			if handsError(u.value.Type()) && handsError(instr.Call.Signature()) {
				return Now, true
			}
		}
	case *ssa.ChangeType:
		return t.through(instr, joins, depth)
	case *ssa.Store:
		// A local variable that is only called holds it.
		if a, ok := instr.Addr.(*ssa.Alloc); ok && instr.Val == u.value && len(stores(a)) == 1 {
			var uses []use
			for _, ref := range *a.Referrers() {
				if load, ok := ref.(*ssa.UnOp); ok {
					for _, r := range *load.Referrers() {
						uses = append(uses, use{r, load})
					}
				}
			}
			if depth < maxDepth {
				return t.running(uses, joins, depth+1), true
			}
		}
	}
	return Later, true
}

func (t *Tracer) through(v ssa.Value, joins bool, depth int) (Running, bool) {
	if depth > maxDepth {
		return Later, true
	}
	var uses []use
	for _, ref := range *v.Referrers() {
		uses = append(uses, use{ref, v})
	}
	return t.running(uses, joins, depth+1), true
}

// wraps reports whether a call makes a function of a function: of what it
// returns, the results are those of what it gets.
func wraps(call *ssa.Call, typ types.Type) bool {
	got, ok1 := typ.Underlying().(*types.Signature)
	made, ok2 := call.Type().Underlying().(*types.Signature)
	return ok1 && ok2 && types.Identical(got.Results(), made.Results())
}

// handsError reports whether the last result of a function is an error. A call
// that takes a function of that kind and is one itself most likely hands on
// what the function returns: so do transactions, retries and callbacks.
func handsError(t types.Type) bool {
	sig, ok := t.Underlying().(*types.Signature)
	if !ok || sig.Results().Len() == 0 {
		return false
	}
	last := sig.Results().At(sig.Results().Len() - 1).Type()
	return types.Identical(last, types.Universe.Lookup("error").Type())
}

// waits reports whether fn waits for goroutines that it has started.
func waits(eff Effects, fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			for _, blk := range eff.Blocks(call.Common()) {
				if blk.On == leakapi.OnWait && blk.Ctx < 0 {
					return true
				}
			}
		}
	}
	return false
}
