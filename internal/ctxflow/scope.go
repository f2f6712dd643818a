package ctxflow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
)

// Scope is a context at hand in a function.
type Scope struct {
	Expr    string         // how the source names it, such as "ctx" or "r.Context()"
	Var     types.Object   // the variable that Expr begins with
	Param   *ssa.Parameter // nil for a field of the receiver
	Blank   bool           // the parameter has no name
	Weak    bool           // it may live as long as the process
	Running Running        // how the literal runs that it is captured by; Now if it is the function's own
}

// Request reports whether the context belongs to something bigger, such as a
// request.
func (s Scope) Request() bool { return s.Param != nil && !leakapi.IsContext(s.Param.Type()) }

// Unused reports whether the function does nothing with the parameter.
func (s Scope) Unused() bool {
	if s.Param == nil || s.Request() {
		return false
	}
	for _, ref := range *s.Param.Referrers() {
		if _, ok := ref.(*ssa.DebugRef); !ok {
			return false
		}
	}
	return true
}

// Scopes returns the contexts at hand in fn, the innermost first.
func (t *Tracer) Scopes(fn *ssa.Function) []Scope {
	running := Now
	var found []Scope
	for fn != nil {
		for i, p := range fn.Params {
			if i == 0 && fn.Signature.Recv() != nil {
				continue
			}
			if s, ok := t.Offered(p); ok {
				s.Running = running
				found = append(found, s)
			}
		}
		if s, ok := field(fn); ok {
			s.Running = running
			found = append(found, s)
		}
		if fn.Parent() == nil {
			break
		}
		running = worse(running, t.Runs(fn))
		fn = fn.Parent()
	}
	return found
}

// worse returns the running that is further from the function around.
func worse(a, b Running) Running {
	rank := map[Running]int{Now: 0, Joined: 1, Beside: 2, AtExit: 3, Later: 4}
	if rank[b] > rank[a] {
		return b
	}
	return a
}

// Offered returns the context that a parameter is or offers.
func (t *Tracer) Offered(p *ssa.Parameter) (Scope, bool) {
	v, ok := p.Object().(*types.Var)
	if !ok {
		return Scope{}, false
	}
	s := Scope{Var: v, Param: p, Blank: v.Name() == "" || v.Name() == "_"}
	if o := t.eff.Offer(p.Type()); o != nil {
		s.Expr, s.Weak = v.Name(), o.Weak
		if o.Get != "" {
			s.Expr += "." + o.Get
		}
		return s, true
	}
	return s, false
}

// field returns the context that the receiver holds.
func field(fn *ssa.Function) (Scope, bool) {
	if fn.Signature.Recv() == nil || len(fn.Params) == 0 {
		return Scope{}, false
	}
	v, ok := fn.Params[0].Object().(*types.Var)
	if !ok || v.Name() == "" || v.Name() == "_" {
		return Scope{}, false
	}
	st := leakssa.StructOf(v.Type())
	if st == nil {
		return Scope{}, false
	}
	for f := range st.Fields() {
		if leakapi.IsContext(f.Type()) && !f.Embedded() {
			return Scope{Expr: v.Name() + "." + f.Name(), Var: v, Weak: true}, true
		}
	}
	return Scope{}, false
}
