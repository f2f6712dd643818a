package resclose_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/leakvet/leakvet/analyzers/resclose"
	"github.com/leakvet/leakvet/internal/ruletest"
)

func TestAudit(t *testing.T) {
	ruletest.Audit(t)
	analysistest.Run(t, ruletest.Testdata(t), resclose.Analyzer, "resclose/a", "resclose/ok")
}

func TestResclose(t *testing.T) {
	analysistest.Run(t, ruletest.Testdata(t), resclose.Analyzer, "resclose/a", "resclose/ok")
}
