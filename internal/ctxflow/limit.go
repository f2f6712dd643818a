package ctxflow

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
)

// limited reports whether something may bound a wait on v, the client, dialer
// or connection that a call works with: only what is made here, and never
// given a limit, is known to have none.
func (t *Tracer) limited(v ssa.Value) bool { return t.limitedOnce(v, map[ssa.Value]bool{}) }

func (t *Tracer) limitedOnce(v ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[v] {
		return false // what leads back here adds nothing
	}
	seen[v] = true
	switch v := v.(type) {
	case *ssa.Alloc:
		return t.limitsSet(v)
	case *ssa.Call:
		if fields := t.eff.Limits(v.Type()); fields != nil {
			if of := copied(v); of != nil {
				return t.mayLimit(v, fields, map[ssa.Value]bool{}) || t.limitedOnce(of, seen)
			}
			if c, ok := t.eff.Context(v.Common(), 0); ok && c.From == leakapi.Fresh {
				return t.mayLimit(v, fields, map[ssa.Value]bool{})
			}
		}
		if !slices.Contains(t.eff.Accepts(v.Common()), 0) || t.deadlineSet(v, nil) {
			return true
		}
		for _, arg := range v.Call.Args {
			// The connection below may have a deadline, set here or by a caller.
			if !plainConn(arg) || t.deadlineSet(arg, v.Common()) || t.deadlineBefore(arg) || t.watchedBelow(arg, v.Parent()) {
				return true
			}
		}
		return false
	case *ssa.Extract:
		if a, ok := v.Tuple.(*ssa.TypeAssert); ok && v.Index == 0 {
			return t.limitedOnce(a.X, seen)
		}
		call, ok := v.Tuple.(*ssa.Call)
		return !ok || !slices.Contains(t.eff.Accepts(call.Common()), v.Index) || t.deadlineSet(v, nil)
	case *ssa.TypeAssert:
		return t.limitedOnce(v.X, seen) || t.deadlineSet(v, nil)
	case *ssa.MakeInterface:
		return t.limitedOnce(v.X, seen)
	case *ssa.Phi:
		// Known if each is, but for nil.
		for _, e := range v.Edges {
			if !isNil(e) && t.limitedOnce(e, seen) {
				return true
			}
		}
		return false
	case *ssa.UnOp:
		if v.Op != token.MUL {
			return true
		}
		addr := v.X
		if fv, ok := addr.(*ssa.FreeVar); ok {
			addr = t.binding(fv)
		}
		switch addr := addr.(type) {
		case *ssa.Global:
			return !t.eff.Unlimited(addr.Object())
		case *ssa.Alloc:
			vals := stores(addr)
			if len(vals) == 0 {
				return true
			}
			if t.watched(addr, v.Parent()) {
				return true
			}
			for _, val := range vals {
				if !isNil(val) && t.limitedOnce(val, seen) {
					return true
				}
			}
			return t.deadlineSet(v, nil)
		}
	}
	return true
}

// limitsSet reports whether a struct made here may have a limit: a field of
// that kind is set, or something else gets hold of the struct.
func (t *Tracer) limitsSet(a *ssa.Alloc) bool {
	fields := t.eff.Limits(a.Type())
	return fields == nil || t.mayLimit(a, fields, map[ssa.Value]bool{})
}

// mayLimit looks at all uses of v, the struct or a pointer to it.
func (t *Tracer) mayLimit(v ssa.Value, fields []string, seen map[ssa.Value]bool) bool {
	if seen[v] {
		return false
	}
	seen[v] = true
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.FieldAddr:
			f := leakssa.FieldAt(ref.X.Type(), ref.Field)
			if slices.Contains(fields, f.Name()) || types.IsInterface(f.Type()) && t.bringsLimits(ref) {
				return true
			}
		case *ssa.Store:
			if ref.Addr == v && isZero(ref.Val) {
				continue
			}
			cell, ok := ref.Addr.(*ssa.Alloc)
			if !ok || ref.Val != v {
				return true
			}
			for _, load := range t.loads(cell) {
				if t.mayLimit(load, fields, seen) {
					return true
				}
			}
		case *ssa.Call:
			if len(t.eff.Blocks(ref.Common())) == 0 {
				return true // it may set the limit
			}
		case *ssa.Phi:
			if t.mayLimit(ref, fields, seen) {
				return true
			}
		case *ssa.MakeInterface:
			if !onlyPut(ref) {
				return true
			}
		case *ssa.DebugRef:
		case *ssa.BinOp: // compared with nil
		default:
			return true
		}
	}
	return false
}

// onlyPut reports whether all that happens to a value is that it is put into fields.
func onlyPut(v ssa.Value) bool {
	return !slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
		st, ok := ref.(*ssa.Store)
		if !ok {
			return true
		}
		_, ok = st.Addr.(*ssa.FieldAddr)
		return !ok
	})
}

// bringsLimits reports whether what is put into a field, such as a client's transport,
// may have limits of its own.
func (t *Tracer) bringsLimits(field *ssa.FieldAddr) bool {
	return slices.ContainsFunc(*field.Referrers(), func(ref ssa.Instruction) bool {
		switch ref := ref.(type) {
		case *ssa.Store:
			return ref.Addr != ssa.Value(field) || !isNil(ref.Val) && t.limited(ref.Val)
		case *ssa.UnOp, *ssa.DebugRef:
			return false
		}
		return true
	})
}

