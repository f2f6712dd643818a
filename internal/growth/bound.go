package growth

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/origin"
)

// Maker is a call, or a literal, that makes a container.
type Maker struct {
	Call    ssa.CallInstruction // nil for a literal
	Literal *ssa.Alloc
	// Boundless is what it makes it without; nil if it is bounded, or nothing is
	// known.
	Boundless *leakapi.Boundless
	bounds    bool // the tables know when it has none
}

// Makers returns what makes the values that a container is set to.
func (t *Tracer) Makers(c *Container) []*Maker {
	var out []*Maker
	for _, st := range c.Sets {
		if call := makerOf(st.Val, 0); call != nil {
			out = append(out, t.maker(call))
		} else if a := literalOf(st.Val); a != nil {
			if row := t.eff.Container(c.Var.Type()); row != nil && row.Unless != "" {
				m := &Maker{Literal: a, bounds: true}
				if n, ok := t.setting(a, []string{row.Unless}); ok && n == 0 {
					m.Boundless = &leakapi.Boundless{Says: row.Unless}
				}
				out = append(out, m)
			}
		}
	}
	return out
}

// literalOf returns the literal that v, or a pointer to it, is, or nil.
func literalOf(v ssa.Value) *ssa.Alloc {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		v = load.X
	}
	a, _ := v.(*ssa.Alloc)
	return a
}

// Boundless returns the calls in a function that make containers without a bound.
func (t *Tracer) Boundless(fn *ssa.Function) []*Maker {
	var out []*Maker
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok {
				if m := t.maker(call); m.Boundless != nil {
					out = append(out, m)
				}
			}
		}
	}
	return out
}

// makerOf returns the call that makes v, or nil.
func makerOf(v ssa.Value, depth int) ssa.CallInstruction {
	if depth > maxDepth {
		return nil
	}
	switch v := v.(type) {
	case *ssa.Call:
		return v
	case *ssa.Extract:
		return makerOf(v.Tuple, depth+1)
	case *ssa.MakeInterface:
		return makerOf(v.X, depth+1)
	case *ssa.ChangeInterface:
		return makerOf(v.X, depth+1)
	case *ssa.UnOp:
		if a, ok := v.X.(*ssa.Alloc); ok && v.Op == token.MUL {
			if stores := storesTo(a); len(stores) == 1 {
				return makerOf(stores[0].Val, depth+1)
			}
		}
	}
	return nil
}

func (t *Tracer) maker(call ssa.CallInstruction) *Maker {
	m := &Maker{Call: call}
	row := t.eff.Growth(call.Common())
	if row == nil || len(row.Boundless) == 0 {
		return m
	}
	m.bounds = true
	args := origin.Arguments(call.Common())
	for i := range row.Boundless {
		if b := &row.Boundless[i]; t.holds(b, call.Common(), args) {
			m.Boundless = b
			break
		}
	}
	return m
}

// holds reports whether a call surely makes a container without a bound.
func (t *Tracer) holds(b *leakapi.Boundless, c *ssa.CallCommon, args []ssa.Value) bool {
	for _, s := range b.When {
		if s.Arg >= len(args) {
			return false
		}
		n, ok := t.setting(args[s.Arg], s.Path)
		if !ok || n != s.Value {
			return false
		}
	}
	if len(b.Unless) == 0 {
		return true
	}
	options, ok := variadic(c, args)
	return ok && !slices.ContainsFunc(options, func(v ssa.Value) bool {
		call, ok := v.(*ssa.Call)
		return !ok || call.Call.StaticCallee() == nil || slices.Contains(b.Unless, nameOf(call.Call.StaticCallee()))
	})
}

// nameOf returns the name of a function, of a generic one without arguments.
func nameOf(fn *ssa.Function) string {
	if o := fn.Origin(); o != nil {
		fn = o
	}
	return fn.Name()
}

// variadic returns what a call passes to its variadic parameter, if that shows.
func variadic(c *ssa.CallCommon, args []ssa.Value) ([]ssa.Value, bool) {
	if !c.Signature().Variadic() || len(args) == 0 {
		return nil, false
	}
	switch list := args[len(args)-1].(type) {
	case *ssa.Const:
		return nil, list.Value == nil
	case *ssa.Slice:
		a, ok := list.X.(*ssa.Alloc)
		if !ok {
			return nil, false
		}
		var out []ssa.Value
		for _, ref := range *a.Referrers() {
			if elem, ok := ref.(*ssa.IndexAddr); ok {
				for _, st := range *elem.Referrers() {
					if st, ok := st.(*ssa.Store); ok {
						out = append(out, st.Val)
					}
				}
			}
		}
		return out, true
	}
	return nil, false
}

// setting returns the number that an argument, or a field of it, is.
func (t *Tracer) setting(v ssa.Value, path []string) (int64, bool) {
	if len(path) == 0 {
		return number(v)
	}
	if k, ok := v.(*ssa.Const); ok {
		return 0, k.Value == nil // a nil pointer to options
	}
	var a *ssa.Alloc
	switch v := v.(type) {
	case *ssa.Alloc:
		a = v
	case *ssa.UnOp:
		a, _ = v.X.(*ssa.Alloc)
	case *ssa.Call:
		return 0, t.leaves(v, path[0])
	}
	if a == nil || len(path) > 1 {
		return 0, false
	}
	for _, st := range storesTo(a) { // the whole of it
		if call, ok := st.Val.(*ssa.Call); !ok || !t.leaves(call, path[0]) {
			return 0, false
		}
	}
	for _, ref := range *a.Referrers() {
		f, ok := ref.(*ssa.FieldAddr)
		if !ok || origin.VarAt(f).Name() != path[0] {
			continue
		}
		for _, use := range *f.Referrers() {
			if st, ok := use.(*ssa.Store); ok && st.Addr == ssa.Value(f) {
				return number(st.Val)
			}
		}
	}
	return 0, true
}

func number(v ssa.Value) (int64, bool) {
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value == nil {
			return 0, true
		}
		if n, ok := constant.Int64Val(constant.ToInt(v.Value)); ok {
			return n, true
		}
	case *ssa.Convert:
		return number(v.X)
	}
	return 0, false
}

// leaves reports whether a call returns options in which a field is zero.
func (t *Tracer) leaves(call *ssa.Call, field string) bool {
	row := t.eff.Growth(call.Common())
	return row != nil && slices.ContainsFunc(row.Leaves, func(l leakapi.Leave) bool { return l.Field == field })
}
