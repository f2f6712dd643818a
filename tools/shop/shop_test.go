// Package shop holds the example service to its comments.
package shop

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/leakvet/leakvet/analyzers"
	"github.com/leakvet/leakvet/tools/internal/suite"
)

const example = "../../examples/shop"

var marker = regexp.MustCompile(`^\s*// leak\((\w+)\): \S`)

// markers returns what the comments of the example say: a rule and the
// position of the line below each comment.
func markers(t *testing.T) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(example, func(file string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(file) != ".go" {
			return err
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(example, file)
		if err != nil {
			return err
		}
		n := 0
		for line := range strings.Lines(string(data)) {
			n++
			if m := marker.FindStringSubmatch(line); m != nil {
				found = append(found, fmt.Sprintf("%s %s:%d", m[1], path.Join("shop", filepath.ToSlash(rel)), n+1))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestMarkers runs the suite over the example: it must report at every marked
// line and nowhere else.
func TestMarkers(t *testing.T) {
	want := markers(t)
	result, err := suite.Packages(example, "./...")
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Skipped) > 0 || len(result.Failures) > 0 {
		t.Fatalf("skipped %v, failed %v", result.Skipped, result.Failures)
	}
	messages := map[string]string{}
	for _, f := range result.Findings {
		messages[fmt.Sprintf("%s %s:%d", f.Rule, f.File, f.Line)] = f.Message
	}
	for _, w := range want {
		if messages[w] == "" {
			t.Errorf("%s: marked, but not reported", w)
		}
		delete(messages, w)
	}
	for at, message := range messages {
		t.Errorf("%s: reported, but not marked: %s", at, message)
	}
}

// TestEveryRuleIsShown wants a marked leak of every rule.
func TestEveryRuleIsShown(t *testing.T) {
	marked := markers(t)
	for _, rule := range analyzers.Rules() {
		if !slices.ContainsFunc(marked, func(m string) bool { return strings.HasPrefix(m, rule.Name+" ") }) {
			t.Errorf("the example has no leak for %s", rule.Name)
		}
	}
}
