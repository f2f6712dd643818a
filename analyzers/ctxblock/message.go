package ctxblock

import (
	"fmt"
	"strings"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/report"
)

// wait words a wait without end.
func (c *checker) wait(s ctxflow.Site) report.Finding {
	call := s.Call()
	callee := c.sum.CallName(call)
	f := report.Finding{Pos: call.Pos()}
	if expr := leakssa.CallExpr(call); expr != nil {
		f.Pos, f.End = expr.Pos(), expr.End()
	}
	f.Message = fmt.Sprintf("nothing bounds the wait in %s: it has neither a context nor a time limit", callee)
	if path := s.Block.Path; len(path) > 0 {
		f.Message = fmt.Sprintf("nothing bounds the wait in %s (%s): it has neither a context nor a time limit",
			callee, strings.Join(append([]string{callee}, path...), " → "))
	}
	return f
}
