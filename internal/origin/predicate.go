package origin

import (
	"go/constant"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/pathcond"
)

// onlyWhere reports whether fn returns true, or no error, only where its
// parameter is one of few values.
func (t *Tracer) onlyWhere(fn *ssa.Function, param int, good bool) answer {
	key := boundKey{fn, param, good}
	if a, ok := t.bounds[key]; ok {
		return a
	}
	t.bounds[key] = no
	if param >= len(fn.Params) {
		return no
	}
	p := fn.Params[param]
	worst, best := yes, no
	for _, b := range fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || len(ret.Results) == 0 {
			continue
		}
		for _, last := range outcomes(ret) {
			if t.isOther(last.v, good) {
				continue
			}
			a := max(t.returns(last.v, good, p, 0), t.bounded(p, last.at))
			worst, best = min(worst, a), max(best, a)
		}
	}
	if worst == no && best > no {
		worst = maybe // some of the time; its settings may see to the rest
	}
	t.bounds[key] = worst
	return worst
}

type outcome struct {
	v  ssa.Value
	at *ssa.BasicBlock
}

// outcomes returns what the last result can be at a return: functions with
// deferred calls keep it in a variable.
func outcomes(ret *ssa.Return) []outcome {
	last := ret.Results[len(ret.Results)-1]
	if load, ok := last.(*ssa.UnOp); ok {
		if a, ok := load.X.(*ssa.Alloc); ok {
			var out []outcome
			for _, s := range storesTo(a) {
				out = append(out, outcome{s.Val, s.Block()})
			}
			return out
		}
	}
	return []outcome{{last, ret.Block()}}
}

// isOther reports whether a returned value is the other outcome: the other
// constant, or an error that is made here or kept in a package-level variable.
func (t *Tracer) isOther(last ssa.Value, good bool) bool {
	if good && pathcond.IsError(last.Type()) {
		switch v := last.(type) {
		case *ssa.MakeInterface:
			return true
		case *ssa.UnOp:
			_, global := v.X.(*ssa.Global)
			return global
		case *ssa.Call:
			return t.eff.NeverNil(v.Common(), 0)
		}
	}
	k, ok := last.(*ssa.Const)
	if !ok {
		return false
	}
	if k.Value != nil && k.Value.Kind() == constant.Bool {
		return constant.BoolVal(k.Value) != good
	}
	return k.IsNil() && !good
}

// returns reports whether a returned outcome tells that p is bounded, or is the
// other outcome.
func (t *Tracer) returns(last ssa.Value, good bool, p ssa.Value, depth int) answer {
	if depth > maxNesting {
		return no // loops lead back here
	}
	if !pathcond.IsError(last.Type()) {
		return t.implies(last, good, sameAs(p), 0)
	}
	switch last := last.(type) {
	case *ssa.Const:
		if good {
			return no
		}
		return yes
	case *ssa.Phi:
		worst := yes
		for i, e := range last.Edges {
			worst = min(worst, max(t.returns(e, good, p, depth+1), t.edgeBounds(last.Block().Preds[i], last.Block(), sameAs(p))))
		}
		return worst
	case *ssa.Call:
		if a := t.outcome(last, good, sameAs(p)); a != no {
			return a
		}
		if good && t.eff.Bodies(last.Common()) == nil && !t.eff.Std(last.Common()) {
			return maybe
		}
	case *ssa.Extract:
		if call, ok := last.Tuple.(*ssa.Call); ok {
			return t.outcome(call, good, sameAs(p))
		}
	}
	return no
}
