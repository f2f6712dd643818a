package obligation

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/pathcond"
)

func (e *explorer) store(p *path, instr *ssa.Store) []*path {
	addr, x := p.Value(instr.Addr), p.Value(instr.Val)
	e.take(p, instr, x)
	root := e.u.Root(addr)
	local := (e.u.Local(root) && !p.Escaped(root) || e.ofCaller(root)) && !e.someElement(addr)
	if p.status == open && !local && e.spec.Carried && carries(instr.Val) {
		e.escape(p, Exit{Fate: Passed, Instr: instr})
	}
	if p.status == open && !local && p.Reaches(x) && !p.below(addr) {
		e.escape(p, stored(instr))
		p.Exec(instr)
		return e.alive(p)
	}
	if !local {
		e.publish(p, x)
	}
	p.Exec(instr)
	if p.again && p.status == open && e.lost(p) {
		e.exit(p, Exit{Fate: Overwritten, Instr: e.spec.Call, Defer: p.later})
		return nil
	}
	return []*path{p}
}

// someElement reports whether addr is an element of an array of which the path does
// not know which: another store there replaces nothing, and a read may get another.
func (e *explorer) someElement(addr pathcond.Sym) bool {
	for ; e.u.Kind(addr) == pathcond.Addr; addr = e.u.Operand(addr) {
		if e.u.PartIndex(addr) == pathcond.Element {
			return true
		}
	}
	return false
}

// ofCaller reports whether root is what a parameter points to: the caller is
// told what is stored there.
func (e *explorer) ofCaller(root pathcond.Sym) bool {
	prm, ok := e.u.SSA(root).(*ssa.Parameter)
	return ok && (e.summary || e.spec.Keeps) && e.u.Kind(root) == pathcond.Value && prm.Parent() == e.spec.Root
}

func stored(instr *ssa.Store) Exit {
	x := Exit{Fate: Stored, Instr: instr}
	if fa, ok := instr.Addr.(*ssa.FieldAddr); ok {
		x.Field = leakssa.FieldAt(fa.X.Type(), fa.Field)
	}
	return x
}

// kept returns the field that alone holds the resource, if an instruction that hands
// something on does not name the resource itself.
func (e *explorer) kept(p *path, instr ssa.Instruction) *types.Var {
	if call, ok := instr.(ssa.CallInstruction); ok {
		fn := call.Common().StaticCallee()
		if b, builtin := call.Common().Value.(*ssa.Builtin); !(builtin && b.Name() == "append") && (fn == nil || fn.Pkg != e.spec.Root.Pkg) {
			return nil // others may keep it on purpose
		}
	}
	home := p.Home()
	if home == 0 || e.u.Kind(home) != pathcond.Addr || e.u.PartIndex(home) < 0 {
		return nil
	}
	for _, op := range instr.Operands(nil) {
		if *op != nil && p.Value(*op) == e.u.Resource() {
			return nil
		}
	}
	owner := e.u.SSA(e.u.Operand(home))
	if owner == nil || leakssa.StructOf(owner.Type()) == nil {
		return nil
	}
	return leakssa.FieldAt(owner.Type(), e.u.PartIndex(home))
}
