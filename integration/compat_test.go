package integration

import (
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

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

// builder returns a function that builds a command of this module, once.
func builder(name string) func() (string, error) {
	return sync.OnceValues(func() (string, error) {
		file := filepath.Join(filepath.Dir(leakvet), name)
		return file, build(".", file, "./"+name)
	})
}

var (
	multichecker = builder("multichecker")
	lintcmd      = builder("lintcmd")
)

// multicheckerFindings runs a multichecker in dir and returns what a rule finds.
func multicheckerFindings(t *testing.T, _, dir, rule string) []finding {
	t.Helper()
	name, err := multichecker()
	if err != nil {
		t.Fatal(err)
	}
	text := output(t, dir, []int{3}, name, "-"+rule, "./...")
	return findings(strings.ReplaceAll(text, dir+string(filepath.Separator), ""))
}

// lintcmdFindings runs staticcheck's driver in dir and returns what a rule finds.
// It has no way to set the suite's flags, and shows a finding only where its
// category is the rule.
func lintcmdFindings(t *testing.T, _, dir, rule string) []finding {
	t.Helper()
	name, err := lintcmd()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("STATICCHECK_CACHE", filepath.Join(filepath.Dir(leakvet), "lintcmd-cache"))
	return ofRule(findings(output(t, dir, []int{1}, name, "-checks="+rule, "./...")), rule)
}
