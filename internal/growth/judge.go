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

// Reach says how the program comes to an insert.
type Reach uint8

const (
	Once      Reach = iota // its key is fixed where the literal is made
	Called                 // somebody calls the function
	OnMiss                 // the key is looked up before
	OnContext              // it gets the context of some piece of work
	InEndless              // it is in a loop that does not end
	OnRequest              // it serves requests
)

// Growing is an insert that can go on for ever.
type Growing struct {
	*Insert
	Origin  origin.Origin // of the key
	Reach   Reach
	Func    *ssa.Function // the declared function that it stands in
	Sibling *types.Var    // a container that entries are deleted from, into which the function puts one under the same key
	Checked bool          // a function that cannot be seen accepts the key first
	Listed  bool          // the key is one of a list that is as long as it was set up
	Memo    bool          // the entry is computed of the key alone
	Fixed   bool          // nothing can overwrite the entry: the key holds what is never equal again
	Server  *ssa.Function // the literal that serves requests, of a local container
}

// Life says how long what a container is a field of lives.
type Life uint8

const (
	LifeUnknown Life = iota
	LifeShort        // some function makes one and drops it
	LifeLong         // as long as the process, or a part of it that serves others
)

// Owned reports whether the package alone decides what becomes of a container,
// and no code of it could take anything out.
func (t *Tracer) Owned(c *Container) bool { return !c.Shrunk && t.alone(c) }

// alone reports whether nobody but the package gets hold of a container, and the
// package never puts another in its place.
func (t *Tracer) alone(c *Container) bool {
	if row := t.eff.Container(c.Var.Type()); row != nil && row.Keeps {
		return true
	}
	if c.Shared {
		return false
	}
	if c.Local() && !t.made(c) {
		return false
	}
	if slices.ContainsFunc(c.Sets, func(st *ssa.Store) bool { return !t.initial(c, st) || handedIn(st.Val, map[ssa.Value]bool{}) }) {
		return false
	}
	return !slices.ContainsFunc(t.Makers(c), func(m *Maker) bool { return m.bounds && m.Boundless == nil })
}

// initial reports whether a store only puts a container where there was none.
func (t *Tracer) initial(c *Container, st *ssa.Store) bool {
	fn := st.Parent()
	if c.Local() || !t.replaces(fn) || whenEmpty(st.Block(), c.Var) {
		return true
	}
	if f, ok := st.Addr.(*ssa.FieldAddr); ok {
		return t.fresh(f.X)
	}
	return false
}

// handedIn reports whether a container comes from a caller, or from another
// variable.
func handedIn(v ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[v] {
		return false
	}
	seen[v] = true
	switch v := v.(type) {
	case *ssa.Parameter, *ssa.FreeVar, *ssa.Lookup:
		return true
	case *ssa.UnOp:
		a, local := v.X.(*ssa.Alloc)
		return !local || slices.ContainsFunc(storesTo(a), func(st *ssa.Store) bool { return handedIn(st.Val, seen) })
	case *ssa.Phi:
		return slices.ContainsFunc(v.Edges, func(e ssa.Value) bool { return handedIn(e, seen) })
	case *ssa.ChangeType:
		return handedIn(v.X, seen)
	case *ssa.Extract:
		return handedIn(v.Tuple, seen)
	}
	return false
}

// Growing returns the inserts into a container that can go on for ever, in
// source order.
func (t *Tracer) Growing(c *Container) []*Growing {
	var out []*Growing
	for _, in := range c.Inserts {
		if g := t.grows(c, in); g != nil {
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(a, b *Growing) int { return int(a.At.Pos() - b.At.Pos()) })
	return out
}

func (t *Tracer) grows(c *Container, in *Insert) *Growing {
	fn := in.At.Parent()
	at := ssa.Instruction(in.At)
	if in.Call != nil {
		at, fn = in.Call, in.Call.Parent()
	}
	var server *ssa.Function
	if c.Local() {
		if server = t.server(c, fn, 0); server == nil {
			return nil
		}
	} else if t.setup(fn) || t.setup(in.At.Parent()) || t.fresh(in.Base) || isOption(in) {
		return nil
	}
	if guarded(at.Block(), c.Var) || guarded(in.At.Block(), c.Var) {
		return nil
	}
	g := &Growing{Insert: in, Func: leakssa.Declared(fn), Server: server}
	if in.Key != nil {
		if typ := unboxed(in.Key).Type(); FewKeys(typ) || t.values.FewValues(typ) || t.existing(c, in) {
			return nil
		}
		g.Origin = t.values.Of(in.Key, in.At.Block())
		if t.few(g.Origin, 0) {
			return nil
		}
		g.Checked = t.checked(in)
		g.Listed = t.listed(unboxed(in.Key))
		g.Fixed = neverEqual(in.Key)
		g.Sibling = t.sibling(c, in)
	}
	miss, refuses := t.onMiss(c, in)
	if refuses {
		return nil // what is there already is an error: the program's text says what is put there
	}
	if t.outer(g) {
		g.Reach = Once
		return g
	}
	if g.Reach = OnRequest; server == nil {
		g.Reach = t.reach(at, in, g.Origin)
	}
	if g.Reach == Called && miss && !calls(in.Value) {
		g.Reach = OnMiss
	}
	g.Memo = g.Origin.Kind != origin.Unbounded && computed(in.Value, in.Key)
	return g
}

func isNilConst(v ssa.Value) bool {
	k, ok := v.(*ssa.Const)
	return ok && k.IsNil()
}

// isOption reports whether an insert stands in a literal that a function only
// returns, into what that is given: an option, which a constructor calls.
func isOption(in *Insert) bool {
	lit := in.At.Parent()
	if base, ok := in.Base.(*ssa.Parameter); !ok || base.Parent() != lit || lit.Parent() == nil {
		return false
	}
	found := false
	for _, b := range lit.Parent().Blocks {
		for _, instr := range b.Instrs {
			var v ssa.Value
			if mc, ok := instr.(*ssa.MakeClosure); ok && mc.Fn == ssa.Value(lit) {
				v = mc
			} else if conv, ok := instr.(*ssa.ChangeType); ok && conv.X == ssa.Value(lit) {
				v = conv
			}
			found = found || v != nil && onlyReturned(v)
			if ret, ok := instr.(*ssa.Return); ok && slices.Contains(ret.Results, ssa.Value(lit)) {
				found = true
			}
		}
	}
	return found
}

// onlyReturned reports whether a function does nothing with a value but return it.
func onlyReturned(v ssa.Value) bool {
	return !slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
		switch ref := ref.(type) {
		case *ssa.Return, *ssa.DebugRef:
			return false
		case *ssa.ChangeType:
			return !onlyReturned(ref)
		}
		return true
	})
}

