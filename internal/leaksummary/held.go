package leaksummary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/origin"
)

// keeps reports whether the registerer that a call returns is kept where
// something may unregister with it later, or is unregistered from: it is stored,
// captured, sent or returned, itself or wrapped in a value of this package.
func (s *summarizer) keeps(call ssa.CallInstruction) bool {
	v, ok := call.(*ssa.Call)
	if !ok {
		return true
	}
	k := keeping{s: s, seen: map[ssa.Value]bool{}}
	return k.kept(v) || k.returned
}

type keeping struct {
	s        *summarizer
	seen     map[ssa.Value]bool
	depth    int
	returned bool // from the function in question
}

// maxKeeping is how many calls a value is followed into.
const maxKeeping = 3

func (k *keeping) kept(v ssa.Value) bool {
	if k.seen[v] || v.Referrers() == nil {
		return false
	}
	k.seen[v] = true
	return slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool { return k.keeps(v, ref) })
}

func (k *keeping) keeps(v ssa.Value, ref ssa.Instruction) bool {
	switch ref := ref.(type) {
	case *ssa.Return:
		k.returned = true
	case *ssa.Store:
		if ref.Val != v {
			return false
		}
		switch addr := ref.Addr.(type) {
		case *ssa.Alloc:
			return k.kept(addr)
		case *ssa.FieldAddr:
			if made, ok := addr.X.(*ssa.Alloc); ok { // wrapped
				return k.kept(made)
			}
		case *ssa.IndexAddr:
			if list, ok := addr.X.(*ssa.Alloc); ok {
				return k.kept(list)
			}
		}
		return true
	case *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.ChangeType, *ssa.TypeAssert, *ssa.Phi, *ssa.Extract, *ssa.Slice, *ssa.UnOp:
		return k.kept(ref.(ssa.Value))
	case *ssa.MapUpdate, *ssa.Send, *ssa.MakeClosure:
		return true
	case ssa.CallInstruction:
		return k.call(v, ref)
	}
	return false
}

// call reports whether a call keeps one of its arguments, or unregisters from it.
func (k *keeping) call(v ssa.Value, call ssa.CallInstruction) bool {
	c := call.Common()
	if obj := k.s.named(c); obj != nil && k.s.valueRow(obj) != nil {
		row := k.s.valueRow(obj)
		if len(row.Forgets) > 0 {
			return true
		}
		if result, ok := call.(*ssa.Call); ok && row.Labels != nil {
			return k.kept(result) // wrapped again
		}
		return false
	}
	bodies := k.s.Bodies(c)
	if obj := k.s.named(c); bodies == nil && obj != nil && obj.Pkg() == k.s.pass.Pkg {
		return true // its body was not needed so far
	}
	if k.depth == maxKeeping {
		return len(bodies) > 0
	}
	for _, fn := range bodies {
		for i, arg := range origin.Arguments(c) {
			if arg != v || i >= len(fn.Params) {
				continue
			}
			inner := keeping{s: k.s, seen: k.seen, depth: k.depth + 1}
			if inner.kept(fn.Params[i]) {
				return true
			}
			if result, ok := call.(*ssa.Call); ok && inner.returned && k.kept(result) {
				return true
			}
		}
	}
	return false
}
