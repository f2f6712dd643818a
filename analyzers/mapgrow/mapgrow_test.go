package mapgrow_test

import (
	"os"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/leakvet/leakvet/analyzers/mapgrow"
	"github.com/leakvet/leakvet/internal/ruletest"
)

func TestMain(m *testing.M) { os.Exit(ruletest.Run(m)) }

func TestMapgrow(t *testing.T) {
	analysistest.Run(t, ruletest.Testdata(t), mapgrow.Analyzer,
		"mapgrow/a", "mapgrow/ok", "mapgrow/support", "mapgrow/caches", "mapgrow/cross/lib", "mapgrow/cross/app", "mapgrow/cross/said/lib", "mapgrow/cross/said/app")
}

// TestAudit sees what the default tier leaves out, and that what is right is
// right there, too.
func TestAudit(t *testing.T) {
	ruletest.Audit(t)
	analysistest.Run(t, ruletest.Testdata(t), mapgrow.Analyzer, "mapgrow/audit", "mapgrow/ok")
}
