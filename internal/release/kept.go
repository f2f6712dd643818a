package release

import (
	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// needed reports whether what the call returns is put where it is still needed when the
// loop around it goes on: into a list, a map, a field or a channel, or a goroutine.
func (j *judge) needed() bool {
	n := need{j: j, seen: map[ssa.Value]bool{}}
	return n.of(j.a.Call)
}

type need struct {
	j    *judge
	seen map[ssa.Value]bool
}

// of reports whether v, or what holds it, is needed later.
func (n *need) of(v ssa.Value) bool {
	if n.seen[v] || v.Referrers() == nil {
		return false
	}
	n.seen[v] = true
	for _, ref := range *v.Referrers() {
		if n.by(v, ref) {
			return true
		}
	}
	return false
}

func (n *need) by(v ssa.Value, ref ssa.Instruction) bool {
	switch ref := ref.(type) {
	case *ssa.Extract:
		return !pathcond.IsError(ref.Type()) && n.of(ref)
	case *ssa.MakeInterface:
		return n.of(ref)
	case *ssa.ChangeInterface:
		return n.of(ref)
	case *ssa.TypeAssert:
		return n.of(ref)
	case *ssa.Slice:
		return n.of(ref)
	case *ssa.UnOp:
		_, cell := v.(*ssa.Alloc)
		return cell && n.of(ref)
	case *ssa.MakeClosure:
		return n.of(ref)
	case *ssa.Go, *ssa.MapUpdate, *ssa.Send:
		return true
	case *ssa.Store:
		return ref.Val == v && n.at(ref.Addr)
	case *ssa.Call:
		c := ref.Common()
		if b, ok := c.Value.(*ssa.Builtin); ok {
			return b.Name() == "append"
		}
		_, lit := v.(*ssa.MakeClosure)
		for i, a := range c.Args {
			if lit && a == v {
				how := n.j.sum.FuncArg(c, i)
				return how == leakapi.Goroutine || how == leakapi.Deferred
			}
		}
	}
	return false
}

// at reports whether what is stored at addr is needed later.
func (n *need) at(addr ssa.Value) bool {
	switch addr := addr.(type) {
	case *ssa.Alloc:
		return n.of(addr)
	case *ssa.FieldAddr:
		return n.at(addr.X)
	case *ssa.IndexAddr:
		if _, array := addr.X.(*ssa.Alloc); array {
			return n.at(addr.X)
		}
		return true
	}
	return true
}
