package errcache_test

import (
	"os"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/leakvet/leakvet/analyzers/errcache"
	"github.com/leakvet/leakvet/internal/ruletest"
)

func TestMain(m *testing.M) { os.Exit(ruletest.Run(m)) }

func TestErrcache(t *testing.T) {
	analysistest.Run(t, ruletest.Testdata(t), errcache.Analyzer,
		"errcache/a", "errcache/ok", "errcache/cross/lib", "errcache/cross/app")
}

// TestAudit sees what the default tier leaves out.
func TestAudit(t *testing.T) {
	ruletest.Audit(t)
	analysistest.Run(t, ruletest.Testdata(t), errcache.Analyzer, "errcache/audit", "errcache/audit/cmd")
}
