package obligation

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/pathcond"
)

// maxHelper is how many blocks a function may have that is run in place for what it
// does only sometimes.
const maxHelper = 40

// maxPartly is how many blocks a function may have that is run in place since it
// releases something on some of its paths alone.
const maxPartly = 80

const either = Borrowed | Released

// sometimes returns the body of a function of the package that a call names, if what
// it does with the resource depends on other arguments alone, or nil.
func (e *explorer) sometimes(p *path, instr ssa.CallInstruction, eff Effect) *ssa.Function {
	if eff.Zero&either != either && eff.NonZero&either != either {
		return nil
	}
	fn := instr.Common().StaticCallee()
	if _, beside := instr.(*ssa.Go); beside || fn == nil || fn.Parent() != nil || fn.Origin() != nil || len(fn.Blocks) > maxHelper {
		return nil
	}
	decides := false
	for _, b := range fn.Blocks {
		if br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok {
			if decides = ofArguments(br.Cond, 0); !decides {
				return nil
			}
		}
	}
	if !decides {
		return nil
	}
	return e.runnable(p, fn)
}

// ofArguments reports whether a condition depends on parameters and constants alone.
func ofArguments(v ssa.Value, depth int) bool {
	switch v := v.(type) {
	case *ssa.Parameter, *ssa.Const:
		return true
	case *ssa.BinOp:
		return depth < 4 && ofArguments(v.X, depth+1) && ofArguments(v.Y, depth+1)
	case *ssa.UnOp:
		return depth < 4 && v.Op == token.NOT && ofArguments(v.X, depth+1)
	}
	return false
}

// partly returns the body of a function of the package that a call names, if it releases
// what its argument arg leads to by w on some of its paths and leaves it open on others,
// or nil.
func (e *explorer) partly(p *path, c *ssa.CallCommon, arg int, w pathcond.Path, eff Effect) *ssa.Function {
	if e.summary || p.status != open || eff.Zero&either != either && eff.NonZero&either != either {
		return nil
	}
	fn := c.StaticCallee()
	if fn == nil || fn.Origin() != nil || len(fn.Blocks) > maxPartly || w != "" && e.own(c.Args[arg].Type()) {
		return nil
	}
	for r := range fn.Signature.Results().Variables() {
		switch r.Type().Underlying().(type) {
		case *types.Struct, *types.Array:
			return nil // it may say what has become of it
		}
	}
	if e.rel.also(fn) {
		e.again = true
	}
	return e.runnable(p, fn)
}

// own reports whether t, or what it points to, is a type that the package declares.
func (e *explorer) own(t types.Type) bool {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() == e.spec.Root.Pkg.Pkg
}

// stateful reports whether a condition may go by what values of the package remember, so
// that a path which it decides need not be one that can follow what went before.
func (e *explorer) stateful(p *path, v ssa.Value, depth int) bool {
	if depth > 6 {
		return true
	}
	any := func(vs ...ssa.Value) bool {
		for _, v := range vs {
			if v != nil && e.stateful(p, v, depth+1) {
				return true
			}
		}
		return false
	}
	switch v := v.(type) {
	case *ssa.Parameter:
		return e.spec.Alone && ssa.Value(v) != e.spec.Entry
	case *ssa.Const, *ssa.Alloc, *ssa.MakeInterface, *ssa.Select:
		return false
	case *ssa.UnOp:
		switch x := v.X.(type) {
		case *ssa.FreeVar:
			b := e.u.Binding(x)
			return b == nil || any(b)
		case *ssa.Global:
			return !pathcond.IsError(v.Type()) // io.EOF, and the like
		}
		return v.Op != token.ARROW && any(v.X)
	case *ssa.Field:
		return e.own(v.X.Type()) || any(v.X)
	case *ssa.FieldAddr:
		return e.own(v.X.Type()) || any(v.X)
	case *ssa.Extract:
		return !pathcond.IsError(v.Type()) && any(v.Tuple)
	case *ssa.Call:
		if pathcond.IsError(v.Type()) || e.asksOf(p, v, depth) {
			return false
		}
		obj := v.Call.Method
		if fn := v.Call.StaticCallee(); fn != nil {
			obj, _ = fn.Object().(*types.Func)
		}
		if _, ok := v.Call.Value.(*ssa.Builtin); !ok && (obj == nil || obj.Pkg() == e.spec.Root.Pkg.Pkg) {
			return true
		}
		return any(v.Call.Args...)
	case *ssa.BinOp, *ssa.Phi, *ssa.Convert, *ssa.ChangeType, *ssa.ChangeInterface, *ssa.IndexAddr, *ssa.Index, *ssa.Slice, *ssa.TypeAssert:
		return slices.ContainsFunc(v.(ssa.Instruction).Operands(nil), func(op *ssa.Value) bool { return any(*op) })
	}
	return true
}

// asksOf reports whether a call is given the resource, or what it says of itself.
func (e *explorer) asksOf(p *path, call *ssa.Call, depth int) bool {
	given := call.Call.Args
	if call.Call.IsInvoke() {
		given = append([]ssa.Value{call.Call.Value}, given...)
	}
	return slices.ContainsFunc(given, func(v ssa.Value) bool {
		if p.Reaches(p.Value(v)) {
			return true
		}
		c, ok := v.(*ssa.Call)
		return ok && depth < 6 && e.asksOf(p, c, depth+1)
	})
}

// undecided notes that the path does not know how a branch goes.
func (e *explorer) undecided(p *path, instr *ssa.If) {
	if p.left != nil && !p.beside && !p.again && p.Frame.Fn != p.left.Parent() {
		p.left = nil // what comes now is the caller's to decide
	}
	if p.status != open || p.doubt {
		return
	}
	for f := p.Frame; f != nil; f = f.Parent {
		if f.Partly || e.spec.Alone {
			p.doubt = e.stateful(p, instr.Cond, 0)
			return
		}
	}
}

// lends reports whether a call may only lend the resource to a function that cannot be
// seen: one that a variable holds, or a method of an interface. It does if the function
// releases the resource itself on another path behind the call.
func (e *explorer) lends(p *path, c *ssa.CallCommon, eff Effect) bool {
	return !e.summary && p.status == open && c.StaticCallee() == nil && eff.Zero == Escaped && eff.NonZero == Escaped && len(eff.Aliases) == 0
}

// lending is a list of calls to which the resource has been lent.
type lending struct {
	before *lending
	call   ssa.CallInstruction
	within bool // in a struct of the package's, as options get it
}

func (l *lending) and(call ssa.CallInstruction, within bool) *lending {
	for x := l; x != nil; x = x.before {
		if x.call == call {
			return l
		}
	}
	return &lending{l, call, within}
}

func (l *lending) last() ssa.CallInstruction {
	if l == nil {
		return nil
	}
	return l.call
}

// settleLent takes what is lent to be handed on where no path behind the call releases it,
// or, of what lies in a struct of the package's, returns that.
func (r *Result) settleLent() {
	released := map[ssa.CallInstruction]bool{}
	for _, x := range r.Exits {
		for l := x.lent; l != nil; l = l.before {
			if x.Fate == Done || x.Fate == Returned && l.within {
				released[l.call] = true
			}
		}
	}
	for i, x := range r.Exits {
		for l := x.lent; l != nil && x.Fate != Done; l = l.before {
			if !released[l.call] {
				r.Exits[i] = Exit{Fate: Passed, Instr: l.call, Last: x.Last, Branches: x.Branches}
				break
			}
		}
	}
}
