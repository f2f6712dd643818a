package origin

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakssa"
)

// load traces what a variable, a field or an element holds.
func (w *walker) load(v *ssa.UnOp) Origin {
	switch addr := v.X.(type) {
	case *ssa.FieldAddr:
		return w.part(addr.X, FieldOf(addr.X.Type(), addr.Field), v.Block())
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
			o, _ := w.t.variableOrigin(g, w.object)
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
	if stores := storesTo(a); len(stores) == 1 {
		return stores[0].Val
	}
	return nil
}

// storesTo returns the stores to an address, in no other form.
func storesTo(addr ssa.Value) []*ssa.Store {
	var found []*ssa.Store
	for _, ref := range *addr.Referrers() {
		if s, ok := ref.(*ssa.Store); ok && s.Addr == addr {
			found = append(found, s)
		}
	}
	return found
}

// storedAt traces what is stored at an address.
func (w *walker) storedAt(addr ssa.Value) Origin {
	o := Origin{}
	for _, s := range storesTo(addr) {
		o = join(o, w.trace(s.Val, s.Block()))
	}
	return o
}

// own traces what a path of fields leads to in a struct that the function makes
// itself.
func (w *walker) own(x ssa.Value, path []int) (bool, Origin) {
	if load, ok := x.(*ssa.UnOp); ok && load.Op == token.MUL {
		x = load.X // a struct's value, or a variable that points to one
	}
	alloc, ok := x.(*ssa.Alloc)
	if !ok {
		return false, Origin{}
	}
	if _, ok := deref(alloc.Type()).Underlying().(*types.Pointer); ok {
		if inner, ok := onlyStore(alloc).(*ssa.Alloc); ok {
			return w.own(inner, path)
		}
		return false, Origin{}
	}
	if w.owning[alloc] {
		return true, Origin{} // a copy of a copy adds nothing
	}
	w.owning[alloc] = true
	defer delete(w.owning, alloc)
	o, found := w.filled(alloc)
	inner, o2 := w.ownAt(alloc, path)
	if found || inner {
		return true, join(o, o2)
	}
	return isLiteral(alloc), Origin{} // the zero value, if nothing else has hold of it
}

// ownAt traces what is stored where a path of fields leads from an address.
func (w *walker) ownAt(addr ssa.Value, path []int) (found bool, o Origin) {
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Addr != addr {
				continue
			}
			found = true
			if len(path) == 0 {
				o = join(o, w.trace(ref.Val, ref.Block()))
			} else if made, inner := w.own(ref.Val, path); made {
				o = join(o, inner)
			} else if f := fieldAt(ref.Val.Type(), path); f != nil {
				o = join(o, w.part(ref.Val, f, ref.Block()))
			}
		case *ssa.FieldAddr:
			if len(path) > 0 && ref.Field == path[0] {
				inner, at := w.ownAt(ref, path[1:])
				found, o = found || inner, join(o, at)
			}
		}
	}
	return found, o
}

// isLiteral reports whether a struct is filled field by field and then only read.
func isLiteral(alloc *ssa.Alloc) bool {
	for _, ref := range *alloc.Referrers() {
		switch ref := ref.(type) {
		case *ssa.FieldAddr, *ssa.DebugRef:
		case *ssa.UnOp:
		case *ssa.Store:
			if ref.Val == alloc {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// fieldAt returns the field that a path leads to.
func fieldAt(t types.Type, path []int) *types.Var {
	var f *types.Var
	for _, i := range path {
		if f = FieldOf(t, i); f == nil {
			return nil
		}
		t = f.Type()
	}
	return f
}

// indexPath turns the names of fields into their places, those of embedded
// structs on the way included. It returns nil if there is no such path.
func indexPath(t types.Type, names []string) []int {
	var path []int
	for _, name := range names {
		obj, index, _ := types.LookupFieldOrMethod(t, true, nil, name)
		if f, ok := obj.(*types.Var); ok {
			path, t = append(path, index...), f.Type()
			continue
		}
		// Names that are not exported need no package here.
		i := -1
		if st := leakssa.StructOf(t); st != nil {
			for j := range st.NumFields() {
				if st.Field(j).Name() == name {
					i, t = j, st.Field(j).Type()
				}
			}
		}
		if i < 0 {
			return nil
		}
		path = append(path, i)
	}
	return path
}

// indexOf returns where among its own fields a type has a field, or -1.
func indexOf(t types.Type, f *types.Var) int {
	st := leakssa.StructOf(t)
	if st == nil {
		return -1
	}
	for i := range st.NumFields() {
		if st.Field(i) == f {
			return i
		}
	}
	return -1
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
	for _, ref := range elementRefs(alloc) {
		addr, isAddr := ref.(*ssa.IndexAddr)
		if !isAddr {
			continue
		}
		i, isConst := addr.Index.(*ssa.Const)
		for _, s := range storesTo(addr) {
			if !isConst {
				return Origin{}, false // any place
			}
			if i.Int64() == k.Int64() {
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
	if w.few(r.X) {
		return Origin{}
	}
	o := join(w.content(r.X, r.Block()), w.put(r.X, index == 1))
	if _, isMap := r.X.Type().Underlying().(*types.Map); isMap && index == 1 && o.Kind != Unbounded {
		return unknown // what it holds says nothing of its keys
	}
	return o
}

// content traces the elements of a list or map, or of what points to one.
func (w *walker) content(x ssa.Value, at *ssa.BasicBlock) Origin {
	switch x.(type) {
	case *ssa.Alloc, *ssa.MakeMap, *ssa.MakeSlice:
	default:
		return w.trace(x, at)
	}
	o, _ := w.filled(x)
	for _, ref := range elementRefs(x) {
		switch ref := ref.(type) {
		case *ssa.IndexAddr:
			o = join(o, w.storedAt(ref))
			for _, use := range *ref.Referrers() {
				if f, ok := use.(*ssa.FieldAddr); ok && !w.object { // a list of structs
					o = join(o, w.storedAt(f))
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
			if !w.object {
				o = join(o, w.storedAt(ref))
			}
		}
	}
	return o
}

// elementRefs returns the uses of a list or map, and of slices of the whole of
// it.
func elementRefs(x ssa.Value) []ssa.Instruction {
	refs := slices.Clone(*x.Referrers())
	for _, ref := range *x.Referrers() {
		if s, ok := ref.(*ssa.Slice); ok && s.Low == nil {
			refs = append(refs, *s.Referrers()...)
		}
	}
	return refs
}
