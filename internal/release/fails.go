package release

import (
	"fmt"

	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/report"
)

// failed words that a method which has stored the resource in its receiver fails later
// on, and leaves it there.
func (j *judge) failed() (report.Finding, bool) {
	x, field, ok := j.sum.FailsWith(j.a)
	if !ok {
		return report.Finding{}, false
	}
	what := fmt.Sprintf("%s from %s", j.a.Class.Noun, callee(j.expr))
	name, pos := j.a.Call.Parent().Name(), obligation.ReturnPos(x.Instr)
	f := report.Finding{Pos: j.expr.Pos(), End: j.expr.End(), Tier: leakconfig.Audit}
	f.Message = fmt.Sprintf("%s is not %s when %s fails at line %d: it stays in field %s", what, j.a.Class.Done, name, j.line(pos), field.Name())
	f.Steps = append(f.Steps, report.Step{Pos: j.expr.Pos(), Message: what + " is acquired here"})
	f.Steps = append(f.Steps, j.branches(x)...)
	f.Steps = append(f.Steps, report.Step{Pos: pos, Key: true, Message: fmt.Sprintf("%s returns an error here, and has not had it %s", name, j.a.Class.Done)})
	return f, true
}