// copied returns what a call returns a copy of, or nil.
func copied(call *ssa.Call) ssa.Value {
	c := call.Common()
	if callee := c.StaticCallee(); callee == nil || callee.Name() != "Clone" || len(c.Args) != 1 || !types.Identical(c.Args[0].Type(), call.Type()) {
		return nil
	}
	return c.Args[0]
}

// loads returns where a local variable is read, in the function and in the
// literals that capture it.
func (t *Tracer) loads(a *ssa.Alloc) []ssa.Value {
	var found []ssa.Value
	var visit func(addr ssa.Value)
	visit = func(addr ssa.Value) {
		for _, ref := range *addr.Referrers() {
			switch ref := ref.(type) {
			case *ssa.UnOp:
				found = append(found, ref)
			case *ssa.MakeClosure:
				for i, b := range ref.Bindings {
					if b == addr {
						visit(ref.Fn.(*ssa.Function).FreeVars[i])
					}
				}
			}
		}
	}
	visit(a)
	return found
}

func isZero(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.Value == nil
}

// deadlineSet reports whether the function sets a deadline on v, or hands v to
// something that may, other than the given call.
func (t *Tracer) deadlineSet(v ssa.Value, except *ssa.CallCommon) bool {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Call:
			c := ref.Common()
			if c == except {
				continue
			}
			for _, i := range t.eff.Sets(c) {
				if argument(c, i) == v {
					return true
				}
			}
			if !c.IsInvoke() && !t.eff.Tabled(c) && c.StaticCallee() != nil {
				return true // a function that may set one
			}
		case *ssa.ChangeInterface:
			if t.deadlineSet(ref, nil) {
				return true
			}
		case *ssa.MakeInterface:
			if t.deadlineSet(ref, nil) {
				return true
			}
		}
	}
	return false
}

// plainConn reports whether a connection is no wrapper made here, which may hide
// the deadline of what it wraps. Other arguments are not connections.
func plainConn(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.MakeInterface:
		_, isParam := v.X.(*ssa.Parameter)
		return isParam
	case *ssa.Call:
		return false
	}
	return true
}

// deadlineBefore reports whether v is a parameter on whose argument some caller
// in the package has set a deadline.
func (t *Tracer) deadlineBefore(v ssa.Value) bool {
	p, ok := v.(*ssa.Parameter)
	if !ok {
		return false
	}
	i := slices.Index(p.Parent().Params, p)
	for _, c := range t.eff.Callers(p.Parent()) {
		if arg := argument(c, i); arg != nil && t.deadlineSet(arg, c) {
			return true
		}
	}
	return false
}

// watchedBelow reports whether v is read from a variable that something watches, or of
// which some other use sets a deadline.
func (t *Tracer) watchedBelow(v ssa.Value, user *ssa.Function) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	addr := load.X
	if fv, ok := addr.(*ssa.FreeVar); ok {
		addr = t.binding(fv)
	}
	a, ok := addr.(*ssa.Alloc)
	return ok && (t.watched(a, user) || slices.ContainsFunc(t.loads(a), func(load ssa.Value) bool { return t.deadlineCall(load) }))
}

// deadlineCall reports whether a method that sets a deadline is called on v.
func (t *Tracer) deadlineCall(v ssa.Value) bool {
	return slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
		call, ok := ref.(*ssa.Call)
		return ok && call.Call.IsInvoke() && call.Call.Value == v && strings.HasSuffix(call.Call.Method.Name(), "Deadline")
	})
}

// watched reports whether a literal that runs beside the function, or later,
// has hold of a variable: it may close what is in it.
func (t *Tracer) watched(cell ssa.Value, user *ssa.Function) bool {
	for _, ref := range *cell.Referrers() {
		m, ok := ref.(*ssa.MakeClosure)
		if !ok {
			continue
		}
		lit := m.Fn.(*ssa.Function)
		inside := false
		for fn := user; fn != nil; fn = fn.Parent() {
			inside = inside || fn == lit
		}
		if r := t.Runs(lit); !inside && r != Now && r != AtExit {
			return true
		}
		for i, b := range m.Bindings {
			if inside && b == cell && t.watched(lit.FreeVars[i], user) {
				return true
			}
		}
	}
	return false
}

// FromPeer reports whether a call waits for the other end of a connection that
// a peer has opened.
func (t *Tracer) FromPeer(call *ssa.Call) bool {
	i := t.eff.Limiter(call.Common())
	return i >= 0 && t.accepted(argument(call.Common(), i), 0)
}

// Accepts returns the results of a call that are connections which a peer has opened.
func (t *Tracer) Accepts(call *ssa.Call) []int { return t.eff.Accepts(call.Common()) }

func (t *Tracer) accepted(v ssa.Value, depth int) bool {
	if depth > maxDepth || v == nil {
		return false
	}
	switch v := v.(type) {
	case *ssa.Call:
		return slices.Contains(t.eff.Accepts(v.Common()), 0)
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			return slices.Contains(t.eff.Accepts(call.Common()), v.Index)
		}
		if a, ok := v.Tuple.(*ssa.TypeAssert); ok {
			return t.accepted(a.X, depth+1)
		}
	case *ssa.TypeAssert:
		return t.accepted(v.X, depth+1)
	case *ssa.UnOp:
		addr := v.X
		if fv, ok := addr.(*ssa.FreeVar); ok {
			addr = t.binding(fv)
		}
		if a, ok := addr.(*ssa.Alloc); ok {
			for _, val := range stores(a) {
				if t.accepted(val, depth+1) {
					return true
				}
			}
		}
	}
	return false
}
