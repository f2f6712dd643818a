package leaksummary_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/types/objectpath"

	"github.com/leakvet/leakvet/internal/leaksummary"
)

// TestLabelFacts: importers learn which parameters become labels, where results
// come from, and what the vectors are.
func TestLabelFacts(t *testing.T) {
	testdata, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	analysistest.Run(t, testdata, leaksummary.Analyzer, "labelfact", "labelfact/app")
}

// allFacts returns all that the importers of a package are told, by ID.
func allFacts(t *testing.T, pkgs []*packages.Package) map[string]string {
	t.Helper()
	graph, err := checker.Analyze([]*analysis.Analyzer{leaksummary.Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	facts := map[string]string{}
	paths := new(objectpath.Encoder)
	for act := range graph.All() {
		if act.Analyzer != leaksummary.Analyzer {
			continue
		}
		if act.Err != nil {
			t.Errorf("%s: %v", act.Package.ID, act.Err)
		}
		var lines []string
		for _, f := range act.AllObjectFacts() {
			path, err := paths.For(f.Object)
			if err == nil && f.Object.Pkg() == act.Package.Types {
				lines = append(lines, fmt.Sprintf("%s: %v", path, f.Fact))
			}
		}
		slices.Sort(lines)
		facts[act.Package.ID] = strings.Join(lines, "\n")
	}
	return facts
}

// TestLabelFactsIgnoreTests: a package's tests change nothing of what importers
// are told of its labels, and neither does it to ask again.
func TestLabelFactsIgnoreTests(t *testing.T) {
	pkgs := fixtures(t, "labelfact")
	facts := allFacts(t, pkgs)
	without, with := facts["labelfact"], facts["labelfact [labelfact.test]"]
	if !strings.Contains(without, "becomes label") || !strings.Contains(without, "vector ") || !strings.Contains(without, "a new id") {
		t.Errorf("facts are missing:\n%s", without)
	}
	if without != with {
		t.Errorf("without tests:\n%s\nwith tests:\n%s", without, with)
	}
	if again := allFacts(t, pkgs); again["labelfact"] != without {
		t.Errorf("once:\n%s\nthen:\n%s", without, again["labelfact"])
	}
}

func TestVarString(t *testing.T) {
	for want, f := range map[string]leaksummary.LeakVar{
		"vector total(a, b)":         {Name: "total", Labels: []string{"a", "b"}},
		"vector total(a), forgotten": {Name: "total", Labels: []string{"a"}, Forgotten: true},
		"vector (a)":                 {Labels: []string{"a"}},
		"vector total()":             {Name: "total"},
	} {
		if got := f.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
