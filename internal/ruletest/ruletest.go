// Package ruletest holds what the tests of all rules need.
package ruletest

import (
	"path/filepath"
	"testing"

	"github.com/leakvet/leakvet/internal/leakconfig"
)

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
