package growth

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/origin"
)

// Life returns how long a value of a struct type of the package lives, by where
// the package makes them and what becomes of them.
func (t *Tracer) Life(obj *types.TypeName) Life {
	return t.lives.Ask(obj)
}

func (t *Tracer) lifeOf(obj *types.TypeName) Life {
	found := LifeUnknown
	short, entry := false, false
	for _, fn := range t.eff.Functions() {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				a, ok := instr.(*ssa.Alloc)
				if !ok || typeOf(a.Type()) != obj {
					continue
				}
				k := keeping{t: t, seen: map[ssa.Value]bool{}}
				k.follow(a)
				entry = entry || k.entry
				switch {
				case k.long:
					found = LifeLong
				case !k.kept:
					short = true
				}
			}
		}
	}
	switch {
	case found == LifeUnknown && short:
		return LifeShort
	case found == LifeUnknown && entry:
		return LifeUnknown // it goes with what it is an entry of
	case found == LifeUnknown && (t.inVariable(obj) || t.eff.Daemon(obj) || t.wraps(obj)):
		return LifeLong
	}
	return found
}

// wraps reports whether a method of a type returns a function that serves requests, and
// holds on to its receiver: middleware lives as long as what it is put before.
func (t *Tracer) wraps(obj *types.TypeName) bool {
	for _, fn := range t.eff.Functions() {
		if fn.Signature.Recv() == nil || typeOf(fn.Signature.Recv().Type()) != obj {
			continue
		}
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				mc, ok := instr.(*ssa.MakeClosure)
				if ok && t.eff.Serves(mc.Fn.(*ssa.Function)) && isReturned(mc, 0) && holdsReceiver(mc, fn) {
					return true
				}
			}
		}
	}
	return false
}

// isReturned reports whether a function returns a value, whatever it converts it to.
func isReturned(v ssa.Value, depth int) bool {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Return:
			return true
		case *ssa.ChangeType, *ssa.MakeInterface, *ssa.ChangeInterface:
			if depth < maxDepth && isReturned(ref.(ssa.Value), depth+1) {
				return true
			}
		}
	}
	return false
}

// holdsReceiver reports whether a literal captures the receiver of the method fn, or the
// variable that holds it.
func holdsReceiver(mc *ssa.MakeClosure, fn *ssa.Function) bool {
	recv := fn.Params[0]
	for _, b := range mc.Bindings {
		if b == ssa.Value(recv) {
			return true
		}
		a, ok := b.(*ssa.Alloc)
		if !ok {
			continue
		}
		for _, st := range storesTo(a) {
			if st.Val == ssa.Value(recv) {
				return true
			}
		}
	}
	return false
}

// inVariable reports whether a package-level variable holds a value of a type.
func (t *Tracer) inVariable(obj *types.TypeName) bool {
	scope := obj.Pkg().Scope()
	for _, name := range scope.Names() {
		if v, ok := scope.Lookup(name).(*types.Var); ok && typeOf(v.Type()) == obj {
			return true
		}
	}
	return false
}

// typeOf returns the named type that typ is or points to, of its origin, or nil.
func typeOf(typ types.Type) *types.TypeName {
	if p, ok := types.Unalias(typ).(*types.Pointer); ok {
		typ = p.Elem()
	}
	if named, ok := types.Unalias(typ).(*types.Named); ok {
		return named.Origin().Obj()
	}
	return nil
}

// keeping finds out what becomes of a value that a function makes.
type keeping struct {
	t     *Tracer
	seen  map[ssa.Value]bool
	depth int
	kept  bool // something keeps it, or may
	long  bool // and lives long
	entry bool // it is put into a container that entries are deleted from
}

func (k *keeping) follow(v ssa.Value) {
	if k.long || k.seen[v] || v.Referrers() == nil {
		return
	}
	k.seen[v] = true
	for _, ref := range *v.Referrers() {
		k.use(v, ref)
	}
}

func (k *keeping) use(v ssa.Value, ref ssa.Instruction) {
	switch ref := ref.(type) {
	case *ssa.Store:
		if ref.Val == v {
			k.stored(ref.Addr)
		}
	case *ssa.Phi, *ssa.ChangeType, *ssa.MakeInterface, *ssa.ChangeInterface:
		k.follow(ref.(ssa.Value))
	case *ssa.UnOp:
		if ref.Op == token.MUL && holdsSame(v, ref) {
			k.follow(ref) // a copy of the struct, or the pointer in a variable
		}
	case *ssa.FieldAddr, *ssa.Field, *ssa.IndexAddr, *ssa.BinOp, *ssa.DebugRef:
	case *ssa.MakeClosure:
		k.captured(v, ref)
	case *ssa.Return:
		k.returned(ref, v)
	case *ssa.Go:
		k.kept = true
	case *ssa.MapUpdate:
		k.kept = true
		if load, ok := ref.Map.(*ssa.UnOp); ok && ref.Value == v {
			if m := origin.VarAt(load.X); m != nil && k.t.eff.Pruned(m) {
				k.entry = true
			}
		}
	case ssa.CallInstruction:
		k.call(v, ref)
	default:
		k.kept = true
	}
}

