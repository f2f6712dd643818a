package cancelleak_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/leakvet/leakvet/analyzers/cancelleak"
	"github.com/leakvet/leakvet/internal/ruletest"
)

func TestCancelleak(t *testing.T) {
	analysistest.Run(t, ruletest.Testdata(t), cancelleak.Analyzer, "cancelleak/a", "cancelleak/ok")
}
