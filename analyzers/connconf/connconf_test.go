package connconf_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/leakvet/leakvet/analyzers/connconf"
	"github.com/leakvet/leakvet/internal/ruletest"
)

func TestConnconf(t *testing.T) {
	analysistest.Run(t, ruletest.Testdata(t), connconf.Analyzer, "connconf/a", "connconf/frameworks", "connconf/ok", "connconf/closes", "connconf/here", "connconf/support", "connconf/cmd/check", "connconf/examples/hello", "connconf/cross/web", "connconf/cross/app")
}

// TestAudit sees what the default tier leaves out, and that what is right is
// right there, too.
func TestAudit(t *testing.T) {
	ruletest.Audit(t)
	analysistest.Run(t, ruletest.Testdata(t), connconf.Analyzer, "connconf/audit", "connconf/ok")
}
