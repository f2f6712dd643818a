package plugin_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/leakvet/leakvet/analyzers"
	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/plugin"
)

func newPlugin(t *testing.T, settings any) register.LinterPlugin {
	t.Helper()
	construct, err := register.GetPlugin("leakvet")
	if err != nil {
		t.Fatal(err)
	}
	p, err := construct(settings)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestBuildsTheSuite(t *testing.T) {
	p := newPlugin(t, nil)
	if got := p.GetLoadMode(); got != register.LoadModeTypesInfo {
		t.Errorf("load mode %q, want %q", got, register.LoadModeTypesInfo)
	}
	got, err := p.BuildAnalyzers()
	if err != nil {
		t.Fatal(err)
	}
	want := analyzers.All()
	if len(got) != len(want) {
		t.Fatalf("%d analyzers, want %d", len(got), len(want))
	}
	for i := range got {
		if got[i].Name != want[i].Name {
			t.Errorf("analyzer %d is %s, want %s", i, got[i], want[i])
		}
	}
	if err := analysis.Validate(got); err != nil {
		t.Error(err)
	}
}

func TestRelatedPositionsAreDropped(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module leaky\n\ngo 1.26\n",
		"leaky.go": `package leaky

import "net/http"

func get() {
	resp, err := http.Get("https://shop.example") // want "response body"
	if err != nil {
		return
	}
	println(resp.Status)
}
`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	suite, err := newPlugin(t, nil).BuildAnalyzers()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range suite {
		if a.Name != "respbody" {
			continue
		}
		for _, result := range analysistest.Run(t, dir, a, ".") {
			for _, d := range result.Diagnostics {
				if len(d.Related) > 0 {
					t.Errorf("%s: %d related positions", d.Message, len(d.Related))
				}
			}
		}
	}
}

func TestSettings(t *testing.T) {
	flag := func(name string) string { return leakconfig.Analyzer.Flags.Lookup(name).Value.String() }
	build := func(settings any) {
		t.Helper()
		if _, err := newPlugin(t, settings).BuildAnalyzers(); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { build(nil) })

	build(map[string]any{"tier": "audit", "tests": "all", "generated": true, "vet": true})
	if tier, tests, generated, vet := flag("tier"), flag("tests"), flag("generated"), flag("vet"); tier != "audit" || tests != "true" || generated != "true" || vet != "true" {
		t.Errorf("tier=%s tests=%s generated=%s vet=%s, want audit true true true", tier, tests, generated, vet)
	}
	cfg, err := leakconfig.Analyzer.Run(&analysis.Pass{Analyzer: leakconfig.Analyzer})
	if err != nil {
		t.Fatal(err)
	}
	if c := cfg.(*leakconfig.Config); c.Tier != leakconfig.Audit || !c.Tests || !c.Generated {
		t.Errorf("the rules see %+v", c)
	}

	build(map[string]any{})
	if tier, tests, generated, vet := flag("tier"), flag("tests"), flag("generated"), flag("vet"); tier != "default" || tests != "false" || generated != "false" || vet != "false" {
		t.Errorf("tier=%s tests=%s generated=%s vet=%s, want default false false false", tier, tests, generated, vet)
	}
}

func TestSettingsErrors(t *testing.T) {
	for _, test := range []struct {
		name     string
		settings any
		want     string // part of the error
	}{
		{"unknown key", map[string]any{"teir": "audit"}, `leakvet: settings: unknown key "teir" (did you mean tier?)`},
		{"unknown tier", map[string]any{"tier": "strict"}, "tier is strict: want default or audit"},
		{"unknown rule", map[string]any{"rules": map[string]any{"respbdy": "off"}}, `unknown rule "respbdy" (did you mean respbody?)`},
		{"wrong row", map[string]any{"tables": "clsoe example.com/p.F arg=0\n"}, "tables:1: "},
		{"key of the command", map[string]any{"fail-on": "error"}, "use severity"},
		{"files", map[string]any{"table-files": []any{"x"}}, "put the rows under tables"},
		{"wrong type", map[string]any{"tests": "sometimes"}, "tests"},
		{"not a map", []any{"audit"}, "holds keys, not a list"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p, err := plugin.New(test.settings)
			if err == nil {
				t.Fatalf("got %v, want an error", p)
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %q does not mention %s", err, test.want)
			}
		})
	}
}

// TestPolicy checks that what the settings do not want is not told.
func TestPolicy(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	const leak = `

import (
	"io"
	"net/http"
	"os"
)

func get() {
	resp, err := http.Get("https://shop.example")
	if err != nil {
		return
	}
	io.Copy(os.Stdout, resp.Body)
}
`
	for name, text := range map[string]string{
		"go.mod":        "module leaky\n\ngo 1.26\n",
		"a/a.go":        "package a" + leak,
		"a/a_test.go":   "package a" + strings.ReplaceAll(leak, "get()", "getTest()"),
		"legacy/old.go": "package legacy" + leak,
		"gen/gen.go":    "package gen" + leak,
	} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { newPlugin(t, nil).BuildAnalyzers() })
	for _, test := range []struct {
		settings map[string]any
		want     string
	}{
		{nil, "a.go a_test.go gen.go old.go"},
		{map[string]any{"tests": "off"}, "a.go gen.go old.go"},
		{map[string]any{"exclude": []any{"gen"}, "overrides": []any{map[string]any{"paths": []any{"legacy/..."}, "rules": map[string]any{"all": "off"}}}}, "a.go a_test.go"},
		{map[string]any{"rules": map[string]any{"respbody": "off"}}, ""},
	} {
		suite, err := newPlugin(t, test.settings).BuildAnalyzers()
		if err != nil {
			t.Fatal(err)
		}
		pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: dir, Tests: true}, "./...")
		if err != nil {
			t.Fatal(err)
		}
		graph, err := checker.Analyze(suite, pkgs, nil)
		if err != nil {
			t.Fatal(err)
		}
		files := make(map[string]bool)
		for _, act := range graph.Roots {
			for _, d := range act.Diagnostics {
				files[filepath.Base(act.Package.Fset.Position(d.Pos).Filename)] = true
			}
		}
		if got := strings.Join(slices.Sorted(maps.Keys(files)), " "); got != test.want {
			t.Errorf("%v: found in %q, want %q", test.settings, got, test.want)
		}
	}
}
