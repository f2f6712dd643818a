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
	var f report.Finding
	f.Pos, f.End = leakssa.Span(call)
	why := "it has neither a context nor a time limit"
	if s.Block.Ctx >= 0 || s.Block.Fresh {
		why = "nothing ends its context"
	}
	way := ""
	if path := s.Block.Path; len(path) > 0 {
		way = " (" + strings.Join(append([]string{callee}, path...), " → ") + ")"
	}
	f.Message = fmt.Sprintf("nothing bounds the wait in %s%s: %s", callee, way, why)
	return f
}
