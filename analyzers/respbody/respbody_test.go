package respbody_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/leakvet/leakvet/analyzers/respbody"
	"github.com/leakvet/leakvet/internal/ruletest"
)

func TestRespbody(t *testing.T) {
	analysistest.Run(t, ruletest.Testdata(t), respbody.Analyzer, "respbody/a", "respbody/ok", "respbody/cross/app", "respbody/cross/said/lib", "respbody/cross/said/app", "respbody/clients", "respbody/checks", "respbody/asks", "respbody/over")
}

// TestAudit sees what the default tier leaves out.
func TestAudit(t *testing.T) {
	ruletest.Audit(t)
	analysistest.Run(t, ruletest.Testdata(t), respbody.Analyzer, "respbody/audit")
}

func TestFixes(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, ruletest.Testdata(t), respbody.Analyzer, "respbody/fix")
}
