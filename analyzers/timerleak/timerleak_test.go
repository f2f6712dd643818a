package timerleak_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/leakvet/leakvet/analyzers/timerleak"
	"github.com/leakvet/leakvet/internal/ruletest"
)

func TestTimerleak(t *testing.T) {
	analysistest.Run(t, ruletest.Testdata(t), timerleak.Analyzer, "timerleak/a", "timerleak/ok", "timerleak/newer")
}

// TestAudit sees what the default tier leaves out, and that what is right is
// right there, too.
func TestAudit(t *testing.T) {
	ruletest.Audit(t)
	analysistest.Run(t, ruletest.Testdata(t), timerleak.Analyzer, "timerleak/audit", "timerleak/audit/command", "timerleak/ok", "timerleak/newer")
}
