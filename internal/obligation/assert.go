package obligation

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// typeAssert asks the resource for its type. What has just been made is mostly what it is
// taken for, unless that is a kind of its own, which may have nothing to release.
func (e *explorer) typeAssert(p *path, v *ssa.TypeAssert) []*path {
	p.Exec(v)
	named, ok := types.Unalias(deref(v.AssertedType)).(*types.Named)
	if !ok || !v.CommaOk || types.IsInterface(v.AssertedType) || !p.held() || p.Value(v.X) != e.u.Resource() {
		return []*path{p}
	}
	holds := e.u.PartOf(p.Value(v), 1)
	if made := e.spec.Handle; made != nil && !types.IsInterface(made) {
		p.SetBool(holds, types.Identical(made, v.AssertedType))
		return []*path{p}
	}
	other := p.clone()
	other.doubt = true
	other.SetBool(holds, false)
	p.SetBool(holds, true)
	p.doubt = p.doubt || !named.Obj().Exported()
	return []*path{p, other}
}

func deref(t types.Type) types.Type {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}
