package growth

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/origin"
)

// argument is a parameter of a function that is handed a container.
type argument struct {
	c     *Container
	param ssa.Value
}

// Containers returns what the package's functions do with each of the given
// variables, in their order.
func (t *Tracer) Containers(vars []*types.Var) []*Container {
	t.found, t.locals = map[*types.Var]*Container{}, map[token.Pos]*Container{}
	var out []*Container
	for _, v := range vars {
		if noun, ok := t.IsContainer(v.Type()); ok && t.found[v] == nil {
			c := &Container{Var: v, Noun: noun}
			t.found[v] = c
			if c.Local() {
				t.locals[v.Pos()] = c
			}
			out = append(out, c)
		}
	}
	for _, fn := range t.eff.Functions() {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				t.mentions(instr)
			}
		}
	}
	return out
}

// mentions follows the containers that an instruction names.
func (t *Tracer) mentions(instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.Alloc:
		if c := t.locals[instr.Pos()]; c != nil {
			c.in = instr
			u := &use{t: t, c: c}
			u.address(instr)
		}
	case *ssa.FieldAddr:
		if c := t.found[origin.VarAt(instr)]; c != nil {
			u := &use{t: t, c: c, base: instr.X}
			u.address(instr)
		}
	case *ssa.Field:
		if c := t.found[origin.FieldOf(instr.X.Type(), instr.Field)]; c != nil {
			u := &use{t: t, c: c, base: instr.X}
			u.value(instr)
		}
	}
	var operands [8]*ssa.Value
	for _, op := range instr.Operands(operands[:0]) {
		g, ok := (*op).(*ssa.Global)
		if !ok {
			continue
		}
		v, _ := g.Object().(*types.Var)
		if c := t.found[v]; c != nil {
			u := &use{t: t, c: c}
			u.addressIn(g, instr)
		}
	}
}

func (c *Container) shrink() { c.Shrunk, c.Emptied = true, true }

// use follows one mention of a container.
type use struct {
	t     *Tracer
	c     *Container
	base  ssa.Value
	seen  map[ssa.Value]bool
	depth int
	call  ssa.CallInstruction // the call that hands it on, from the mention's function

	entryOf bool // what is followed is an entry of the container's variable
}

// maxUses bounds how many values one mention is followed through.
const maxUses = 200

func (u *use) enter(v ssa.Value) bool {
	if u.seen == nil {
		u.seen = map[ssa.Value]bool{}
	}
	if u.seen[v] {
		return false
	}
	u.seen[v] = true
	if len(u.seen) > maxUses {
		u.c.Shared = true
		return false
	}
	return true
}

// address follows the address of a container.
func (u *use) address(addr ssa.Value) {
	if !u.enter(addr) || addr.Referrers() == nil {
		return
	}
	for _, ref := range *addr.Referrers() {
		u.addressIn(addr, ref)
	}
}

func (u *use) addressIn(addr ssa.Value, ref ssa.Instruction) {
	switch ref := ref.(type) {
	case *ssa.DebugRef:
	case *ssa.UnOp:
		if ref.Op == token.MUL {
			u.value(ref)
		}
	case *ssa.Store:
		if ref.Addr == addr {
			u.set(ref)
		} else {
			u.c.Shared = true
		}
	case ssa.CallInstruction:
		u.handed(addr, ref, true)
	case *ssa.MakeClosure:
		if ref.Fn.(*ssa.Function).Synthetic != "" {
			u.c.Shared = true // a method's value
			return
		}
		u.captured(addr, ref, u.address)
	case *ssa.Phi:
		u.address(ref)
	case *ssa.FieldAddr:
		if u.t.eff.Container(ref.X.Type()) == nil || writes(ref) {
			u.c.Shared = true
			return
		}
		u.part(ref)
	default:
		u.c.Shared = true
	}
}

// writes reports whether something is stored at an address: a container may be
// given a bound there.
func writes(addr ssa.Value) bool {
	return slices.ContainsFunc(*addr.Referrers(), func(ref ssa.Instruction) bool {
		switch ref := ref.(type) {
		case *ssa.Store:
			return ref.Addr == addr
		case *ssa.FieldAddr:
			return writes(ref)
		}
		return false
	})
}

// set judges what a container is set to.
func (u *use) set(st *ssa.Store) {
	if call, ok := st.Val.(*ssa.Call); ok {
		if b, ok := call.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" && u.isIt(call.Call.Args[0]) {
			for _, in := range u.c.Inserts {
				if in.At == ssa.Instruction(st) {
					return
				}
			}
			u.insert(&Insert{At: st, Call: u.call, Base: u.base})
			return
		}
	}
	if k, ok := st.Val.(*ssa.Const); ok && k.Value == nil && u.ended(st) {
		return
	}
	u.c.Sets = append(u.c.Sets, st)
}

