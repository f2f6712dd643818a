package pathcond

import "golang.org/x/tools/go/ssa"

// Local reports whether s is a variable of the root function or of a function
// literal within it, or what they have taken from a pool: it is theirs alone until others
// get hold of it.
func (u *Universe) Local(s Sym) bool {
	n := u.nodes[s]
	if n.kind != Value && n.kind != Old {
		return false
	}
	switch v := n.v.(type) {
	case *ssa.Alloc:
		return u.within(v.Parent())
	case *ssa.TypeAssert:
		return pooled(v.X) && u.within(v.Parent())
	case *ssa.Call:
		return pooled(v) && u.within(v.Parent())
	}
	return false
}

// made reports whether s is a variable: it is zero until it is set.
func (u *Universe) made(s Sym) bool {
	_, ok := u.nodes[s].v.(*ssa.Alloc)
	return ok && u.Local(s)
}

// pooled reports whether v has been taken from a pool.
func pooled(v ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	fn := call.Call.StaticCallee()
	return fn != nil && fn.Name() == "Get" && fn.String() == "(*sync.Pool).Get"
}
