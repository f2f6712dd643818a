package origin

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// load traces what a variable, a field or an element holds.
func (w *walker) load(v *ssa.UnOp) Origin {
	switch addr := v.X.(type) {
	case *ssa.FieldAddr:
		return w.part(addr.X, fieldOf(addr.X.Type(), addr.Field), v.Block())
	case *ssa.IndexAddr:
		if k, ok := addr.Index.(*ssa.Const); ok {
			if o, ok := w.element(addr.X, k); ok {
				return o
			}
		}
		return w.content(addr.X, v.Block())
	case *ssa.Alloc:
		return w.cell(addr, v)
	case *ssa.FreeVar:
		return w.captured(addr)
	case *ssa.Global:
		if g, ok := addr.Object().(*types.Var); ok {
			o, _ := w.t.variableOrigin(g)
			return o
		}
	case *ssa.Phi:
		o := Origin{}
		for i, e := range addr.Edges {
			o = join(o, w.trace(e, addr.Block().Preds[i]))
		}
		return o
	case *ssa.Parameter, *ssa.Call, *ssa.Extract, *ssa.UnOp:
		return w.trace(addr, v.Block()) // what is pointed to, for the pointer
	}
	return unknown
}

// selected traces a field by its name.
func (w *walker) selected(x ssa.Value, name string, at *ssa.BasicBlock) Origin {
	obj, _, _ := types.LookupFieldOrMethod(x.Type(), true, nil, name)
	if f, ok := obj.(*types.Var); ok {
		return w.part(x, f, at)
	}
	return unknown
}

// part traces a field of x, which is a struct or points to one.
func (w *walker) part(x ssa.Value, f *types.Var, at *ssa.BasicBlock) Origin {
	if f == nil {
		return unknown
	}
	if fewValues(f.Type()) {
		return Origin{}
	}
	finite, weak := w.t.eff.Field(x.Type(), f.Name())
	if finite {
		return Origin{}
	}
	if made, o := w.own(x, f); made {
		return o
	}
	if fn, _ := root(x).(*ssa.Parameter); fn != nil && f.Name() == "Path" && w.t.eff.Routed(fn.Parent()) {
		return Origin{} // the path of the route
	}
	if o, ok := w.t.variableOrigin(f); ok || o.Kind == Unbounded {
		return o
	}
	o := w.trace(x, at)
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

// onlyStore returns what is stored in a variable that is stored to once, or
// nil.
func onlyStore(a *ssa.Alloc) ssa.Value {
	var found ssa.Value
	for _, ref := range *a.Referrers() {
		if s, ok := ref.(*ssa.Store); ok && s.Addr == a {
			if found != nil {
				return nil
			}
			found = s.Val
		}
	}
	return found
}

// own traces a field of a struct that the function makes itself.
func (w *walker) own(x ssa.Value, f *types.Var) (bool, Origin) {
	if load, ok := x.(*ssa.UnOp); ok && load.Op == token.MUL {
		x = load.X // a struct's value, or a variable that points to one
	}
	alloc, ok := x.(*ssa.Alloc)
	if !ok {
		return false, Origin{}
	}
	if p, ok := alloc.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Pointer); ok {
		if inner, ok := onlyStore(alloc).(*ssa.Alloc); ok && p != nil {
			return w.own(inner, f)
		}
		return false, Origin{}
	}
	o, found := w.filled(alloc)
	for _, ref := range *alloc.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Addr == alloc {
				found = true
				o = join(o, w.part(ref.Val, f, ref.Block()))
			}
		case *ssa.FieldAddr:
			for _, use := range *ref.Referrers() {
				if s, ok := use.(*ssa.Store); ok && s.Addr == ref && fieldOf(alloc.Type(), ref.Field) == f {
					found = true
					o = join(o, w.trace(s.Val, s.Block()))
				}
			}
		}
	}
	return found, o
}