// isIt reports whether v is a load of the container, or a list made from one by
// appending.
func (u *use) isIt(v ssa.Value) bool {
	for range 8 {
		switch x := v.(type) {
		case *ssa.UnOp:
			return x.Op == token.MUL && isAt(x.X, u.c.Var)
		case *ssa.Field:
			return origin.FieldOf(x.X.Type(), x.Field) == u.c.Var
		case *ssa.ChangeType:
			v = x.X
		case *ssa.Call:
			b, ok := x.Call.Value.(*ssa.Builtin)
			if !ok || b.Name() != "append" {
				return false
			}
			v = x.Call.Args[0]
		default:
			return false
		}
	}
	return false
}

func (u *use) insert(in *Insert) { u.c.Inserts = append(u.c.Inserts, in) }

// value follows a container itself.
func (u *use) value(v ssa.Value) {
	if !u.enter(v) || v.Referrers() == nil {
		return
	}
	for _, ref := range *v.Referrers() {
		u.valueIn(v, ref)
	}
}

func (u *use) valueIn(v ssa.Value, ref ssa.Instruction) {
	switch ref := ref.(type) {
	case *ssa.DebugRef, *ssa.Index:
	case *ssa.Lookup, *ssa.Range:
		u.entries(ref.(ssa.Value))
	case *ssa.IndexAddr:
		if ref.X != v {
			u.c.Shared = true
		}
	case *ssa.MapUpdate:
		if ref.Map != v {
			u.c.Shared = u.c.Shared || !u.entryOf || !loads(ref.Map, u.c.Var) // an entry may be put back
			return
		}
		if u.shortens(ref) {
			return
		}
		u.insert(&Insert{At: ref, Key: ref.Key, Value: ref.Value, Call: u.call, Base: u.base})
	case *ssa.Store:
		u.stored(ref)
	case *ssa.Phi, *ssa.ChangeType, *ssa.MakeInterface:
		u.value(ref.(ssa.Value))
	case *ssa.Slice:
		// A part of it that takes its place is a set; else it is read.
		u.value(ref)
	case *ssa.UnOp:
		if ref.Op != token.MUL {
			u.c.Shared = true
		}
		// The struct that a pointer to a container leads to is read.
	case *ssa.FieldAddr, *ssa.Field:
		u.part(ref.(ssa.Value))
	case *ssa.BinOp:
	case ssa.CallInstruction:
		u.handed(v, ref, false)
	case *ssa.MakeClosure:
		u.captured(v, ref, u.value)
	case *ssa.Return:
		u.returned(ref, v)
	default:
		u.c.Shared = true
	}
}

// part follows a part of a container: one that is embedded, whose methods are
// called in its place.
func (u *use) part(v ssa.Value) {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.UnOp:
			u.part(ref)
		case ssa.CallInstruction:
			args := origin.Arguments(ref.Common())
			if row := u.t.eff.Growth(ref.Common()); row != nil && len(args) > 0 && args[0] == v {
				u.row(row, v, ref, args)
			}
		}
	}
}

// stored follows a container into a variable; fields and elements hand it to
// others.
func (u *use) stored(st *ssa.Store) {
	a, ok := st.Addr.(*ssa.Alloc)
	if !ok {
		if isAt(st.Addr, u.c.Var) {
			if _, part := st.Val.(*ssa.Slice); part {
				u.c.shrink()
			}
			return
		}
		u.c.Shared = true
		return
	}
	u.cell(a)
}

// cell follows what a local variable holds.
func (u *use) cell(a ssa.Value) {
	if !u.enter(a) || a.Referrers() == nil {
		return
	}
	for _, ref := range *a.Referrers() {
		switch ref := ref.(type) {
		case *ssa.UnOp:
			u.value(ref)
		case *ssa.Store, *ssa.DebugRef:
		case *ssa.MakeClosure:
			u.captured(a, ref, u.cell)
		default:
			u.c.Shared = true
		}
	}
}

// captured follows a container, its address, or a variable that holds one into a literal.
func (u *use) captured(v ssa.Value, mc *ssa.MakeClosure, follow func(ssa.Value)) {
	fn, ok := mc.Fn.(*ssa.Function)
	if !ok || len(fn.Blocks) == 0 {
		u.c.Shared = true
		return
	}
	for i, b := range mc.Bindings {
		if b == v {
			follow(fn.FreeVars[i])
		}
	}
}

// shortens reports whether an entry gets a part of the list that it has been.
func (u *use) shortens(up *ssa.MapUpdate) bool {
	part, ok := up.Value.(*ssa.Slice)
	if !ok {
		return false
	}
	was, ok := part.X.(*ssa.Lookup)
	return ok && origin.Same(was.Index, up.Key) && (was.X == up.Map || loads(was.X, u.c.Var))
}
