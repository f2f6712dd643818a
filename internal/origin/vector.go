package origin

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// VectorOf returns what is known of a vector of series.
func (t *Tracer) VectorOf(v ssa.Value) Vector { return t.vector(v, 0) }

func (t *Tracer) vector(v ssa.Value, depth int) Vector {
	if depth > 8 {
		return Vector{}
	}
	switch v := unwrapped(v).(type) {
	case *ssa.ChangeInterface:
		return t.vector(v.X, depth+1)
	case *ssa.TypeAssert:
		return t.vector(v.X, depth+1)
	case *ssa.Extract:
		return t.vector(v.Tuple, depth+1)
	case *ssa.Call:
		row := t.eff.Values(v.Common())
		if row == nil || row.Vector == nil {
			return Vector{}
		}
		if args := Arguments(v.Common()); row.Vector.Of >= 0 && row.Vector.Of < len(args) {
			return t.vector(args[row.Vector.Of], depth+1)
		}
		return t.made(v.Common(), row.Vector)
	case *ssa.Field:
		if f := FieldOf(v.X.Type(), v.Field); f != nil && f.Embedded() {
			return t.vector(v.X, depth+1)
		}
		return t.variable(FieldOf(v.X.Type(), v.Field), depth)
	case *ssa.FieldAddr: // an embedded vector
		return t.vector(v.X, depth+1)
	case *ssa.UnOp:
		switch addr := v.X.(type) {
		case *ssa.FieldAddr, *ssa.Global:
			f := VarAt(addr)
			if fa, ok := addr.(*ssa.FieldAddr); ok && f != nil && f.Embedded() { // what it is a part of counts
				if vec := t.vector(fa.X, depth+1); vec.Var != nil {
					return vec
				}
			}
			return t.variable(f, depth)
		case *ssa.Alloc:
			if s := onlyStore(addr); s != nil {
				return t.vector(s, depth+1)
			}
		case *ssa.FreeVar:
			if a, ok := binding(addr).(*ssa.Alloc); ok {
				if s := onlyStore(a); s != nil {
					return t.vector(s, depth+1)
				}
			}
		}
	case *ssa.FreeVar:
		if b := binding(v); b != nil {
			return t.vector(b, depth+1)
		}
	}
	return Vector{}
}

// variable returns what is known of the vector that a field or package-level
// variable holds.
func (t *Tracer) variable(v *types.Var, depth int) Vector {
	if v == nil {
		return Vector{}
	}
	if vec, ok := t.vars[v]; ok {
		return vec
	}
	t.vars[v] = Vector{Var: v} // what holds itself adds nothing
	if vec, ok := t.eff.Vector(v); ok {
		vec.Var = v
		t.vars[v] = vec
		return vec
	}
	stores, _ := t.eff.Writers(v)
	out := Vector{}
	for _, s := range stores {
		if made := t.vector(s.Val, depth+1); made.Name != "" || made.Labels != nil {
			out = made
			break
		}
	}
	out.Var = v
	t.vars[v] = out
	return out
}

func (t *Tracer) made(c *ssa.CallCommon, row *leakapi.Vector) Vector {
	out := Vector{Fresh: !row.Kept}
	args := Arguments(c)
	at := func(r *leakapi.Ref) ssa.Value {
		if r == nil || r.Arg >= len(args) {
			return nil
		}
		v := args[r.Arg]
		for _, name := range r.Path {
			if v = fieldValue(v, name); v == nil {
				return nil
			}
		}
		return v
	}
	if name := at(row.Name); name != nil {
		if isText(name.Type()) {
			out.Name = text(name)
		} else if last := text(fieldValue(name, "Name")); last != "" {
			var parts []string
			for _, field := range []string{"Namespace", "Subsystem"} {
				if part := text(fieldValue(name, field)); part != "" {
					parts = append(parts, part)
				}
			}
			out.Name = strings.Join(append(parts, last), "_")
		}
	}
	if list := at(row.Labels); list != nil {
		out.Labels, out.Bound = t.names(list)
	}
	return out
}

// names returns the constants in a list of label names, and those of them that
// the vector itself bounds: with a function beside the name. It returns nil if
// not all are constants.
func (t *Tracer) names(v ssa.Value) (names, bound []string) {
	s, ok := unwrapped(v).(*ssa.Slice)
	if !ok {
		return nil, nil
	}
	list, ok := s.X.(*ssa.Alloc)
	if !ok {
		return nil, nil
	}
	elem := list.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Array).Elem()
	p := t.eff.Pair(elem)
	if p == nil {
		return texts(s), nil
	}
	for _, ref := range *list.Referrers() {
		addr, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		name := text(siblingValue(addr, p.KeyField))
		if name == "" {
			return nil, nil
		}
		names = append(names, name)
		if f := siblingValue(addr, p.ValueField); f != nil {
			if k, ok := f.(*ssa.Const); !ok || !k.IsNil() {
				bound = append(bound, name)
			}
		}
	}
	return names, bound
}

// texts returns the constants in a list of strings, or nil if not all are.
func texts(v ssa.Value) []string {
	s, ok := v.(*ssa.Slice)
	if !ok {
		return nil
	}
	alloc, ok := s.X.(*ssa.Alloc)
	if !ok {
		return nil
	}
	arr, ok := alloc.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Array)
	if !ok || arr.Len() > 64 {
		return nil
	}
	out := make([]string, arr.Len())
	for _, ref := range *alloc.Referrers() {
		addr, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		k, ok := addr.Index.(*ssa.Const)
		if !ok {
			return nil
		}
		for _, s := range storesTo(addr) {
			if out[k.Int64()] = text(s.Val); out[k.Int64()] == "" {
				return nil
			}
		}
	}
	return out
}
