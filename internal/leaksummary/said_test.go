package leaksummary_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/leakvet/leakvet/internal/leaksummary"
)

// TestSaidFacts: importers learn what directives say of what they can name, unless
// these are wrong.
func TestSaidFacts(t *testing.T) {
	testdata, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	analysistest.Run(t, testdata, leaksummary.Analyzer, "saidfact", "saidfact/app")
}

// TestSaidFactsIgnoreTests: directives in tests change nothing of what importers are
// told.
func TestSaidFactsIgnoreTests(t *testing.T) {
	facts := allFacts(t, fixtures(t, "saidfact"))
	without, with := facts["saidfact"], facts["saidfact [saidfact.test]"]
	if n := strings.Count(without, "said: "); n != 9 {
		t.Errorf("%d facts:\n%s", n, without)
	}
	if without != with {
		t.Errorf("without tests:\n%s\nwith tests:\n%s", without, with)
	}
}

func TestSaidRoundTrip(t *testing.T) {
	roundTrips[leaksummary.LeakSaid](t, 7, 200)
	wantsAll[leaksummary.LeakSaid](t, 8, 50)
}

func FuzzSaidFact(f *testing.F) { fuzz[leaksummary.LeakSaid](f, 9, 10) }

// TestPruneKeepsDirectives: a package of which nothing else matters is summarised
// for the sake of what it says.
func TestPruneKeepsDirectives(t *testing.T) {
	for src, want := range map[string]bool{
		"package p\n\nfunc F(n int) int { return n }":                                           false,
		"package p\n\n//leakvet:bounded\nfunc F(n int) int { return n }":                        true,
		"package p\n\n//leakvet:ignore mapgrow it is small\nfunc F(n int) int { return n }":     false,
		"package p\n\n//leakvet:bounded\ntype T string\n\nfunc F(n int) int { return n }":       true,
		"package p\n\n// T is one of a few, leakvet:bounded.\ntype T string\n\nvar _ = T(\"\")": false,
	} {
		f, err := parser.ParseFile(token.NewFileSet(), "p.go", src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if got := leaksummary.Prune([]*ast.File{f}); got != want {
			t.Errorf("got %v for\n%s", got, src)
		}
	}
}
