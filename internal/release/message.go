package release

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/report"
)

// finding words what becomes of the resource on the path to x.
func (j *judge) finding(x obligation.Exit) report.Finding {
	class := j.a.Class
	what := j.what()
	f := report.Finding{Pos: j.expr.Pos(), End: j.expr.End()}
	pos := obligation.ReturnPos(x.Instr)
	exit := report.Step{Pos: pos, Key: true}
	switch {
	case x.Field != nil && x.Fate == obligation.Overwritten:
		where := "variable " + x.Field.Name()
		if x.Field.IsField() {
			where = "field " + x.Field.Name()
		}
		f.Message = fmt.Sprintf("%s takes the place of an earlier one in %s, which is not %s", what, where, class.Done)
		exit.Message = fmt.Sprintf("it is stored in %s here, and nothing on the way looks at what was there", where)
	case x.Field != nil:
		f.Message = fmt.Sprintf("%s is kept in field %s, and nothing in the package has it %s", what, x.Field.Name(), class.Done)
		exit.Message = fmt.Sprintf("it is stored in field %s here", x.Field.Name())
		if x.Kept != nil {
			exit.Message = fmt.Sprintf("what holds it in field %s is handed on here", x.Field.Name())
		}
	case x.Fate == obligation.DeferLoop:
		until := "it stays open until the function returns"
		if class.Calls() {
			until = "not before the function returns"
		}
		f.Message = fmt.Sprintf("%s is %s by a defer in a loop at line %d: %s", what, class.Done, j.line(pos), until)
		exit.Message = "this defer runs when the function returns, not when the loop goes on"
		if b := j.a.Call.Block(); leakssa.StaticBound(b) || class.Few && leakssa.Bounded(b) || j.drained() || j.needed() {
			f.Tier = leakconfig.Audit
		}
	case x.Fate == obligation.Overwritten:
		f.Message = fmt.Sprintf("%s is not %s before the loop at line %d makes the call again", what, class.Done, j.line(pos))
		exit.Message = "the call is made again here, and nothing refers to the earlier result"
		if x.Defer != nil {
			exit.Message = fmt.Sprintf("the call is made again here, and the deferred call at line %d releases only the last result", j.line(x.Defer.Pos()))
			if !leakssa.EachRound(j.a.Call.Block()) {
				f.Tier = leakconfig.Audit
			}
		}
	case j.discarded():
		f.Message = fmt.Sprintf("%s is discarded and never %s", what, class.Done)
		exit.Message = "the function returns here"
	case j.never():
		f.Message = fmt.Sprintf("%s is never %s: the function returns at line %d", what, class.Done, j.line(pos))
		exit.Message = fmt.Sprintf("the function returns here, and no path has it %s", class.Done)
	default:
		f.Message = fmt.Sprintf("%s is not %s when the function returns at line %d", what, class.Done, j.line(pos))
		exit.Message = fmt.Sprintf("the function returns here without having it %s", class.Done)
	}
	f.Steps = append(f.Steps, report.Step{Pos: j.expr.Pos(), Message: what + " is acquired here"})
	f.Steps = append(f.Steps, branches(x)...)
	f.Steps = append(f.Steps, exit)
	return f
}

// what says what is left open, and where it comes from.
func (j *judge) what() string {
	noun, by := j.a.Class.Noun, callee(j.expr)
	switch {
	case j.a.Aliases[0].Result >= 0:
		return fmt.Sprintf("%s from %s", noun, by)
	case j.a.Class.Done == "stopped":
		return fmt.Sprintf("%s that %s starts", noun, by)
	}
	return fmt.Sprintf("%s that %s sets up", noun, by)
}

// forgotten turns a finding on a resource in a field into one on the method that
// ends what is in the fields beside it, if there is one.
func (j *judge) forgotten(f *report.Finding, x obligation.Exit) {
	closer := j.sum.Closer(x.Field)
	if closer == nil || j.a.Class.Audit {
		return
	}
	f.Tier = leakconfig.Default
	f.Pos, f.End = closer.Pos(), closer.Pos()
	f.Message = fmt.Sprintf("%s does not have field %s %s, which holds the %s from %s at line %d",
		closer.Name(), x.Field.Name(), j.a.Class.Done, j.a.Class.Noun, callee(j.expr), j.line(j.expr.Pos()))
}

// leftBy turns a finding on what a helper or goroutine leaves open, though it releases it
// elsewhere, into one on the return that does: a helper's own, or the literal's as the
// exit of the call.
func (j *judge) leftBy(f *report.Finding, x obligation.Exit) {
	fn, pos := x.Left.Parent(), obligation.ReturnPos(x.Left)
	what := j.what()
	last := &f.Steps[len(f.Steps)-1]
	*last = report.Step{Pos: pos, Key: true}
	if fn.Parent() != nil {
		f.Message = fmt.Sprintf("%s is not %s when the goroutine returns at line %d", what, j.a.Class.Done, j.line(pos))
		last.Message = fmt.Sprintf("the goroutine returns here without having it %s", j.a.Class.Done)
		return
	}
	f.Pos, f.End = pos, pos
	f.Message = fmt.Sprintf("%s %s is not %s when %s returns at line %d", what, j.at(pos, j.expr.Pos()), j.a.Class.Done, fn.Name(), j.line(pos))
	last.Message = fmt.Sprintf("%s returns here without having it %s", fn.Name(), j.a.Class.Done)
}

// at says where pos stands, seen from a place that is perhaps in another file.
func (j *judge) at(from, pos token.Pos) string {
	p := j.pass.Fset.Position(pos)
	if p.Filename == j.pass.Fset.Position(from).Filename {
		return fmt.Sprintf("at line %d", p.Line)
	}
	return fmt.Sprintf("at %s:%d", filepath.Base(p.Filename), p.Line)
}

// branches returns the decisions that lead to the exit; the last is the one
// that a short witness keeps.
func branches(x obligation.Exit) []report.Step {
	var steps []report.Step
	for _, b := range x.Branches {
		if pos := condPos(b.If.Cond); pos.IsValid() {
			steps = append(steps, report.Step{Pos: pos, Message: fmt.Sprintf("this is %t on the way", b.Cond)})
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
