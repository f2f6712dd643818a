package growth

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/origin"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// reach says how the program comes to an instruction.
func (t *Tracer) reach(at ssa.Instruction, in *Insert, key origin.Origin) Reach {
	if t.comes(at.Parent(), t.eff.Serves, 0) || t.outlives(in) && t.accepting(at, 0) {
		return OnRequest
	}
	for _, l := range t.loopsOf(at.Parent()) {
		if l.Endless && slices.Contains(l.Blocks, at.Block()) {
			return InEndless
		}
	}
	if t.comes(at.Parent(), func(fn *ssa.Function) bool { return t.getsContext(fn, key) }, 0) {
		return OnContext
	}
	return Called
}

// loopsOf returns the outermost loops of fn.
func (t *Tracer) loopsOf(fn *ssa.Function) []ctxflow.Loop {
	loops, ok := t.loops[fn]
	if !ok {
		loops = ctxflow.Loops(fn)
		t.loops[fn] = loops
	}
	return loops
}

// outlives reports whether what holds a container is no connection's own.
func (t *Tracer) outlives(in *Insert) bool {
	if in.Base == nil {
		return true
	}
	owner := typeOf(root(in.Base).Type())
	return owner != nil && t.Life(owner) == LifeLong
}

// accepting reports whether an instruction runs in a loop that accepts connections, or
// something that is called there does.
func (t *Tracer) accepting(at ssa.Instruction, depth int) bool {
	if depth > maxDepth {
		return false
	}
	for _, l := range t.loopsOf(at.Parent()) {
		if slices.Contains(l.Blocks, at.Block()) && slices.ContainsFunc(l.Blocks, t.accepts) {
			return true
		}
	}
	calls, _ := t.eff.Calls(leakssa.Declared(at.Parent()))
	return slices.ContainsFunc(calls, func(c ssa.CallInstruction) bool { return t.accepting(c, depth+1) })
}

func (t *Tracer) accepts(b *ssa.BasicBlock) bool {
	return slices.ContainsFunc(b.Instrs, func(instr ssa.Instruction) bool {
		call, ok := instr.(*ssa.Call)
		return ok && len(t.eff.Accepts(call.Common())) > 0
	})
}

// onceWords begin the names of functions that get the context of the whole
// process.
var onceWords = map[string]bool{
	"apply": true, "boot": true, "bootstrap": true, "load": true, "loop": true, "main": true, "prepare": true, "provision": true,
	"reload": true, "run": true, "serve": true, "start": true, "sync": true, "update": true, "watch": true,
}

func (t *Tracer) getsContext(fn *ssa.Function, key origin.Origin) bool {
	if !t.eff.GetsContext(fn) {
		return false
	}
	words := leakssa.Words(leakssa.Declared(fn).Name())
	return len(words) == 0 || !onceWords[words[0]] || slices.ContainsFunc(key.Deps, func(d origin.Dep) bool { return d.Param.Parent() == fn })
}

// comes reports whether something holds for a function, one around it, or one
// that calls it.
func (t *Tracer) comes(fn *ssa.Function, is func(*ssa.Function) bool, depth int) bool {
	for f := fn; f != nil; f = f.Parent() {
		if is(f) {
			return true
		}
	}
	if depth == maxDepth {
		return false
	}
	calls, _ := t.eff.Calls(leakssa.Declared(fn))
	return slices.ContainsFunc(calls, func(c ssa.CallInstruction) bool { return t.comes(c.Parent(), is, depth+1) })
}

