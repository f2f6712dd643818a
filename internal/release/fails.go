package release

import (
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/leaksummary"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/report"
)

// failed words that a method which has stored the resource in its receiver puts another
// there, or fails later on and leaves it there.
func (j *judge) failed() (report.Finding, bool) {
	x, field, ok := j.sum.FailsWith(j.a)
	if !ok {
		return report.Finding{}, false
	}
	what := j.what()
	name, pos := j.a.Call.Parent().Name(), obligation.ReturnPos(x.Instr)
	f := report.Finding{Pos: j.expr.Pos(), End: j.expr.End(), Tier: leakconfig.Audit}
	says := fmt.Sprintf("%s returns an error here, and has not had it %s", name, j.a.Class.Done)
	if x.Within {
		f.Message = fmt.Sprintf("%s is not %s when %s fails at line %d: it stays in field %s", what, j.a.Class.Done, name, j.line(pos), field.Name())
	} else {
		f.Message = fmt.Sprintf("%s is not %s before %s puts another in field %s", what, j.a.Class.Done, name, field.Name())
		says = "nothing refers to the first any more"
	}
	f.Steps = append(f.Steps, report.Step{Pos: j.expr.Pos(), Message: what + " is acquired here"})
	f.Steps = append(f.Steps, branches(x)...)
	f.Steps = append(f.Steps, report.Step{Pos: pos, Key: true, Message: says})
	return f, true
}

// halfway tells of functions that release a parameter on some of their paths alone.
func (rule Rule) halfway(pass *analysis.Pass, r *report.Reporter, sum *leaksummary.Result) {
	for _, h := range sum.Halfway(pass.Analyzer.Name) {
		if r.Tests(h.Func) || r.IsTest(h.Func.Pos()) {
			continue
		}
		pos := obligation.ReturnPos(h.Exit.Instr)
		f := report.Finding{Pos: pos, End: pos, Tier: leakconfig.Audit}
		name := h.Param.Name()
		if h.Field != nil {
			name += "." + h.Field.Name()
			f.Steps = append(f.Steps, report.Step{Pos: h.Field.Pos(), Message: name + " is declared here"})
		} else {
			f.Steps = append(f.Steps, report.Step{Pos: h.Param.Pos(), Message: name + " is handed in here"})
		}
		f.Message = fmt.Sprintf("%s %s is not %s when %s returns at line %d, as it is elsewhere", h.Class.Noun, name, h.Class.Done, h.Func.Name(), pass.Fset.Position(pos).Line)
		f.Steps = append(f.Steps, branches(h.Exit)...)
		f.Steps = append(f.Steps, report.Step{Pos: pos, Key: true, Message: fmt.Sprintf("%s returns here without having it %s", h.Func.Name(), h.Class.Done)})
		r.Report(f)
	}
}
