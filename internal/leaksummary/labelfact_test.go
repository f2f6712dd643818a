package leaksummary_test

import (
	"bytes"
	"fmt"
	"math/rand"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/quick"

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

// randomVar is a fact on a vector with every part that the encoding knows.
type randomVar struct{ leaksummary.LeakVar }

// Generate fills every field of a fact.
func (randomVar) Generate(r *rand.Rand, size int) reflect.Value {
	var f leaksummary.LeakVar
	fill(r, reflect.ValueOf(&f).Elem(), "LeakVar")
	return reflect.ValueOf(randomVar{f})
}

func TestVarRoundTrip(t *testing.T) {
	roundTrip := func(f randomVar) bool {
		data, err := f.MarshalBinary()
		if err != nil {
			t.Error(err)
			return false
		}
		var got leaksummary.LeakVar
		if err := got.UnmarshalBinary(data); err != nil {
			t.Errorf("%v in % x", err, data)
			return false
		}
		again, err := got.MarshalBinary()
		return err == nil && reflect.DeepEqual(got, f.LeakVar) && bytes.Equal(again, data)
	}
	if err := quick.Check(roundTrip, &quick.Config{Rand: rand.New(rand.NewSource(4)), MaxCount: 1000}); err != nil {
		t.Error(err)
	}
}

// TestTruncatedVars: what is cut off, goes on, or is of another version is no
// fact.
func TestTruncatedVars(t *testing.T) {
	r := rand.New(rand.NewSource(5))
	for range 100 {
		f := randomVar{}.Generate(r, 0).Interface().(randomVar)
		data, err := f.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		for n := range data {
			if err := new(leaksummary.LeakVar).UnmarshalBinary(data[:n]); err == nil {
				t.Fatalf("%d of %d bytes are taken for a fact: % x", n, len(data), data)
			}
		}
		if err := new(leaksummary.LeakVar).UnmarshalBinary(append(data, 0)); err == nil {
			t.Fatalf("bytes behind a fact are ignored: % x", data)
		}
		data[0]++
		if err := new(leaksummary.LeakVar).UnmarshalBinary(data); err == nil {
			t.Fatalf("another version is taken for a fact: % x", data)
		}
	}
}

func FuzzVar(f *testing.F) {
	r := rand.New(rand.NewSource(6))
	for range 10 {
		fact := randomVar{}.Generate(r, 0).Interface().(randomVar)
		data, err := fact.MarshalBinary()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var fact leaksummary.LeakVar
		if fact.UnmarshalBinary(data) != nil {
			return
		}
		_ = fact.String()
		one, err := fact.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var again leaksummary.LeakVar
		if err := again.UnmarshalBinary(one); err != nil || !reflect.DeepEqual(fact, again) {
			t.Errorf("% x: %v, then %v: %v", data, &fact, &again, err)
		}
	})
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
