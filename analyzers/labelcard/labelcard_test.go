package labelcard_test

import (
	"os"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/leakvet/leakvet/analyzers/labelcard"
	"github.com/leakvet/leakvet/internal/ruletest"
)

func TestMain(m *testing.M) { os.Exit(ruletest.Run(m)) }

func TestLabelcard(t *testing.T) {
	analysistest.Run(t, ruletest.Testdata(t), labelcard.Analyzer,
		"labelcard/a", "labelcard/ok", "labelcard/cross/lib", "labelcard/cross/app", "labelcard/cross/said/lib", "labelcard/cross/said/app")
}

// TestAudit sees what the default tier leaves out.
func TestAudit(t *testing.T) {
	ruletest.Audit(t)
	analysistest.Run(t, ruletest.Testdata(t), labelcard.Analyzer, "labelcard/audit")
}

func TestFixes(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, ruletest.Testdata(t), labelcard.Analyzer, "labelcard/fix")
}
