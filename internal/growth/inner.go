package growth

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakssa"
)

// entries follows the entries that a lookup, or a loop over a container, finds, where
// they are maps themselves: what is put into them is kept as long as they are.
func (u *use) entries(v ssa.Value) {
	switch v := v.(type) {
	case *ssa.Lookup:
		if !v.CommaOk {
			u.entry(v)
			return
		}
		u.extracts(v, 0)
	case *ssa.Range:
		for _, ref := range *v.Referrers() {
			if next, ok := ref.(*ssa.Next); ok {
				u.extracts(next, 2)
			}
		}
	}
}

func (u *use) extracts(tuple ssa.Value, i int) {
	for _, ref := range *tuple.Referrers() {
		if ex, ok := ref.(*ssa.Extract); ok && ex.Index == i {
			u.entry(ex)
		}
	}
}

func (u *use) entry(v ssa.Value) {
	if _, ok := v.Type().Underlying().(*types.Map); !ok {
		return
	}
	if u.c.Inner == nil {
		u.c.Inner = &Container{Var: u.c.Var, Noun: "map"}
	}
	inner := &use{t: u.t, c: u.c.Inner, base: u.base, seen: u.seen, depth: u.depth, call: u.call, entryOf: true}
	inner.value(v)
}

// Within returns the maps that are a container's entries, if the package alone decides
// what becomes of them and takes nothing out of them, nor one of them out of the
// container; or nil.
func (t *Tracer) Within(c *Container) *Container {
	if c.Inner == nil || !t.Owned(c) || !t.Owned(c.Inner) || slices.ContainsFunc(c.Inserts, func(in *Insert) bool { return renews(c, in) }) {
		return nil
	}
	return c.Inner
}

// renews reports whether an insert may put a new map in the place of an entry: it is
// not one for want of another, nor the one that was there.
func renews(c *Container, in *Insert) bool {
	if phi, ok := in.Value.(*ssa.Phi); ok {
		return !slices.ContainsFunc(phi.Edges, func(e ssa.Value) bool { return isEntry(c, e) })
	}
	for d := range leakssa.Decisions(in.At.Block()) {
		switch cond := d.Cond.(type) {
		case *ssa.Extract:
			if cond.Index == 1 && isEntry(c, cond) && !d.Holds {
				return false
			}
		case *ssa.BinOp:
			if k, ok := cond.Y.(*ssa.Const); ok && k.IsNil() && isEntry(c, cond.X) && (cond.Op == token.EQL) == d.Holds {
				return false
			}
		case *ssa.UnOp:
			if cond.Op == token.NOT && isEntry(c, cond.X) && d.Holds {
				return false
			}
		}
	}
	return !isEntry(c, in.Value)
}

// isEntry reports whether a value is, or says whether there is, what a lookup in a
// container finds.
func isEntry(c *Container, v ssa.Value) bool {
	if ex, ok := v.(*ssa.Extract); ok {
		v = ex.Tuple
	}
	look, ok := v.(*ssa.Lookup)
	return ok && loads(look.X, c.Var)
}
