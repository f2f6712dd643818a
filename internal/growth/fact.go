package growth

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/origin"
)

// Held is what a function does with the container that an argument, counted with
// the receiver first, is.
type Held struct {
	Arg     int
	Grows   bool
	Key     int // the argument under which it is put there; -1 if none is
	Shrinks bool
}

// Param returns what a function does with the map that a parameter is; ok is
// false if others get hold of it.
func (t *Tracer) Param(fn *ssa.Function, i int) (held Held, ok bool) {
	c := &Container{Var: types.NewParam(0, nil, "", nil)}
	u := &use{t: t, c: c}
	u.value(fn.Params[i])
	return t.held(c, fn, i)
}

// Method returns what a method does with the container in a field of its
// receiver, itself or by calling others of its receiver's; ok is false if that is
// not all, or others get hold of it.
func (t *Tracer) Method(fn *ssa.Function, field *types.Var) (held Held, ok bool) {
	c := &Container{Var: field}
	t.found = map[*types.Var]*Container{field: c}
	defer func() { t.found = nil }()
	if !t.within(fn, map[*ssa.Function]bool{}) {
		return Held{}, false
	}
	return t.held(c, fn, 0)
}

// within follows the container through a method and those that it calls of its
// receiver's. It reports whether it sees all of these.
func (t *Tracer) within(fn *ssa.Function, seen map[*ssa.Function]bool) bool {
	if seen[fn] {
		return true
	}
	seen[fn] = true
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			t.mentions(instr)
			call, ok := instr.(ssa.CallInstruction)
			if !ok || len(fn.Params) == 0 {
				continue
			}
			for _, arg := range origin.Arguments(call.Common()) {
				if arg != ssa.Value(fn.Params[0]) {
					continue
				}
				bodies := t.eff.Bodies(call.Common())
				if len(bodies) == 0 || slices.ContainsFunc(bodies, func(f *ssa.Function) bool { return !t.within(f, seen) }) {
					return false
				}
			}
		}
	}
	return !slices.ContainsFunc(fn.AnonFuncs, func(f *ssa.Function) bool { return !t.within(f, seen) })
}

// Emptied reports whether something else than methods that importers call takes
// something out of the container in a field of a type: a goroutine, a timer.
func (t *Tracer) Emptied(field *types.Var, asks func(*ssa.Function) bool) bool {
	for _, fn := range t.eff.Functions() {
		if fn.Parent() != nil || asks(fn) {
			continue
		}
		c := &Container{Var: field}
		t.found = map[*types.Var]*Container{field: c}
		t.within(fn, map[*ssa.Function]bool{})
		t.found = nil
		replaced := slices.ContainsFunc(c.Sets, func(st *ssa.Store) bool { return !t.initial(c, st) })
		if (c.Shrunk || len(c.Ends) > 0 || c.Shared || replaced) && !t.onlyFrom(fn, asks, map[*ssa.Function]bool{}) {
			return true
		}
	}
	return false
}

// onlyFrom reports whether a function runs only where ones that importers call
// call it.
func (t *Tracer) onlyFrom(fn *ssa.Function, asks func(*ssa.Function) bool, seen map[*ssa.Function]bool) bool {
	if asks(fn) || seen[fn] {
		return true
	}
	seen[fn] = true
	calls, ok := t.eff.Calls(fn)
	return ok && len(calls) > 0 && !slices.ContainsFunc(calls, func(c ssa.CallInstruction) bool {
		_, now := c.(*ssa.Call)
		return !now || c.Parent().Parent() != nil || !t.onlyFrom(c.Parent(), asks, seen)
	})
}

func (t *Tracer) held(c *Container, fn *ssa.Function, arg int) (Held, bool) {
	if c.Shared {
		return Held{}, false
	}
	h := Held{Arg: arg, Key: -1, Shrinks: c.Shrunk || len(c.Ends) > 0}
	h.Shrinks = h.Shrinks || slices.ContainsFunc(c.Sets, func(st *ssa.Store) bool { return !whenEmpty(st.Block(), c.Var) })
	for _, in := range c.Inserts {
		h.Grows = true
		if in.Key == nil || h.Key >= 0 {
			continue
		}
		if o := t.values.Of(in.Key, in.At.Block()); len(o.Deps) > 0 && o.Deps[0].Path == nil && types.Identical(o.Deps[0].Param.Type(), unboxed(in.Key).Type()) {
			h.Key = slices.Index(fn.Params, o.Deps[0].Param)
		} else if i := slices.Index(fn.Params, AsParam(in.Key)); i >= 0 {
			h.Key = i
		}
	}
	return h, true
}

// AsParam returns the parameter that a value is, in whatever spelling, or nil.
func AsParam(v ssa.Value) *ssa.Parameter {
	p, _ := leakssa.Plain(v).(*ssa.Parameter)
	return p
}
