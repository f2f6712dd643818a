package ctxflow

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// Kind grades origins.
type Kind uint8

const (
	None     Kind = iota // no value has been seen yet
	Unknown              // it may come from anywhere
	Fresh                // made here: nobody can cancel it
	Given                // it comes from a parameter
	Detached             // cut off on purpose
)

// Origin says where a context, or the one that a value carries, comes from.
type Origin struct {
	Kind    Kind
	Value   ssa.Value // of Given the parameter, of Fresh what makes it
	Limited bool      // it ends by itself
	Derived bool      // it can end before what it comes from
}

// join merges what two paths bring. A context that may be the caller's counts
// as the caller's: what is made stands in for one that is missing.
func join(a, b Origin) Origin {
	switch {
	case a.Kind == None:
		return b
	case b.Kind == None:
		return a
	case a.Kind == Unknown || b.Kind == Unknown:
		return Origin{Kind: Unknown}
	case a.Kind == b.Kind:
		switch {
		case a.Kind == Given && a.Value != b.Value:
			return Origin{Kind: Unknown}
		case b.Kind == Fresh && b.Value.Pos() < a.Value.Pos():
			a.Value = b.Value
		}
		a.Limited = a.Limited && b.Limited
		a.Derived = a.Derived && b.Derived
		return a
	case a.Kind == Given && b.Kind == Fresh:
		return a
	case a.Kind == Fresh && b.Kind == Given:
		return b
	}
	return Origin{Kind: Detached}
}

// Tracer follows contexts through the functions of one package.
type Tracer struct {
	eff      Effects
	closures map[*ssa.Function]*closure
	memo     map[ssa.Value]Origin
	endings  map[*ssa.Function]map[*ssa.BasicBlock]Ended
}

// NewTracer returns a tracer for functions of one package.
func NewTracer(eff Effects) *Tracer {
	return &Tracer{
		eff:      eff,
		closures: map[*ssa.Function]*closure{},
		memo:     map[ssa.Value]Origin{},
		endings:  map[*ssa.Function]map[*ssa.BasicBlock]Ended{},
	}
}

// Origin returns where v, or the context that it carries, comes from.
func (t *Tracer) Origin(v ssa.Value) Origin {
	if o, ok := t.memo[v]; ok {
		return o
	}
	w := &walk{t: t, seen: map[step]bool{}}
	w.visit(step{v: v})
	t.memo[v] = w.found
	return w.found
}

// step is a value on the way back from a use, and what happens to it on the
// way forth.
type step struct {
	v                       ssa.Value
	limited, derived, apart bool
}

// walk goes back from a use to all sources, each step once.
type walk struct {
	t     *Tracer
	seen  map[step]bool
	found Origin
}

// maxSteps bounds a walk; what it does not reach is unknown.
const maxSteps = 2000

// end adds a source.
func (w *walk) end(s step, o Origin) {
	if o.Kind == Fresh && s.apart {
		o = Origin{Kind: Detached}
	}
	o.Limited = o.Limited || s.limited
	o.Derived = o.Derived || s.derived
	w.found = join(w.found, o)
}

func (w *walk) visit(s step) {
	if w.seen[s] || w.found.Kind == Unknown {
		return
	}
	w.seen[s] = true
	if len(w.seen) > maxSteps {
		w.end(s, Origin{Kind: Unknown})
		return
	}
	to := func(v ssa.Value) {
		next := s
		next.v = v
		w.visit(next)
	}
	switch v := s.v.(type) {
	case *ssa.Const:
		if v.IsNil() {
			w.end(s, Origin{Kind: Fresh, Value: v})
			return
		}
	case *ssa.Parameter:
		w.end(s, Origin{Kind: Given, Value: v})
		return
	case *ssa.Phi:
		for _, e := range v.Edges {
			to(e)
		}
		return
	case *ssa.Call:
		w.result(s, v, 0)
		return
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			w.result(s, call, v.Index)
			return
		}
		if a, ok := v.Tuple.(*ssa.TypeAssert); ok && v.Index == 0 {
			to(a.X)
			return
		}
	case *ssa.MakeInterface:
		to(v.X)
		return
	case *ssa.ChangeInterface:
		to(v.X)
		return
	case *ssa.ChangeType:
		to(v.X)
		return
	case *ssa.TypeAssert:
		to(v.X)
		return
	case *ssa.UnOp:
		if v.Op == token.MUL {
			w.load(s, v.X)
			return
		}
	}
	w.end(s, Origin{Kind: Unknown})
}

