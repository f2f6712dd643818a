package origin

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// selected traces a field by its name.
func (w *walker) selected(x ssa.Value, name string, at *ssa.BasicBlock) Origin {
	obj, index, _ := types.LookupFieldOrMethod(x.Type(), true, nil, name)
	if f, ok := obj.(*types.Var); ok {
		if made, o := w.own(x, index); made {
			return o
		}
		return w.part(x, f, at)
	}
	return unknown
}

// part traces a field of x, which is a struct or points to one.
func (w *walker) part(x ssa.Value, f *types.Var, at *ssa.BasicBlock) Origin {
	if w.steps++; f == nil || w.steps > maxSteps {
		return unknown
	}
	if w.t.FewValues(f.Type()) || w.t.eff.Few(f) {
		return Origin{}
	}
	parts := w.t.eff.Parts(x.Type())
	if parts == nil {
		parts = &leakapi.Parts{}
	}
	if slices.Contains(parts.Finite, f.Name()) {
		return Origin{}
	}
	if i := indexOf(x.Type(), f); i >= 0 {
		if made, o := w.own(x, []int{i}); made {
			return o
		}
	}
	if slices.Contains(parts.Routed, f.Name()) {
		if p, ok := root(x).(*ssa.Parameter); ok && w.t.eff.Routed(p.Parent()) {
			return Origin{}
		}
	}
	if o, ok := w.t.variableOrigin(f, w.object); ok || o.Kind == Unbounded {
		return o
	}
	weak := slices.Contains(parts.Weak, f.Name())
	outer := w.object
	w.object = true
	o := w.trace(x, at)
	w.object = outer
	switch {
	case o.Kind == Unbounded:
		if weak {
			s := *o.Source
			s.Weak = true
			o.Source = &s
		}
		return o
	case o.Kind == Unknown || len(o.Deps) == 0:
		return unknown
	}
	o = deeper(o, f.Name())
	for i := range o.Deps {
		o.Deps[i].Weak = o.Deps[i].Weak || weak
	}
	return o
}

// root returns the value that x is a part of.
func root(x ssa.Value) ssa.Value {
	for range maxSteps { // a list's variable can lead back to itself
		switch v := x.(type) {
		case *ssa.FieldAddr:
			x = v.X
		case *ssa.UnOp:
			if v.Op != token.MUL {
				return x
			}
			x = v.X
		case *ssa.FreeVar:
			b := binding(v)
			if b == nil {
				return x
			}
			x = b
		case *ssa.Alloc:
			stored := onlyStore(v)
			if stored == nil {
				return x
			}
			x = stored
		default:
			return x
		}
	}
	return x
}

type heldKey struct {
	v      *types.Var
	object bool
}

type held struct {
	Origin
	all bool
}

// variableOrigin joins all that the package stores in a field or variable; all
// is false if others may store there.
func (t *Tracer) variableOrigin(v *types.Var, object bool) (o Origin, all bool) {
	key := heldKey{v, object}
	if h, ok := t.held[key]; ok {
		return h.Origin, h.all
	}
	if t.eff.Few(v) {
		return Origin{}, true
	}
	if row := t.eff.Variable(v); row != nil {
		o = Origin{Kind: Unbounded, Source: &Source{Says: row.Says, Weak: row.Weak}}
		t.held[key] = held{o, true}
		return o, true
	}
	stores, all := t.eff.Writers(v)
	t.held[key] = held{Origin{}, all} // what is stored from itself adds nothing
	if !all {
		o = unknown
	}
	w := t.walk()
	w.object = object
	for _, s := range stores {
		stored := w.outside(w.trace(s.Val, s.Block()))
		o = join(o, stored.hop(s.Pos(), "kept in "+v.Name()))
	}
	t.held[key] = held{o, all}
	return o, all
}

// outside replaces what depends on parameters of functions that are not on the
// way by what their callers pass.
func (w *walker) outside(o Origin) Origin {
	deps := o.Deps
	o.Deps = nil
	for _, d := range deps {
		fn := d.Param.Parent()
		calls, ok := w.t.eff.Calls(fn)
		i := slices.Index(fn.Params, d.Param)
		if !ok || i < 0 || w.depth >= maxDepth {
			o = join(o, unknown)
		}
		if i < 0 || w.depth >= maxDepth {
			continue
		}
		w.depth++
		for _, call := range calls {
			if args := Arguments(call.Common()); i < len(args) {
				o = join(o, w.outside(w.atCall(d, args[i], call.Block())).hop(call.Pos(), "passed to "+calledName(call.Common())))
			}
		}
		w.depth--
	}
	return o
}

// put traces what the package puts into the map or channel that a field or
// package-level variable holds, under which keys or with which values.
func (w *walker) put(x ssa.Value, keys bool) Origin {
	load, ok := x.(*ssa.UnOp)
	if !ok {
		return Origin{}
	}
	o := Origin{}
	v := VarAt(load.X)
	if v == nil || w.t.eff.Few(v) {
		return o
	}
	for _, p := range w.t.eff.Puts(v) {
		val := p.Value
		if keys {
			val = p.Key
		}
		if val != nil {
			o = join(o, w.outside(w.trace(val, p.At.Block())).hop(p.At.Pos(), "put into "+v.Name()))
		}
	}
	if o.Source != nil && o.Source.Held == nil {
		s := *o.Source
		s.Held = v
		o.Source = &s
	}
	return o
}

// VarAt returns the field or package-level variable that is at an address, or
// nil if it is neither's.
func VarAt(addr ssa.Value) *types.Var {
	switch addr := addr.(type) {
	case *ssa.FieldAddr:
		return FieldOf(addr.X.Type(), addr.Field)
	case *ssa.Global:
		v, _ := addr.Object().(*types.Var)
		return v
	}
	return nil
}
