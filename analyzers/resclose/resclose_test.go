package resclose_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/leakvet/leakvet/analyzers/resclose"
	"github.com/leakvet/leakvet/internal/ruletest"
)

func TestResclose(t *testing.T) {
	analysistest.Run(t, ruletest.Testdata(t), resclose.Analyzer, "resclose/a", "resclose/around", "resclose/ok", "resclose/ok/cmd", "resclose/ok/cmd/imports", "resclose/ok/filestest", "resclose/missed", "resclose/libs", "resclose/cross/idx", "resclose/cross/app", "resclose/cross/said/lib", "resclose/cross/said/app")
}

// TestAudit sees what the default tier leaves out, and that what is right is
// right there, too.
func TestAudit(t *testing.T) {
	ruletest.Audit(t)
	analysistest.Run(t, ruletest.Testdata(t), resclose.Analyzer, "resclose/audit", "resclose/ok", "resclose/missed")
}

func TestFixes(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, ruletest.Testdata(t), resclose.Analyzer, "resclose/fix")
}