// result goes on from a call's result.
func (w *walk) result(s step, call *ssa.Call, i int) {
	c, ok := w.t.eff.Context(call.Common(), i)
	if !ok {
		w.end(s, Origin{Kind: Unknown})
		return
	}
	s.limited = s.limited || c.Limited
	switch c.From {
	case leakapi.Fresh:
		if w.t.regiven(call, i) {
			w.end(s, Origin{Kind: Unknown})
			return
		}
		s.apart = s.apart || managed(call) || w.t.enriched(call, i, nil)
		w.end(s, Origin{Kind: Fresh, Value: call})
	case leakapi.Detached:
		w.end(s, Origin{Kind: Detached})
	case leakapi.FromArg:
		arg := argument(call.Common(), c.Arg)
		if arg == nil {
			w.end(s, Origin{Kind: Unknown})
			return
		}
		s.derived = s.derived || cancels(call.Call.Signature())
		s.apart = s.apart || w.t.enriched(call, i, arg) || managed(call)
		s.v = arg
		w.visit(s)
	}
}

// cancels reports whether a call returns a function that ends the context which
// it returns too.
func cancels(sig *types.Signature) bool {
	for v := range sig.Results().Variables() {
		if _, ok := v.Type().Underlying().(*types.Signature); ok {
			return true
		}
	}
	return false
}

// load goes on from all that is stored at an address.
func (w *walk) load(s step, addr ssa.Value) {
	switch a := addr.(type) {
	case *ssa.Alloc:
		vals, ok := w.t.cell(a)
		if !ok {
			break
		}
		for _, v := range vals {
			s.v = v
			w.visit(s)
		}
		return
	case *ssa.FreeVar:
		if b := w.t.binding(a); b != nil {
			w.load(s, b)
			return
		}
	case *ssa.FieldAddr:
		// What a request's wrapper holds comes with it.
		if p, ok := a.X.(*ssa.Parameter); ok && !leakapi.IsContext(p.Type()) {
			if o := w.t.eff.Offer(p.Type()); o != nil {
				w.end(s, Origin{Kind: Given, Value: p})
				return
			}
		}
	case *ssa.Global:
		if v, ok := a.Object().(*types.Var); ok && w.t.eff.Global(v) == leakapi.Fresh {
			w.end(s, Origin{Kind: Fresh, Value: a})
			return
		}
	}
	w.end(s, Origin{Kind: Unknown})
}

// cell returns all that is stored into a local variable, in the function and
// in the literals that capture it. It fails if the variable's address is
// taken.
func (t *Tracer) cell(a *ssa.Alloc) ([]ssa.Value, bool) {
	var vals []ssa.Value
	var visit func(addr ssa.Value) bool
	visit = func(addr ssa.Value) bool {
		for _, ref := range *addr.Referrers() {
			switch ref := ref.(type) {
			case *ssa.Store:
				if ref.Addr != addr {
					return false
				}
				vals = append(vals, ref.Val)
			case *ssa.UnOp, *ssa.DebugRef:
			case *ssa.MakeClosure:
				for i, b := range ref.Bindings {
					if b == addr && !visit(ref.Fn.(*ssa.Function).FreeVars[i]) {
						return false
					}
				}
			default:
				return false
			}
		}
		return true
	}
	return vals, visit(a)
}

// stores returns what is stored into a local variable directly.
func stores(a *ssa.Alloc) []ssa.Value {
	var found []ssa.Value
	for _, ref := range *a.Referrers() {
		if s, ok := ref.(*ssa.Store); ok && s.Addr == ssa.Value(a) {
			found = append(found, s.Val)
		}
	}
	return found
}

// argument returns argument i of a call, the receiver first, or nil.
func argument(c *ssa.CallCommon, i int) ssa.Value {
	if c.IsInvoke() {
		if i == 0 {
			return c.Value
		}
		i--
	}
	if i < 0 || i >= len(c.Args) {
		return nil
	}
	return c.Args[i]
}
