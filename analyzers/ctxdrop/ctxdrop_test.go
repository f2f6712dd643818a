package ctxdrop_test

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/txtar"

	"github.com/leakvet/leakvet/analyzers/ctxdrop"
	"github.com/leakvet/leakvet/internal/ruletest"
)

func TestCtxdrop(t *testing.T) {
	analysistest.Run(t, ruletest.Testdata(t), ctxdrop.Analyzer,
		"ctxdrop/a", "ctxdrop/ok", "ctxdrop/ok/cmd", "ctxdrop/cross/lib", "ctxdrop/cross/detached/store", "ctxdrop/cross/detached/sqlstore", "ctxdrop/cross/app", "ctxdrop/cross/said/lib", "ctxdrop/cross/said/app")
}

// TestAudit sees what the default tier leaves out.
func TestAudit(t *testing.T) {
	ruletest.Audit(t)
	analysistest.Run(t, ruletest.Testdata(t), ctxdrop.Analyzer, "ctxdrop/audit")
}

// TestFrameworks brings its own packages along.
func TestFrameworks(t *testing.T) {
	archive, err := txtar.ParseFile(filepath.Join(ruletest.Testdata(t), "src/ctxdrop/frameworks.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range archive.Files {
		files[f.Name] = string(f.Data)
	}
	dir, cleanup, err := analysistest.WriteFiles(files)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cleanup)
	analysistest.Run(t, dir, ctxdrop.Analyzer, "shop")
}

// TestTooLate sees a context that is looked at after the work is done.
func TestTooLate(t *testing.T) {
	const want = "looked at only"
	found := 0
	for _, res := range analysistest.Run(t, ruletest.Testdata(t), ctxdrop.Analyzer, "ctxdrop/late") {
		for _, d := range res.Diagnostics {
			for _, rel := range d.Related {
				if strings.Contains(rel.Message, want) {
					found++
				}
			}
		}
	}
	if found != 2 {
		t.Errorf("%d findings say that the context is %s later, want 2", found, want)
	}
}

func TestFixes(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, ruletest.Testdata(t), ctxdrop.Analyzer, "ctxdrop/fix", "ctxdrop/fiximport")
}