// filled traces what calls fill a variable with, a decoder among them.
func (w *walker) filled(cell ssa.Value) (Origin, bool) {
	o, found := Origin{}, false
	refs := cell.Referrers()
	if refs == nil {
		return o, false
	}
	visit := func(call *ssa.Call, arg ssa.Value) {
		args := arguments(call.Common())
		v := w.t.eff.Values(call.Common())
		if v == nil {
			for _, fn := range w.t.eff.Bodies(call.Common()) {
				for i, a := range args {
					if a != arg || i >= len(fn.Params) {
						continue
					}
					if from, ok := w.t.fill(fn, fn.Params[i]); ok {
						found = true
						o = join(o, w.into(from, fn, call))
					}
				}
			}
			return
		}
		for _, s := range v.Sources {
			if s.Arg >= 0 && s.Arg < len(args) && args[s.Arg] == arg {
				found = true
				o = join(o, Origin{Kind: Unbounded, Source: &Source{Says: s.Says, Weak: s.Weak, Pos: call.Pos()}})
			}
		}
		for _, fill := range v.Fills {
			if fill.Arg < len(args) && fill.From < len(args) && args[fill.Arg] == arg {
				if from := anonymous(w.trace(args[fill.From], call.Block())); from.Kind != Finite || len(from.Deps) > 0 {
					found = true
					o = join(o, from)
				}
			}
		}
	}
	for _, ref := range *refs {
		switch ref := ref.(type) {
		case *ssa.Call:
			visit(ref, cell)
		case *ssa.Slice:
			for _, use := range *ref.Referrers() {
				if call, ok := use.(*ssa.Call); ok {
					visit(call, ref)
				}
			}
		case *ssa.MakeInterface:
			for _, use := range *ref.Referrers() {
				switch use := use.(type) {
				case *ssa.Call:
					visit(use, ref)
				case *ssa.Store: // one of several
					for _, call := range variadic(use) {
						visit(call.call, call.arg)
					}
				}
			}
		}
	}
	return o, found
}

// anonymous lets what is read out of a source go by the name of what it is read
// into.
func anonymous(o Origin) Origin {
	if o.Source != nil && o.Source.Says == "" {
		s := *o.Source
		s.Text = ""
		o.Source = &s
	}
	return o
}

type passed struct {
	call *ssa.Call
	arg  ssa.Value
}

// variadic returns the calls whose variadic arguments hold what is stored.
func variadic(s *ssa.Store) []passed {
	addr, ok := s.Addr.(*ssa.IndexAddr)
	if !ok {
		return nil
	}
	list, ok := addr.X.(*ssa.Alloc)
	if !ok {
		return nil
	}
	var out []passed
	for _, ref := range *list.Referrers() {
		if slice, ok := ref.(*ssa.Slice); ok {
			for _, use := range *slice.Referrers() {
				if call, ok := use.(*ssa.Call); ok {
					out = append(out, passed{call, slice})
				}
			}
		}
	}
	return out
}

// fill returns what fn fills with what its parameter points to; ok is false if it
// does not.
func (t *Tracer) fill(fn *ssa.Function, p *ssa.Parameter) (o Origin, ok bool) {
	if known, ok := t.fills[p]; ok {
		return known.Origin, known.ok
	}
	t.fills[p] = fillOf{} // recursion adds nothing
	w := t.walk()
	o, ok = w.filled(p)
	t.fills[p] = fillOf{o, ok}
	return o, ok
}

type fillOf struct {
	Origin
	ok bool
}

type held struct {
	Origin
	all bool
}

// variableOrigin joins all that the package stores in a field or variable; all
// is false if others may store there.
func (t *Tracer) variableOrigin(v *types.Var) (o Origin, all bool) {
	if h, ok := t.held[v]; ok {
		return h.Origin, h.all
	}
	stores, all := t.eff.Writers(v)
	t.held[v] = held{Origin{}, all} // what is stored from itself adds nothing
	if !all {
		o = unknown
	}
	w := t.walk()
	for _, s := range stores {
		stored := w.outside(w.trace(s.Val, s.Block()))
		o = join(o, stored.hop(s.Pos(), "kept in "+v.Name()))
	}
	t.held[v] = held{o, all}
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
		i := paramIndex(d.Param)
		if !ok || i < 0 || w.depth >= maxDepth {
			o = join(o, unknown)
		}
		if i < 0 || w.depth >= maxDepth {
			continue
		}
		w.depth++
		for _, call := range calls {
			if args := arguments(call.Common()); i < len(args) {
				o = join(o, w.outside(w.atCall(d, args[i], call.Block())).hop(call.Pos(), "passed to "+calledName(call.Common())))
			}
		}
		w.depth--
	}
	return o
}

// element traces what a literal list holds in one place.
func (w *walker) element(list ssa.Value, k *ssa.Const) (o Origin, ok bool) {
	if s, isSlice := list.(*ssa.Slice); isSlice && s.Low == nil {
		list = s.X
	}
	alloc, isAlloc := list.(*ssa.Alloc)
	if !isAlloc {
		return Origin{}, false
	}
	for _, ref := range *alloc.Referrers() {
		addr, isAddr := ref.(*ssa.IndexAddr)
		if !isAddr {
			continue
		}
		if i, isConst := addr.Index.(*ssa.Const); !isConst {
			return Origin{}, false // any place
		} else if i.Int64() != k.Int64() {
			continue
		}
		for _, use := range *addr.Referrers() {
			if s, isStore := use.(*ssa.Store); isStore && s.Addr == addr {
				o, ok = join(o, w.trace(s.Val, s.Block())), true
			}
		}
	}
	return o, ok
}

