package integration

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// likeVet runs the corpora through a driver: it finds what go vet does.
func likeVet(t *testing.T, driver func(t *testing.T, dir, rule string) []finding) {
	for _, c := range corpora {
		t.Run(c.rule, func(t *testing.T) {
			dir := corpus(t, c.rule)
			dropClients(t, dir)
			vet := findings(output(t, dir, []int{1}, "go", "vet", "-vettool="+leakvet, "-"+c.rule, "./..."))
			if got := driver(t, dir, c.rule); !slices.Equal(got, vet) {
				t.Errorf("it differs from go vet:\n%s\n%s", list(got), list(vet))
			}
		})
	}
}

var analyzerName = regexp.MustCompile(` \((\w+)\)$`) // as nogo and lintcmd add it

// ofRule returns a rule's findings without its name.
func ofRule(all []finding, rule string) []finding {
	var found []finding
	for _, f := range all {
		if m := analyzerName.FindStringSubmatch(f.message); m != nil && m[1] == rule {
			f.message = strings.TrimSuffix(f.message, m[0])
			found = append(found, f)
		}
	}
	return found
}

// command returns a function that builds a command of this module, once.
func command(name string) func() (string, error) {
	return sync.OnceValues(func() (string, error) {
		file := filepath.Join(filepath.Dir(leakvet), name)
		return file, build(".", file, "./"+name)
	})
}

var (
	multichecker = command("multichecker")
	lintcmd      = command("lintcmd")
)

// multicheckerFindings runs a multichecker in dir and returns what a rule finds.
func multicheckerFindings(t *testing.T, dir, rule string) []finding {
	t.Helper()
	name, err := multichecker()
	if err != nil {
		t.Fatal(err)
	}
	text := output(t, dir, []int{3}, name, "-"+rule, "./...")
	return findings(strings.ReplaceAll(text, dir+string(filepath.Separator), ""))
}

// TestMultichecker runs the corpora through a multichecker.
func TestMultichecker(t *testing.T) { likeVet(t, multicheckerFindings) }

// lintcmdFindings runs staticcheck's driver in dir and returns what a rule finds.
func lintcmdFindings(t *testing.T, dir, rule string) []finding {
	t.Helper()
	name, err := lintcmd()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("STATICCHECK_CACHE", filepath.Join(filepath.Dir(leakvet), "lintcmd-cache"))
	return ofRule(findings(output(t, dir, []int{1}, name, "-checks="+rule, "./...")), rule)
}

// TestLintcmd runs the corpora through staticcheck's driver. It has no way to set
// the suite's flags, and shows a finding only where its category is the rule.
func TestLintcmd(t *testing.T) { likeVet(t, lintcmdFindings) }