// holdsSame reports whether loading from v gives what v holds, rather than a part
// of it.
func holdsSame(v ssa.Value, load *ssa.UnOp) bool {
	_, isAlloc := v.(*ssa.Alloc)
	_, isFree := v.(*ssa.FreeVar)
	return isAlloc || isFree
}

func (k *keeping) stored(addr ssa.Value) {
	switch addr := addr.(type) {
	case *ssa.Alloc:
		k.follow(addr)
	case *ssa.Global:
		k.kept, k.long = true, true
	case *ssa.FieldAddr:
		k.kept = true
		owner := typeOf(addr.X.Type())
		if owner != nil && !k.t.eff.Own(owner) {
			return // its package knows what becomes of it
		}
		if owner != nil && k.depth < maxDepth && k.t.Life(owner) == LifeLong {
			k.long = true
		}
		if a, ok := addr.X.(*ssa.Alloc); ok {
			inner := keeping{t: k.t, seen: k.seen, depth: k.depth}
			inner.follow(a)
			if !inner.kept {
				k.kept = false // what it is put into is dropped
			}
			k.long = k.long || inner.long
			k.entry = k.entry || inner.entry
		}
	case *ssa.IndexAddr:
		k.kept = true
	default:
		k.kept = true
	}
}

func (k *keeping) captured(v ssa.Value, mc *ssa.MakeClosure) {
	if fn, ok := mc.Fn.(*ssa.Function); ok && fn.Parent() != nil && k.t.eff.RunsNow(fn) {
		for i, b := range mc.Bindings {
			if b == v {
				k.follow(fn.FreeVars[i])
			}
		}
		return
	}
	k.kept = true
	for _, ref := range *mc.Referrers() {
		if call, ok := ref.(ssa.CallInstruction); ok && k.t.eff.Routes(call.Common()) {
			k.long = true
		}
		if conv, ok := ref.(*ssa.ChangeType); ok {
			for _, ref := range *conv.Referrers() {
				if call, ok := ref.(ssa.CallInstruction); ok && k.t.eff.Routes(call.Common()) {
					k.long = true
				}
			}
		}
	}
}

// returned follows a value to the callers of the function that returns it.
func (k *keeping) returned(ret *ssa.Return, v ssa.Value) {
	fn := ret.Parent()
	calls, all := k.t.eff.Calls(fn)
	if !all || len(calls) == 0 || k.depth == maxDepth {
		k.kept = true
		if len(calls) == 0 || k.depth == maxDepth {
			return
		}
	}
	for _, call := range calls {
		result, ok := call.(*ssa.Call)
		if !ok {
			continue
		}
		inner := keeping{t: k.t, seen: k.seen, depth: k.depth + 1}
		if len(ret.Results) == 1 {
			inner.follow(result)
		} else {
			for _, ref := range *result.Referrers() {
				if ex, ok := ref.(*ssa.Extract); ok && ret.Results[min(ex.Index, len(ret.Results)-1)] == v {
					inner.follow(ex)
				}
			}
		}
		k.kept = k.kept || inner.kept
		k.long = k.long || inner.long
		k.entry = k.entry || inner.entry
	}
}

// call judges a call that is given a value: what the callee does with it counts
// where it is known.
func (k *keeping) call(v ssa.Value, call ssa.CallInstruction) {
	c := call.Common()
	if _, ok := c.Value.(*ssa.Builtin); ok {
		k.kept = true // appended
		return
	}
	bodies := k.t.eff.Bodies(c)
	if len(bodies) == 0 || k.depth == maxDepth {
		k.kept = k.kept || !k.t.eff.Std(c) || takesMethods(c, v)
		k.long = k.long || k.t.eff.Routes(c)
		return
	}
	for _, fn := range bodies {
		for i, arg := range origin.Arguments(c) {
			if arg == v && i < len(fn.Params) {
				inner := keeping{t: k.t, seen: k.seen, depth: k.depth + 1}
				inner.follow(fn.Params[i])
				k.kept = k.kept || inner.kept
				k.long = k.long || inner.long
				k.entry = k.entry || inner.entry
				k.entry = k.entry || inner.entry
			}
		}
	}
}

// takesMethods reports whether a call gets v as something with methods, which it
// may keep.
func takesMethods(c *ssa.CallCommon, v ssa.Value) bool {
	iface, ok := v.Type().Underlying().(*types.Interface)
	return ok && iface.NumMethods() > 0
}
