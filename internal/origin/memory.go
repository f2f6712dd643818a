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

// lookup traces an element of a map or string.
func (w *walker) lookup(v *ssa.Lookup) Origin {
	return join(w.content(v.X, v.Block()), w.put(v.X, false))
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
