package integration

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// golangci builds golangci-lint with leakvet inside.
var golangci = sync.OnceValues(func() (string, error) {
	name := filepath.Join(filepath.Dir(leakvet), "golangci-lint")
	return name, build("golangci", name, ".")
})

// golangci-lint puts the rule before the message of an issue, and the linter behind.
var (
	rulePrefix = regexp.MustCompile(`^[a-z]+: `)
	linterName = regexp.MustCompile(`(?m) \(leakvet\)$`)
)

// issues runs golangci-lint in dir with leakvet alone and returns what it finds.
func issues(t *testing.T, dir, settings string, args ...string) []finding {
	t.Helper()
	name, err := golangci()
	if err != nil {
		t.Fatal(err)
	}
	return issuesOf(t, name, dir, settings, args...)
}

// issuesOf is issues with that golangci-lint.
func issuesOf(t *testing.T, name, dir, settings string, args ...string) []finding {
	t.Helper()
	config := filepath.Join(dir, ".golangci.yml")
	text := fmt.Sprintf(`version: "2"
linters:
  default: none
  enable: [leakvet]
  settings:
    custom:
      leakvet:
        type: module
        settings: %s
issues:
  max-issues-per-linter: 0
  max-same-issues: 0
`, settings)
	if err := os.WriteFile(config, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return lint(t, name, dir, args...)
}

// lint runs a golangci-lint with the configuration in dir.
func lint(t *testing.T, name, dir string, args ...string) []finding {
	t.Helper()
	args = append([]string{"run", "--issues-exit-code=1", "--timeout=10m", "--show-stats=false",
		"--output.text.path=stdout", "--output.text.print-issued-lines=false", "--output.text.colors=false"}, args...)
	found := findings(linterName.ReplaceAllString(output(t, dir, []int{0, 1}, name, args...), ""))
	for i := range found {
		found[i].message = rulePrefix.ReplaceAllString(found[i].message, "")
	}
	return found
}

func golangciFindings(t *testing.T, _, dir, rule string) []finding {
	t.Helper()
	return issues(t, dir, "{rules: {all: off, "+rule+": on}}", "./...")
}

// TestGolangciSettings checks that settings are obeyed, and that a wrong one is
// told.
func TestGolangciSettings(t *testing.T) {
	dir := corpus(t, "errcache", false)
	all := issues(t, dir, "{rules: {all: off, errcache: on}}", "./a")
	audit := issues(t, dir, "{tier: audit, rules: {all: off, errcache: on}}", "./...")
	if len(all) == 0 || len(audit) <= len(all) {
		t.Errorf("%d findings, %d with the audit tier", len(all), len(audit))
	}
	if got := issues(t, dir, "{exclude: [a]}", "./a"); len(got) > 0 {
		t.Errorf("excluded, and found all the same:\n%s", list(got))
	}
	name, err := golangci()
	if err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(dir, ".golangci.yml")
	data, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(config, []byte(strings.Replace(string(data), "{exclude: [a]}", "{teir: audit}", 1)), 0o666); err != nil {
		t.Fatal(err)
	}
	if text := output(t, dir, []int{1, 2, 3, 7}, name, "run", "./a"); !strings.Contains(text, `unknown key "teir" (did you mean tier?)`) {
		t.Errorf("golangci-lint says\n%s", text)
	}
}
