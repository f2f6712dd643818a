package main

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/bazelbuild/buildtools/build"
	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/analyzers"
)

// example returns the text that docs/bazel.md shows of a file.
func example(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("../../docs/bazel.md")
	if err != nil {
		t.Fatal(err)
	}
	for i, block := range strings.Split(string(data), "```") {
		heading, text, _ := strings.Cut(block, "\n")
		if _, file, _ := strings.Cut(heading, " "); i%2 == 1 && file == name {
			return []byte(text)
		}
	}
	t.Fatalf("docs/bazel.md does not show %s", name)
	return nil
}

// TestTarget checks that the documented target has every rule, under the label
// that gazelle gives its package, and what the module has to say for it.
func TestTarget(t *testing.T) {
	file, err := build.ParseBuild("BUILD.bazel", example(t, "BUILD.bazel"))
	if err != nil {
		t.Fatal(err)
	}
	const repo = "com_github_leakvet_leakvet"
	var want []string
	for _, a := range analyzers.Rules() {
		want = append(want, "@"+repo+"//analyzers/"+a.Name)
	}
	rules := file.Rules("nogo")
	if len(rules) != 1 {
		t.Fatalf("%d targets", len(rules))
	}
	target := rules[0]
	if got := target.AttrStrings("deps"); !slices.Equal(got, want) {
		t.Errorf("the target has\n%q, the rules are\n%q", got, want)
	}
	if target.AttrString("config") != "nogo.json" || target.Name() != "nogo" {
		t.Errorf("the target is called %s, its configuration %s", target.Name(), target.AttrString("config"))
	}
	module, err := build.ParseModule("MODULE.bazel", example(t, "MODULE.bazel"))
	if err != nil {
		t.Fatal(err)
	}
	text := build.FormatString(module)
	for _, want := range []string{`use_repo(go_deps, "` + repo + `")`, `go_sdk.nogo(nogo = "//:nogo")`} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %s", want)
		}
	}
}

// TestFormatted checks that the examples are as buildifier leaves them.
func TestFormatted(t *testing.T) {
	for _, name := range []string{"BUILD.bazel", "MODULE.bazel"} {
		text := example(t, name)
		file, err := build.Parse(name, text)
		if err != nil {
			t.Fatal(err)
		}
		if got := build.Format(file); string(got) != string(text) {
			t.Errorf("%s, formatted:\n%s", name, got)
		}
	}
}

// TestConfig checks that the documented configuration names analyzers, gives
// flags values that they take, and matches files with expressions.
func TestConfig(t *testing.T) {
	var config map[string]struct {
		OnlyFiles     map[string]string `json:"only_files"`
		ExcludeFiles  map[string]string `json:"exclude_files"`
		AnalyzerFlags map[string]string `json:"analyzer_flags"`
	}
	dec := json.NewDecoder(strings.NewReader(string(example(t, "nogo.json"))))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&config); err != nil {
		t.Fatal(err)
	}
	for name, c := range config {
		analyzer := new(analysis.Analyzer) // _base has no flags
		if i := slices.IndexFunc(analyzers.All(), func(a *analysis.Analyzer) bool { return a.Name == name }); i >= 0 {
			analyzer = analyzers.All()[i]
		} else if name != "_base" {
			t.Errorf("there is no analyzer %s", name)
		}
		for flag, value := range c.AnalyzerFlags {
			f := analyzer.Flags.Lookup(flag)
			if f == nil {
				t.Errorf("%s has no flag %s", name, flag)
				continue
			}
			old := f.Value.String()
			if err := f.Value.Set(value); err != nil {
				t.Errorf("%s: -%s: %v", name, flag, err)
			}
			if err := f.Value.Set(old); err != nil {
				t.Error(err)
			}
		}
		for _, files := range []map[string]string{c.OnlyFiles, c.ExcludeFiles} {
			for pattern := range files {
				if _, err := regexp.Compile(pattern); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
	}
}
