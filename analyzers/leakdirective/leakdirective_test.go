package leakdirective_test

import (
	"os"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/leakvet/leakvet/analyzers/leakdirective"
	"github.com/leakvet/leakvet/internal/ruletest"
)

func TestMain(m *testing.M) { os.Exit(ruletest.Run(m)) }

func TestDirective(t *testing.T) {
	analysistest.Run(t, ruletest.Testdata(t), leakdirective.Analyzer, "leakdirective/a", "leakdirective/ok", "leakdirective/cross/lib", "leakdirective/cross/app")
}

// TestAudit shows that nothing is left to the audit tier.
func TestAudit(t *testing.T) {
	ruletest.Audit(t)
	analysistest.Run(t, ruletest.Testdata(t), leakdirective.Analyzer, "leakdirective/a", "leakdirective/ok")
}
