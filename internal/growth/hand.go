package growth

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/origin"
)

// returned follows a container to the callers of a function that returns it.
func (u *use) returned(ret *ssa.Return, v ssa.Value) {
	fn := ret.Parent()
	calls, ok := u.t.eff.Calls(fn)
	if !ok || u.depth == maxDepth {
		u.c.Shared = true
		return
	}
	i := slices.Index(ret.Results, v)
	for _, call := range calls {
		result, ok := call.(*ssa.Call)
		if !ok {
			continue
		}
		inner := &use{t: u.t, c: u.c, base: u.base, seen: u.seen, depth: u.depth + 1}
		if len(ret.Results) == 1 {
			inner.value(result)
			continue
		}
		for _, ref := range *result.Referrers() {
			if ex, ok := ref.(*ssa.Extract); ok && ex.Index == i {
				inner.value(ex)
			}
		}
	}
}

// maxDepth is how many calls a container is followed into.
const maxDepth = 3

// handed judges a call that is given a container.
func (u *use) handed(v ssa.Value, call ssa.CallInstruction, addr bool) {
	c := call.Common()
	if b, ok := c.Value.(*ssa.Builtin); ok {
		u.builtin(b.Name(), v, call)
		return
	}
	args := origin.Arguments(c)
	if row := u.t.eff.Growth(c); row != nil {
		u.row(row, v, call, args)
		if !row.Of(slices.Index(args, v)) && !u.t.isOwn(c, v, args) && !u.t.eff.Std(c) {
			u.c.Shared = true
		}
		return
	}
	if u.t.isOwn(c, v, args) {
		return
	}
	if u.t.eff.Std(c) && !addr {
		return
	}
	bodies := u.t.eff.Bodies(c)
	if len(bodies) == 0 || u.depth == maxDepth {
		u.c.Shared = true
		return
	}
	for _, fn := range bodies {
		for i, arg := range args {
			if arg != v || i >= len(fn.Params) {
				continue
			}
			key := argument{u.c, fn.Params[i]}
			if u.t.args[key] {
				continue
			}
			u.t.args[key] = true
			at := call
			if u.call != nil {
				at = u.call
			}
			inner := &use{t: u.t, c: u.c, base: u.base, depth: u.depth + 1, call: at}
			if addr {
				inner.address(fn.Params[i])
			} else {
				inner.value(fn.Params[i])
			}
		}
	}
}

// isOwn reports whether a call is of a tabled container's own method, which does
// nothing with it but what rows say.
func (t *Tracer) isOwn(c *ssa.CallCommon, v ssa.Value, args []ssa.Value) bool {
	row := t.eff.Container(v.Type())
	return row != nil && !row.Partly && len(args) > 0 && args[0] == v && !slices.Contains(args[1:], v) && t.eff.Container(recvType(c)) != nil
}

func recvType(c *ssa.CallCommon) types.Type {
	if c.IsInvoke() {
		return c.Value.Type()
	}
	if r := c.Signature().Recv(); r != nil {
		return r.Type()
	}
	return types.Typ[types.Invalid]
}

func (u *use) builtin(name string, v ssa.Value, call ssa.CallInstruction) {
	c := call.Common()
	switch name {
	case "delete":
		if u.ended(call) {
			break
		}
		u.c.Shrunk = true
		u.c.Deletes = append(u.c.Deletes, call)
	case "clear":
		if !u.ended(call) {
			u.c.shrink()
		}
	case "len":
		if result, ok := call.(*ssa.Call); ok && u.t.limits(result, 0) {
			u.c.shrink()
		}
	case "append":
		if result, ok := call.(*ssa.Call); ok && c.Args[0] == v {
			u.value(result) // it is the container again where it is set
		}
	}
}

// limits reports whether something is decided by how much a container holds,
// other than whether it holds anything: here, where a helper decides, or where one is
// told.
func (t *Tracer) limits(n ssa.Value, depth int) bool {
	if depth > maxDepth {
		return false
	}
	for _, ref := range *n.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Convert:
			if t.limits(ref, depth+1) {
				return true
			}
		case *ssa.Return:
			calls, _ := t.eff.Calls(ref.Parent())
			for _, call := range calls {
				if result, ok := call.(*ssa.Call); ok && len(ref.Results) == 1 && t.limits(result, depth+1) {
					return true
				}
			}
		case *ssa.Call:
			for _, fn := range t.eff.Bodies(ref.Common()) {
				for i, arg := range origin.Arguments(ref.Common()) {
					if arg == n && i < len(fn.Params) && t.limits(fn.Params[i], depth+1) {
						return true
					}
				}
			}
		case *ssa.BinOp:
			switch ref.Op {
			case token.LSS, token.LEQ, token.GTR, token.GEQ, token.EQL, token.NEQ:
				other := ref.X
				if other == n {
					other = ref.Y
				}
				if k, ok := other.(*ssa.Const); ok && k.Value != nil && (k.Int64() == 0 || k.Int64() == 1 && ref.Op != token.EQL) {
					continue
				}
				if isCounter(other) {
					continue // a loop over it
				}
				return true
			case token.SUB, token.ADD, token.REM:
				if ref.Op != token.SUB || !onlyIndexes(ref) {
					return true
				}
			}
		}
	}
	return false
}

// onlyIndexes reports whether a number only says which part of something is meant: what
// takes the container's place is judged where that is set.
func onlyIndexes(n *ssa.BinOp) bool {
	return len(*n.Referrers()) > 0 && !slices.ContainsFunc(*n.Referrers(), func(ref ssa.Instruction) bool {
		switch ref.(type) {
		case *ssa.Slice, *ssa.IndexAddr, *ssa.Index, *ssa.DebugRef:
			return false
		}
		return true
	})
}

// isCounter reports whether v counts a loop's rounds.
func isCounter(v ssa.Value) bool {
	if b, ok := v.(*ssa.BinOp); ok && b.Op == token.ADD {
		v = b.X
	}
	phi, ok := v.(*ssa.Phi)
	if !ok {
		return false
	}
	return slices.ContainsFunc(phi.Edges, func(e ssa.Value) bool {
		b, ok := e.(*ssa.BinOp)
		return ok && b.Op == token.ADD && b.X == v
	})
}

func (u *use) row(row *leakapi.Growth, v ssa.Value, call ssa.CallInstruction, args []ssa.Value) {
	for i, arg := range args {
		if arg != v {
			continue
		}
		if slices.Contains(row.Shrinks, i) && !u.ended(call) {
			u.c.shrink()
		}
		for _, g := range row.Grows {
			if g.Arg != i {
				continue
			}
			in := &Insert{At: call, Call: u.call, Base: u.base}
			if g.Key >= 0 && g.Key < len(args) {
				in.Key = args[g.Key]
				if g.Key+1 < len(args) {
					in.Value = args[g.Key+1]
				}
			}
			u.insert(in)
		}
	}
}
