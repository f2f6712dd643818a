package ctxblock_test

import (
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/leakvet/leakvet/analyzers/ctxblock"
	"github.com/leakvet/leakvet/internal/leakconfig"
)

func testdata(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestCtxblock(t *testing.T) {
	analysistest.Run(t, testdata(t), ctxblock.Analyzer, "ctxblock/a", "ctxblock/ok")
}

// TestAudit sees what the default tier leaves out.
func TestAudit(t *testing.T) {
	set := leakconfig.Analyzer.Flags.Set
	if err := set("tier", "audit"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := set("tier", "default"); err != nil {
			t.Error(err)
		}
	})
	analysistest.Run(t, testdata(t), ctxblock.Analyzer, "ctxblock/audit")
}

func TestFixes(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, testdata(t), ctxblock.Analyzer, "ctxblock/fix")
}
