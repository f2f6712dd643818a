package suite_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/leakvet/leakvet/tools/internal/suite"
)

// TestNoPanicOverStd runs every rule over the standard library.
func TestNoPanicOverStd(t *testing.T) {
	patterns := []string{"std"}
	if testing.Short() {
		patterns = []string{"net/http", "database/sql", "iter", "maps"}
	}
	result, err := suite.Standard(patterns...)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range result.Failures {
		t.Errorf("%s on %s: %v\n%s", f.Analyzer, f.Package, f.Value, f.Stack)
	}
	if result.Packages < len(patterns) {
		t.Errorf("only %d packages analysed", result.Packages)
	}
	t.Logf("%d packages, %d findings", result.Packages, len(result.Findings))
}

func TestBrokenPackagesAreSkipped(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":           "module m\n\ngo 1.26\n",
		"good/good.go":     "package good\n",
		"bad/bad.go":       "package bad\n\nvar x int = \"\"\n",
		"uses/uses.go":     "package uses\n\nimport _ \"m/bad\"\n",
		"missing/other.go": "package missing\n\nimport _ \"m/nowhere\"\n",
	} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	result, err := suite.Packages(dir, "./...")
	if err != nil {
		t.Fatal(err)
	}
	if result.Packages != 1 {
		t.Errorf("%d packages analysed, want 1", result.Packages)
	}
	var skipped []string
	for _, s := range result.Skipped {
		name, why, _ := strings.Cut(s, ": ")
		skipped = append(skipped, name)
		if why == "" {
			t.Errorf("%s is skipped without a reason", name)
		}
	}
	if got, want := strings.Join(skipped, " "), "m/bad m/missing m/uses"; got != want {
		t.Errorf("skipped %s, want %s", got, want)
	}
}
