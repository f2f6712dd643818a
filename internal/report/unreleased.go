package report

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/leaksummary"
	"github.com/leakvet/leakvet/internal/obligation"
)

// Unreleased judges what becomes of an acquired resource. It returns the
// finding, and false if nothing is wrong or nothing can be proven.
func Unreleased(fset *token.FileSet, sum *leaksummary.Result, a *leaksummary.Acquisition, r *Reporter) (Finding, bool) {
	res := a.Result
	if res == nil || !res.Reached || res.GaveUp || !a.Direct {
		return Finding{}, false
	}
	expr := leakssa.CallExpr(a.Call)
	if expr == nil {
		return Finding{}, false
	}
	j := &judge{fset: fset, sum: sum, a: a, expr: expr}
	exit, ok := j.worst()
	if !ok || r.IsTest(expr.Pos()) && !r.cfg.Tests && !j.never() {
		return Finding{}, false
	}
	return j.finding(exit), true
}

type judge struct {
	fset *token.FileSet
	sum  *leaksummary.Result
	a    *leaksummary.Acquisition
	expr *ast.CallExpr
}

// worst returns the exit to report: the first in the source of the gravest
// kind.
func (j *judge) worst() (obligation.Exit, bool) {
	var bad []obligation.Exit
	for _, x := range j.a.Result.Exits {
		switch x.Fate {
		case obligation.Open, obligation.Overwritten, obligation.DeferLoop:
			bad = append(bad, x)
		case obligation.Stored:
			if j.sum.Abandons(x.Field) {
				bad = append(bad, x)
			}
		}
	}
	if len(bad) == 0 {
		return obligation.Exit{}, false
	}
	return slices.MinFunc(bad, func(x, y obligation.Exit) int {
		return cmp.Or(cmp.Compare(j.rank(x), j.rank(y)), cmp.Compare(obligation.ReturnPos(x.Instr), obligation.ReturnPos(y.Instr)))
	}), true
}

// rank orders exits by how plainly they show the leak: a return that only
// follows the call, then the loop, then a return behind the loop.
func (j *judge) rank(x obligation.Exit) int {
	switch {
	case x.Fate == obligation.Open && x.Instr.Parent() == j.a.Call.Parent() && j.a.Call.Block().Dominates(x.Instr.Block()):
		return 0
	case x.Fate == obligation.Overwritten:
		return 1
	case x.Fate == obligation.Open:
		return 2
	}
	return 3
}

// never reports whether no path releases the resource or hands it on.
func (j *judge) never() bool {
	for _, x := range j.a.Result.Exits {
		switch x.Fate {
		case obligation.Open, obligation.Overwritten:
		default:
			return false
		}
	}
	return true
}

func (j *judge) line(pos token.Pos) int { return j.fset.PositionFor(pos, false).Line }

func (j *judge) finding(x obligation.Exit) Finding {
	class := j.a.Class
	what := fmt.Sprintf("%s from %s", class.Noun, callee(j.expr))
	f := Finding{Pos: j.expr.Pos(), End: j.expr.End()}
	pos := obligation.ReturnPos(x.Instr)
	exit := Step{Pos: pos, Key: true}
	switch {
	case x.Fate == obligation.Stored:
		f.Message = fmt.Sprintf("%s is kept in field %s, and nothing in the package has it %s", what, x.Field.Name(), class.Done)
		exit.Message = fmt.Sprintf("it is stored in field %s here", x.Field.Name())
	case x.Fate == obligation.DeferLoop:
		f.Message = fmt.Sprintf("%s is %s by a defer in a loop at line %d: it stays open until the function returns", what, class.Done, j.line(pos))
		exit.Message = "this defer runs when the function returns, not when the loop goes on"
		if leakssa.StaticBound(j.a.Call.Block()) {
			f.Tier = leakconfig.Audit
		}
	case x.Fate == obligation.Overwritten:
		f.Message = fmt.Sprintf("%s is not %s before the loop runs the call again", what, class.Done)
		exit.Message = "the call runs again here, and nothing refers to the earlier result"
	case j.discarded():
		f.Message = fmt.Sprintf("%s is discarded and never %s", what, class.Done)
		exit.Message = "the function returns here"
	case j.never():
		f.Message = fmt.Sprintf("%s is never %s, and the function returns at line %d", what, class.Done, j.line(pos))
		exit.Message = fmt.Sprintf("the function returns here, and no path has it %s", class.Done)
	default:
		f.Message = fmt.Sprintf("%s is not %s when the function returns at line %d", what, class.Done, j.line(pos))
		exit.Message = fmt.Sprintf("the function returns here without having it %s", class.Done)
	}
	f.Steps = append(f.Steps, Step{Pos: j.expr.Pos(), Message: what + " is acquired here"})
	f.Steps = append(f.Steps, j.branches(x)...)
	f.Steps = append(f.Steps, exit)
	return f
}

// branches returns the decisions that lead to the exit; the last is the one
// that a short witness keeps.
func (j *judge) branches(x obligation.Exit) []Step {
	var steps []Step
	for _, b := range x.Branches {
		if pos := condPos(b.Cond); pos.IsValid() {
			steps = append(steps, Step{Pos: pos, Message: "this condition decides the way"})
		}
	}
	if n := len(steps); n > 0 {
		steps[n-1].Key = true
	}
	return steps
}

func condPos(v ssa.Value) token.Pos {
	if v.Pos().IsValid() {
		return v.Pos()
	}
	if u, ok := v.(*ssa.UnOp); ok {
		return condPos(u.X)
	}
	return token.NoPos
}

// discarded reports whether the source does not even name the resource.
func (j *judge) discarded() bool {
	for _, al := range j.a.Aliases {
		if _, isTuple := j.a.Call.Type().(*types.Tuple); !isTuple {
			return len(*j.a.Call.Referrers()) == 0
		}
		for _, ref := range *j.a.Call.Referrers() {
			if e, ok := ref.(*ssa.Extract); ok && e.Index == al.Result && len(*e.Referrers()) > 0 {
				return false
			}
		}
	}
	return true
}

// callee returns how the source names what it calls, shortened if it is long.
func callee(call *ast.CallExpr) string {
	s := types.ExprString(call.Fun)
	const most = 50
	if len(s) <= most {
		return s
	}
	if sel, ok := call.Fun.(*ast.SelectorExpr); ok {
		return sel.Sel.Name
	}
	return "the call"
}
