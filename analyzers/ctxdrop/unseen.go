package ctxdrop

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakconfig"
)

// maxUnseen is how many calls deep one that cannot be looked into is searched.
const maxUnseen = 2

// unseen adds, in the audit tier, calls that get a fresh context and cannot be looked
// into, here or in functions of the package that are called here.
func (c *checker) unseen(fn *ssa.Function, known map[*ssa.Call]bool, scopes []ctxflow.Scope) {
	if c.r.Config().Tier != leakconfig.Audit {
		return
	}
	for call := range calls(fn) {
		if kept := storedContext(call); kept != nil && slices.ContainsFunc(scopes, ignored) {
			c.add(&drop{kind: mayWait, call: call, fresh: kept, tier: leakconfig.Audit}, call, fn, scopes)
			continue
		}
		if known[call] {
			continue
		}
		if s, ok := c.mayGetFresh(call, 0); ok {
			c.add(&drop{kind: mayWait, call: call, fresh: s, tier: leakconfig.Audit}, s, fn, scopes)
		} else if s, below, ok := c.makesFresh(call, 0); ok {
			c.add(&drop{kind: madeBelow, call: call, fresh: s, below: below, tier: leakconfig.Audit}, s, fn, scopes)
		}
	}
}

// ignored reports whether a context at hand has a name and is not used at all.
func ignored(s ctxflow.Scope) bool {
	return s.Param != nil && leakapi.IsContext(s.Param.Type()) && !s.Weak && !s.Blank && s.Unused()
}

// storedContext returns the context in a field that a call gets, or nil.
func storedContext(call *ssa.Call) ssa.Value {
	for _, arg := range call.Call.Args {
		load, ok := arg.(*ssa.UnOp)
		if !ok || !leakapi.IsContext(arg.Type()) {
			continue
		}
		if _, ok := load.X.(*ssa.FieldAddr); ok {
			return load
		}
	}
	return nil
}

func calls(fn *ssa.Function) func(yield func(*ssa.Call) bool) {
	return func(yield func(*ssa.Call) bool) {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(*ssa.Call); ok && !yield(call) {
					return
				}
			}
		}
	}
}

// mayGetFresh returns what makes the fresh context that a call gets and hands to what
// cannot be looked into, if it does.
func (c *checker) mayGetFresh(call *ssa.Call, depth int) (ssa.Value, bool) {
	for i, arg := range call.Call.Args {
		if with := contextOf(arg); with != nil && c.sum.Unseen(call) {
			if o := c.flow.Origin(with); o.Kind == ctxflow.Fresh {
				return o.Value, true
			}
		}
		if !leakapi.IsContext(arg.Type()) {
			continue
		}
		if o := c.flow.Origin(arg); o.Kind == ctxflow.Fresh && c.reaches(call, i, depth) {
			return o.Value, true
		}
	}
	return nil, false
}

// contextOf returns the context that a request gets in place of its own right where it is
// passed on, or nil.
func contextOf(request ssa.Value) ssa.Value {
	with, ok := request.(*ssa.Call)
	if !ok || len(with.Call.Args) != 2 {
		return nil
	}
	fn := with.Call.StaticCallee()
	if fn == nil || fn.Name() != "WithContext" || fn.Signature.Recv() == nil || !leakapi.IsContext(with.Call.Args[1].Type()) {
		return nil
	}
	return with.Call.Args[1]
}

// reaches reports whether a call cannot be looked into, or hands argument i to one that
// cannot.
func (c *checker) reaches(call *ssa.Call, i, depth int) bool {
	if c.sum.Unseen(call) {
		return true
	}
	_, body := c.sum.Callee(call)
	if body == nil || depth == maxUnseen || call.Call.IsInvoke() || i >= len(body.Params) {
		return false
	}
	for inner := range calls(body) {
		if j := slices.IndexFunc(inner.Call.Args, func(a ssa.Value) bool {
			return leakapi.IsContext(a.Type()) && c.flow.Origin(a) == ctxflow.Origin{Kind: ctxflow.Given, Value: body.Params[i]}
		}); j >= 0 && c.reaches(inner, j, depth+1) {
			return true
		}
	}
	return false
}

// makesFresh returns the fresh context that a function of the package makes which a call
// calls, and the call that gets it and cannot be looked into, if it takes no context.
func (c *checker) makesFresh(call *ssa.Call, depth int) (ssa.Value, *ssa.Call, bool) {
	_, body := c.sum.Callee(call)
	if body == nil || depth == maxUnseen || call.Call.IsInvoke() || len(c.flow.Scopes(body)) > 0 || body.Parent() != nil {
		return nil, nil, false
	}
	for inner := range calls(body) {
		if s, ok := c.mayGetFresh(inner, depth+1); ok && c.sum.Unseen(inner) {
			return s, inner, true
		}
		if s, below, ok := c.makesFresh(inner, depth+1); ok {
			return s, below, true
		}
	}
	return nil, nil, false
}
