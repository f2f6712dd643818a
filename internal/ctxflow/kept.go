package ctxflow

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakssa"
)

// Keeps reports whether a method keeps what a call returns in its receiver, or a
// function in a package-level variable: then it works for later callers too.
func (t *Tracer) Keeps(call *ssa.Call) bool {
	if len(*call.Referrers()) == 0 {
		return false
	}
	derived := t.derived(call)
	fn := call.Parent()
	for ; fn != nil; fn = fn.Parent() {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				switch instr := instr.(type) {
				case *ssa.Store:
					if derived[instr.Val] && isData(instr.Val.Type()) && t.outlives(instr.Addr) {
						return true
					}
				case *ssa.MapUpdate:
					if derived[instr.Value] && t.outlives(instr.Map) {
						return true
					}
				case *ssa.Call:
					// Atomics, sync.Map and caches: a method of a field.
					if instr == call || len(instr.Call.Args) < 2 || instr.Call.IsInvoke() {
						continue
					}
					if f, ok := instr.Call.Args[0].(*ssa.FieldAddr); ok && t.outlives(f) {
						for _, arg := range instr.Call.Args[1:] {
							if derived[arg] && isData(arg.Type()) {
								return true
							}
						}
					}
				}
			}
		}
	}
	return false
}

// isData reports whether a value of type t is more than an outcome.
func isData(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsString != 0
	case *types.Interface:
		return !types.Identical(t, types.Universe.Lookup("error").Type())
	}
	return true
}

// outlives reports whether an address leads into the receiver or into a
// package-level variable.
func (t *Tracer) outlives(addr ssa.Value) bool {
	for range maxSteps {
		switch a := addr.(type) {
		case *ssa.Global:
			return true
		case *ssa.FieldAddr:
			addr = a.X
		case *ssa.IndexAddr:
			addr = a.X
		case *ssa.UnOp:
			addr = a.X
		case *ssa.FreeVar:
			if addr = t.binding(a); addr == nil {
				return false
			}
		case *ssa.Alloc:
			vals := stores(a)
			if len(vals) != 1 {
				return false
			}
			addr = vals[0]
		case *ssa.Parameter:
			return a.Parent().Signature.Recv() != nil && a == a.Parent().Params[0]
		default:
			return false
		}
	}
	return false
}

// Answered reports whether a call comes after the answer: the function has a
// parameter to write to, has written, and cannot come to use it again.
func (t *Tracer) Answered(call *ssa.Call) bool {
	fn := call.Parent()
	for _, p := range fn.Params {
		if !isWriter(p.Type()) {
			continue
		}
		before := false
		for _, ref := range *p.Referrers() {
			if _, ok := ref.(*ssa.DebugRef); ok {
				continue
			}
			if ref.Parent() != fn || reaches(call, ref) {
				return false
			}
			if _, isDefer := ref.(*ssa.Defer); isDefer {
				return false
			}
			if w, ok := ref.(*ssa.Call); ok && w.Call.Value == ssa.Value(p) && strings.HasPrefix(w.Call.Method.Name(), "Write") {
				before = before || reaches(ref, call)
			}
		}
		if before {
			return true
		}
	}
	return false
}

// isWriter reports whether t is an interface with a method whose name begins
// with Write.
func isWriter(t types.Type) bool {
	iface, ok := t.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	for m := range iface.Methods() {
		if strings.HasPrefix(m.Name(), "Write") {
			return true
		}
	}
	return false
}

// reaches reports whether control can go from a to b.
func reaches(a, b ssa.Instruction) bool {
	if a == b {
		return false
	}
	if a.Block() == b.Block() {
		for _, instr := range a.Block().Instrs {
			if instr == a {
				return true
			}
			if instr == b {
				break
			}
		}
	}
	seen := map[*ssa.BasicBlock]bool{}
	var walk func(x *ssa.BasicBlock) bool
	walk = func(x *ssa.BasicBlock) bool {
		for _, s := range x.Succs {
			if s == b.Block() {
				return true
			}
			if !seen[s] {
				seen[s] = true
				if walk(s) {
					return true
				}
			}
		}
		return false
	}
	return walk(a.Block())
}

// AfterFailure reports whether a call is made only where another one has
// failed, and nothing depends on what it returns: it undoes or tells.
func AfterFailure(call *ssa.Call) bool {
	for _, ref := range *call.Referrers() {
		if _, ok := ref.(*ssa.DebugRef); !ok {
			return false
		}
	}
	return Failed(call)
}

// Failed reports whether an instruction is reached only if some error is not
// nil.
func Failed(instr ssa.Instruction) bool {
	for d := range leakssa.Decisions(instr.Block()) {
		cmp, ok := d.Cond.(*ssa.BinOp)
		if !ok || !isNil(cmp.Y) || !types.Identical(cmp.X.Type(), types.Universe.Lookup("error").Type()) {
			continue
		}
		if cmp.Op == token.NEQ && d.Holds || cmp.Op == token.EQL && !d.Holds {
			return true
		}
	}
	return false
}
