// Package ruletest holds what the tests of all rules need.
package ruletest

import (
	"log"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/leakvet/leakvet/internal/guard"
	"github.com/leakvet/leakvet/internal/leakconfig"
)

// Run runs a package's tests and returns the code to exit with. It fails if an
// analyzer panics: without, it would only say nothing.
func Run(m *testing.M) int {
	var failed atomic.Bool
	guard.OnPanic = func(f guard.Failure) {
		failed.Store(true)
		log.Printf("%s panics on %s: %v\n%s", f.Analyzer, f.Package, f.Value, f.Stack)
	}
	code := m.Run()
	if code == 0 && failed.Load() {
		code = 1
	}
	return code
}

// Testdata returns the directory of the fixtures, for a test of a package in
// analyzers/.
func Testdata(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// Audit lets rules report the audit tier, too, until the test ends.
func Audit(t *testing.T) {
	t.Helper()
	set := leakconfig.Analyzer.Flags.Set
	if err := set("tier", "audit"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := set("tier", "default"); err != nil {
			t.Error(err)
		}
	})
}
