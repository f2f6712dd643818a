package cancelleak_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/leakvet/leakvet/analyzers/cancelleak"
	"github.com/leakvet/leakvet/internal/ruletest"
)

func TestAudit(t *testing.T) {
	ruletest.Audit(t)
	analysistest.Run(t, ruletest.Testdata(t), cancelleak.Analyzer, "cancelleak/a", "cancelleak/ok")
}

func TestCancelleak(t *testing.T) {
	analysistest.Run(t, ruletest.Testdata(t), cancelleak.Analyzer, "cancelleak/a", "cancelleak/ok")
}