// switchedOff reports whether a block is reached only if a constant were another.
func switchedOff(b *ssa.BasicBlock) bool {
	for d := range leakssa.Decisions(b) {
		if k, ok := d.Cond.(*ssa.Const); ok && k.Value != nil && constant.BoolVal(k.Value) != d.Holds {
			return true
		}
	}
	return false
}

// guarded reports whether a block is reached once, or only while there is little
// in a container.
func guarded(b *ssa.BasicBlock, v *types.Var) bool {
	return whenEmpty(b, v) || underFlag(b) || rationed(b) || switchedOff(b)
}

// outer reports whether a key is one for all runs of a literal, which captures
// it, or gets it from one that does.
func (t *Tracer) outer(g *Growing) bool {
	return g.Origin.Kind == origin.Finite && len(g.Origin.Deps) > 0 &&
		!slices.ContainsFunc(g.Origin.Deps, func(d origin.Dep) bool { return !t.captured(d, g.At.Parent(), 0) })
}

// captured reports whether a function, or each that calls it, is a literal that
// runs later and captures what a value depends on.
func (t *Tracer) captured(d origin.Dep, fn *ssa.Function, depth int) bool {
	of := d.Param.Parent()
	if of != fn {
		return fn.Parent() != nil && !t.eff.RunsNow(fn)
	}
	calls, ok := t.eff.Calls(fn)
	i := slices.Index(fn.Params, d.Param)
	if !ok || len(calls) == 0 || depth == maxDepth {
		return false
	}
	return !slices.ContainsFunc(calls, func(c ssa.CallInstruction) bool {
		args := origin.Arguments(c.Common())
		if i >= len(args) {
			return true
		}
		o := t.values.Of(args[i], c.Block())
		return o.Kind != origin.Finite || len(o.Deps) == 0 || slices.ContainsFunc(o.Deps, func(d origin.Dep) bool { return !t.captured(d, c.Parent(), depth+1) })
	})
}

// rationed reports whether a block is reached only under a condition on how much
// something kept by the program is, other than parts of the arguments: a size is
// checked.
func rationed(b *ssa.BasicBlock) bool {
	for d := range leakssa.Decisions(b) {
		cmp, ok := d.Cond.(*ssa.BinOp)
		if !ok {
			continue
		}
		switch cmp.Op {
		case token.LSS, token.LEQ, token.GTR, token.GEQ:
		case token.EQL, token.NEQ:
			if isConst(cmp.Y) && countsDown(d.To, cmp.X) {
				return true
			}
			continue
		default:
			continue
		}
		if isKept(cmp.X) && (isKept(cmp.Y) || isConst(cmp.Y)) || isKept(cmp.Y) && isConst(cmp.X) {
			return true
		}
	}
	return false
}

func isConst(v ssa.Value) bool { _, ok := v.(*ssa.Const); return ok }

// countsDown reports whether a block, or one below it, takes from the number in a field
// or package-level variable.
func countsDown(b *ssa.BasicBlock, v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL || origin.VarAt(load.X) == nil {
		return false
	}
	kept := origin.VarAt(load.X)
	for _, x := range b.Parent().Blocks {
		if !b.Dominates(x) {
			continue
		}
		for _, instr := range x.Instrs {
			st, ok := instr.(*ssa.Store)
			if !ok || origin.VarAt(st.Addr) != kept {
				continue
			}
			if less, ok := st.Val.(*ssa.BinOp); ok && less.Op == token.SUB && loads(less.X, kept) {
				return true
			}
		}
	}
	return false
}

// isKept reports whether a number is read from a field or variable, or asked of
// one, or is one to which something is added.
func isKept(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.UnOp:
		_, captured := v.X.(*ssa.FreeVar)
		return v.Op == token.MUL && (captured || origin.VarAt(v.X) != nil)
	case *ssa.Convert:
		return isKept(v.X)
	case *ssa.BinOp:
		return (v.Op == token.ADD || v.Op == token.SUB) && (isKept(v.X) || isKept(v.Y))
	case *ssa.Call:
		if v.Call.StaticCallee() == nil || len(v.Call.Args) == 0 || slices.ContainsFunc(v.Call.Args[1:], func(a ssa.Value) bool { return !isConst(a) }) {
			return false
		}
		of := v.Call.Args[0]
		if load, ok := of.(*ssa.UnOp); ok && load.Op == token.MUL {
			of = load.X // a pointer that is kept
		}
		return origin.VarAt(of) != nil
	}
	return false
}