func paramIndex(p *ssa.Parameter) int {
	for i, q := range p.Parent().Params {
		if p == q {
			return i
		}
	}
	return -1
}

// lookup traces an element of a map or string.
func (w *walker) lookup(v *ssa.Lookup) Origin {
	return join(w.content(v.X, v.Block()), w.put(v.X, false))
}

// put traces what the package puts into the map or channel that a field or
// package-level variable holds, under which keys or with which values.
func (w *walker) put(x ssa.Value, keys bool) Origin {
	load, ok := x.(*ssa.UnOp)
	if !ok {
		return Origin{}
	}
	var v *types.Var
	switch addr := load.X.(type) {
	case *ssa.FieldAddr:
		v = fieldOf(addr.X.Type(), addr.Field)
	case *ssa.Global:
		v, _ = addr.Object().(*types.Var)
	}
	o := Origin{}
	if v == nil {
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
	return o
}

// ranged traces the keys (1) or elements (2) that a loop goes through.
func (w *walker) ranged(r *ssa.Range, index int) Origin {
	if mm, ok := r.X.(*ssa.MakeMap); ok && index == 1 {
		o := Origin{}
		for _, ref := range *mm.Referrers() {
			if up, ok := ref.(*ssa.MapUpdate); ok && up.Map == mm {
				o = join(o, w.trace(up.Key, up.Block()))
			}
		}
		return o
	}
	o := join(w.content(r.X, r.Block()), w.put(r.X, index == 1))
	if _, isMap := r.X.Type().Underlying().(*types.Map); isMap && index == 1 && o.Kind != Unbounded {
		return unknown // what it holds says nothing of its keys
	}
	return o
}

// content traces the elements of a list or map, or of what points to one.
func (w *walker) content(x ssa.Value, at *ssa.BasicBlock) Origin {
	refs := x.Referrers()
	switch x.(type) {
	case *ssa.Alloc, *ssa.MakeMap, *ssa.MakeSlice:
	default:
		return w.trace(x, at)
	}
	o, _ := w.filled(x)
	for _, ref := range *refs {
		switch ref := ref.(type) {
		case *ssa.IndexAddr:
			for _, use := range *ref.Referrers() {
				switch use := use.(type) {
				case *ssa.Store:
					if use.Addr == ref {
						o = join(o, w.trace(use.Val, use.Block()))
					}
				case *ssa.FieldAddr: // a list of structs
					for _, u := range *use.Referrers() {
						if s, ok := u.(*ssa.Store); ok && s.Addr == use {
							o = join(o, w.trace(s.Val, s.Block()))
						}
					}
				}
			}
		case *ssa.MapUpdate:
			if ref.Map == x {
				o = join(o, w.trace(ref.Value, ref.Block()))
			}
		case *ssa.Store:
			if ref.Addr == x {
				o = join(o, w.trace(ref.Val, ref.Block()))
			}
		case *ssa.FieldAddr:
			for _, use := range *ref.Referrers() {
				if s, ok := use.(*ssa.Store); ok && s.Addr == ref {
					o = join(o, w.trace(s.Val, s.Block()))
				}
			}
		}
	}
	return o
}

// captured traces a variable of the function around, as it is when the literal
// runs: whatever was stored before the literal was made or after.
func (w *walker) captured(fv *ssa.FreeVar) Origin {
	b := binding(fv)
	switch b := b.(type) {
	case *ssa.Alloc:
		mc := closure(fv.Parent())
		if mc == nil {
			return unknown
		}
		return w.reaching(b, mc.Block(), len(mc.Block().Instrs), runsLater(mc))
	case *ssa.FreeVar:
		return w.captured(b)
	}
	return unknown
}

// closure returns what makes a literal.
func closure(fn *ssa.Function) *ssa.MakeClosure {
	for _, b := range fn.Parent().Blocks {
		for _, instr := range b.Instrs {
			if mc, ok := instr.(*ssa.MakeClosure); ok && mc.Fn == fn {
				return mc
			}
		}
	}
	return nil
}

// runsLater reports whether a literal can run after what follows it.
func runsLater(mc *ssa.MakeClosure) bool {
	for _, ref := range *mc.Referrers() {
		if call, ok := ref.(*ssa.Call); !ok || call.Call.Value != mc {
			return true
		}
	}
	return false
}