// onMiss reports whether the function looks a key up before it puts something
// there, and whether it fails if it finds something.
func (t *Tracer) onMiss(c *Container, in *Insert) (miss, refuses bool) {
	if in.Key == nil {
		return false, false
	}
	for fn := in.At.Parent(); fn != nil; fn = fn.Parent() {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				switch instr := instr.(type) {
				case *ssa.Lookup:
					if loads(instr.X, c.Var) && origin.Same(instr.Index, in.Key) {
						miss = miss || !feeds(instr)
						refuses = refuses || failsIfFound(instr)
					}
				case *ssa.Call:
					if t.reads(c, instr, in.Key) {
						miss = true
						refuses = refuses || failsIfFound(instr)
					}
				}
			}
		}
	}
	if call, ok := in.At.(*ssa.Call); ok && !miss && len(in.At.(*ssa.Call).Call.Args) > 0 {
		// One call that does both: its result is used.
		miss = slices.ContainsFunc(*call.Referrers(), func(ref ssa.Instruction) bool { _, debug := ref.(*ssa.DebugRef); return !debug })
	}
	return miss, refuses
}

// failsIfFound reports whether a function panics or returns an error where a
// lookup finds something.
func failsIfFound(look ssa.Value) bool {
	for _, ref := range *look.Referrers() {
		var cond ssa.Value
		found := true
		switch ref := ref.(type) {
		case *ssa.Extract:
			if ref.Index == 1 {
				cond = ref
			}
		case *ssa.If:
			cond = look
		case *ssa.BinOp:
			if k, ok := ref.Y.(*ssa.Const); ok && k.Value == nil {
				cond, found = ref, ref.Op == token.NEQ
			}
		}
		if cond == nil {
			continue
		}
		for _, use := range *cond.Referrers() {
			if br, ok := use.(*ssa.If); ok && fails(br.Block().Succs[branchOf(found)]) {
				return true
			}
		}
	}
	return false
}

func branchOf(truth bool) int {
	if truth {
		return 0
	}
	return 1
}

// fails reports whether a block only panics, or returns an error that is not nil.
func fails(b *ssa.BasicBlock) bool {
	switch last := b.Instrs[len(b.Instrs)-1].(type) {
	case *ssa.Panic:
		return true
	case *ssa.Return:
		if n := len(last.Results); n > 0 && pathcond.IsError(last.Results[n-1].Type()) {
			_, isNil := resultOf(last, n-1).(*ssa.Const)
			return !isNil
		}
	}
	return len(b.Succs) == 0 && len(b.Instrs) > 0 && !isReturn(b)
}

// resultOf returns what a return hands back, which functions with deferred calls
// put into a variable before.
func resultOf(ret *ssa.Return, i int) ssa.Value {
	load, ok := ret.Results[i].(*ssa.UnOp)
	if !ok {
		return ret.Results[i]
	}
	for _, instr := range slices.Backward(ret.Block().Instrs) {
		if st, ok := instr.(*ssa.Store); ok && st.Addr == load.X {
			return st.Val
		}
	}
	return load
}

func isReturn(b *ssa.BasicBlock) bool {
	_, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
	return ok
}

// feeds reports whether what a lookup finds is only counted up or appended to.
func feeds(look *ssa.Lookup) bool {
	return !slices.ContainsFunc(*look.Referrers(), func(ref ssa.Instruction) bool {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
			return false
		case *ssa.BinOp:
			switch ref.Op {
			case token.ADD, token.SUB, token.OR, token.AND, token.MUL:
				return false
			}
		case *ssa.Call:
			b, ok := ref.Call.Value.(*ssa.Builtin)
			return !ok || b.Name() != "append"
		}
		return true
	})
}

// calls reports whether an entry is something to call: what is registered for a
// key, rather than made for it.
func calls(v ssa.Value) bool {
	if v == nil {
		return false
	}
	t := v.Type()
	for range maxDepth {
		switch u := t.Underlying().(type) {
		case *types.Slice:
			t = u.Elem()
			continue
		case *types.Map:
			t = u.Elem()
			continue
		case *types.Signature:
			return true
		case *types.Interface:
			return u.NumMethods() == 1 && (strings.HasPrefix(u.Method(0).Name(), "Serve") || strings.HasPrefix(u.Method(0).Name(), "Handle"))
		}
		break
	}
	return false
}
