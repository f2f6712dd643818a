package obligation

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/pathcond"
)

// listed leads from a list to an element of which the path does not know which.
var listed = pathcond.Path([]byte{pathcond.StepElement})

// inList reports whether a list holds the resource, at an index that is not known.
func (e *explorer) inList(p *path, list pathcond.Sym) bool {
	elem := e.u.AddrOf(list, pathcond.Element)
	return elem != 0 && p.status == open && p.Holds(elem) != 0 && p.Reaches(p.Holds(elem))
}

// holdsIt reports whether a slice has the resource among its elements: it is not empty.
func (e *explorer) holdsIt(p *path, list ssa.Value) bool {
	_, ok := list.Type().Underlying().(*types.Slice)
	return ok && p.status == open && p.Reaches(p.Value(list))
}

// ofFuncs reports whether a list is one of functions: whoever calls them all may have what
// they capture released.
func ofFuncs(t types.Type) bool {
	list, ok := t.Underlying().(*types.Slice)
	if !ok {
		return false
	}
	_, ok = list.Elem().Underlying().(*types.Signature)
	return ok
}

// lastIndex records that there is a last index where a list is known not to be empty.
func (e *explorer) lastIndex(p *path, v *ssa.BinOp) {
	k, ok := v.Y.(*ssa.Const)
	if !ok || v.Op != token.SUB || k.Value == nil || k.Value.Kind() != constant.Int {
		return
	}
	if e.u.InLoop(v.Block()) {
		p.Redefine(v)
	}
	if lo, _ := p.Bounds(p.Value(v.X)); lo > 0 && lo >= k.Int64() && k.Int64() > 0 {
		p.AtLeast(p.Value(v), lo-k.Int64())
	}
}
