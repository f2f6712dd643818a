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
			if ex, ok := ref.(*ssa.Extract); ok && ex.Index == al.Result && in.of(ex) {
				return true
			}
		}
	}
	_, tuple := j.a.Call.Type().(*types.Tuple)
	return !tuple && in.of(j.a.Call)
}

type installs struct {
	sum  *leaksummary.Result
	seen map[ssa.Value]bool
	made bool // something of the library's is made of it
}

// of reports whether v, or what is made of it, is installed.
func (in *installs) of(v ssa.Value) bool {
	if in.seen[v] || v.Referrers() == nil {
		return false
	}
	in.seen[v] = true
	for _, ref := range *v.Referrers() {
		if in.by(v, ref) {
			return true
		}
	}
	return false
}

func (in *installs) by(v ssa.Value, ref ssa.Instruction) bool {
	switch ref := ref.(type) {
	case *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.ChangeType, *ssa.Slice, *ssa.Phi:
		return in.of(ref.(ssa.Value))
	case *ssa.UnOp:
		_, cell := v.(*ssa.Alloc)
		return cell && in.of(ref)
	case *ssa.Store:
		if ref.Val != v {
			return false
		}
		switch addr := ref.Addr.(type) {
		case *ssa.Global:
			return true
		case *ssa.Alloc:
			return in.of(addr)
		case *ssa.IndexAddr:
			array, ok := addr.X.(*ssa.Alloc)
			return ok && in.of(array)
		}
	case *ssa.Return:
		return in.made && leakapi.Method(v.Type(), nil, "Read") == nil && leakapi.Method(v.Type(), nil, "Write") == nil
	case *ssa.Call:
		if ref.Call.IsInvoke() {
			return false
		}
		obj, _ := in.sum.Callee(ref)
		if obj == nil || obj.Pkg() == nil || !leakapi.IsStd(obj.Pkg().Path()) {
			return false
		}
		switch res := obj.Signature().Results(); {
		case res.Len() == 0:
			return obj.Signature().Recv() == nil // it is told to use it from now on
		case res.Len() == 1 && holds(ref.Type()):
			in.made = true
			return in.of(ref)
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
