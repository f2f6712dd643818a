package mapgrow_test

import (
	"fmt"
	"os"
	"sync/atomic"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/leakvet/leakvet/analyzers/mapgrow"
	"github.com/leakvet/leakvet/internal/guard"
	"github.com/leakvet/leakvet/internal/ruletest"
)

// TestMain fails if an analyzer panics: without, it would only say nothing.
func TestMain(m *testing.M) {
	var failed atomic.Bool
	guard.OnPanic = func(f guard.Failure) {
		failed.Store(true)
		fmt.Fprintf(os.Stderr, "%s panics on %s: %v\n%s", f.Analyzer, f.Package, f.Value, f.Stack)
	}
	code := m.Run()
	if code == 0 && failed.Load() {
		code = 1
	}
	os.Exit(code)
}

func TestMapgrow(t *testing.T) {
	analysistest.Run(t, ruletest.Testdata(t), mapgrow.Analyzer,
		"mapgrow/a", "mapgrow/ok", "mapgrow/caches", "mapgrow/cross/lib", "mapgrow/cross/app")
}

// TestAudit sees what the default tier leaves out, and that what is right is
// right there, too.
func TestAudit(t *testing.T) {
	ruletest.Audit(t)
	analysistest.Run(t, ruletest.Testdata(t), mapgrow.Analyzer, "mapgrow/audit", "mapgrow/ok")
}
