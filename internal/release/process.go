package release

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leaksummary"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// installed reports whether the program puts what the call returns where it stays as long
// as the process, wrapped in something of the standard library: in a package-level
// variable, or in something of the library's own, such as the log; or returns what is no
// reader or writer any more, such as a logger.
func (j *judge) installed() bool {
	in := installs{sum: j.sum, seen: map[ssa.Value]bool{}}
	for _, al := range j.a.Aliases {
		for _, ref := range *j.a.Call.Referrers() {
			if ex, ok := ref.(*ssa.Extract); ok && ex.Index == al.Result && in.of(ex, false) {
				return true
			}
		}
	}
	_, tuple := j.a.Call.Type().(*types.Tuple)
	return !tuple && in.of(j.a.Call, false)
}

type installs struct {
	sum  *leaksummary.Result
	seen map[ssa.Value]bool
}

// of reports whether v, or what is made of it, is installed; made tells that v is something
// of the library's that holds the resource, not the resource itself.
func (in *installs) of(v ssa.Value, made bool) bool {
	if in.seen[v] || v.Referrers() == nil {
		return false
	}
	in.seen[v] = true
	for _, ref := range *v.Referrers() {
		if in.by(v, ref, made) {
			return true
		}
	}
	return false
}

func (in *installs) by(v ssa.Value, ref ssa.Instruction, made bool) bool {
	switch ref := ref.(type) {
	case *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.ChangeType, *ssa.Slice, *ssa.Phi:
		return in.of(ref.(ssa.Value), made)
	case *ssa.UnOp:
		_, cell := v.(*ssa.Alloc)
		return cell && in.of(ref, made)
	case *ssa.Store:
		if ref.Val != v {
			return false
		}
		switch addr := ref.Addr.(type) {
		case *ssa.Global:
			return true
		case *ssa.Alloc:
			return in.of(addr, made)
		case *ssa.IndexAddr:
			array, ok := addr.X.(*ssa.Alloc)
			return ok && in.of(array, made)
		}
	case *ssa.Return:
		return made && leakapi.Method(v.Type(), nil, "Read") == nil && leakapi.Method(v.Type(), nil, "Write") == nil
	case *ssa.Call:
		if ref.Call.IsInvoke() {
			return false
		}
		obj, _ := in.sum.Callee(ref)
		if obj == nil || obj.Pkg() == nil || !leakapi.IsStd(obj.Pkg().Path()) {
			return false
		}
		method := obj.Signature().Recv() != nil
		switch res := obj.Signature().Results(); {
		case res.Len() == 0:
			return !method // it is told to use it from now on
		case res.Len() == 1 && holds(ref.Type()) && (made || !method): // a resource's own method tells of it
			return in.of(ref, true)
		}
	}
	return false
}

// holds reports whether a value of type t can hold another.
func holds(t types.Type) bool {
	if pathcond.IsError(t) {
		return false
	}
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Struct:
		return true
	}
	return false
}
