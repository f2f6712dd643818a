package errcache_test

import (
	"fmt"
	"os"
	"sync/atomic"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/leakvet/leakvet/analyzers/errcache"
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

func TestErrcache(t *testing.T) {
	analysistest.Run(t, ruletest.Testdata(t), errcache.Analyzer,
		"errcache/a", "errcache/ok", "errcache/cross/lib", "errcache/cross/app")
}

// TestAudit sees what the default tier leaves out.
func TestAudit(t *testing.T) {
	ruletest.Audit(t)
	analysistest.Run(t, ruletest.Testdata(t), errcache.Analyzer, "errcache/audit")
}
