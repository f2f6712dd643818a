package ctxblock_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/leakvet/leakvet/analyzers/ctxblock"
	"github.com/leakvet/leakvet/internal/ruletest"
)

func TestCtxblock(t *testing.T) {
	analysistest.Run(t, ruletest.Testdata(t), ctxblock.Analyzer, "ctxblock/a", "ctxblock/ok", "ctxblock/cross/said/lib", "ctxblock/cross/said/app")
}

// TestAudit sees what the default tier leaves out.
func TestAudit(t *testing.T) {
	ruletest.Audit(t)
	analysistest.Run(t, ruletest.Testdata(t), ctxblock.Analyzer, "ctxblock/audit")
}

func TestFixes(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, ruletest.Testdata(t), ctxblock.Analyzer, "ctxblock/fix")
}
