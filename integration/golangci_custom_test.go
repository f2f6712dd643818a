package integration

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

// The lines of .custom-gcl.yml that say which golangci-lint and which leakvet.
var (
	linterLine = regexp.MustCompile(`(?m)^version: (v\S+)$`)
	pluginLine = regexp.MustCompile(`(?m)^    version: v\S+$`)
)

// TestGolangciCustom builds golangci-lint with the example's .custom-gcl.yml,
// as users do: golangci-lint custom clones the release, adds leakvet and builds.
// What comes out finds what go vet does.
func TestGolangciCustom(t *testing.T) {
	name := custom(t)
	dir := corpus(t, "resclose", false)
	vet := findings(output(t, dir, []int{1}, "go", "vet", "-vettool="+leakvet, "-resclose", "./..."))
	if got := issuesOf(t, name, dir, "{rules: {all: off, resclose: on}}", "./..."); !slices.Equal(got, vet) {
		t.Errorf("the custom golangci-lint differs from go vet:\n%s\n%s", list(got), list(vet))
	}
}

// TestGolangciExample checks the example's .golangci.yml with golangci-lint's
// own schema, and that its settings mean what they mean to leakvet.
func TestGolangciExample(t *testing.T) {
	name, err := golangci()
	if err != nil {
		t.Fatal(err)
	}
	shop := t.TempDir()
	if err := os.CopyFS(shop, os.DirFS("../examples/shop")); err != nil {
		t.Fatal(err)
	}
	example, err := os.ReadFile("../examples/golangci/.golangci.yml")
	if err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(shop, ".golangci.yml")
	wrong := strings.Replace(string(example), "type: module", "typ: module", 1)
	for text, code := range map[string]int{string(example): 0, wrong: 3} {
		if err := os.WriteFile(config, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		output(t, shop, []int{code}, name, "config", "verify")
	}

	if err := os.WriteFile(config, example, 0o666); err != nil {
		t.Fatal(err)
	}
	var keys struct {
		Linters struct {
			Settings struct {
				Custom map[string]struct{ Settings yaml.Node }
			}
		}
	}
	if err := yaml.Unmarshal(example, &keys); err != nil {
		t.Fatal(err)
	}
	settings := keys.Linters.Settings.Custom["leakvet"].Settings
	own, err := yaml.Marshal(&settings)
	if err != nil {
		t.Fatal(err)
	}
	want := configured(t, shop, string(own))
	if plain := configured(t, shop, ""); slices.Equal(want, plain) {
		t.Errorf("the settings change nothing:\n%s", own)
	}
	got := lint(t, name, shop, "--enable-only=leakvet", "./...")
	if !slices.Equal(got, want) {
		t.Errorf("golangci-lint differs from leakvet:\n%s\n%s", list(got), list(want))
	}
}

// configured returns what leakvet finds in dir with these settings.
func configured(t *testing.T, dir, settings string) []finding {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, ".leakvet.yaml"), []byte(settings), 0o666); err != nil {
		t.Fatal(err)
	}
	return findings(output(t, dir, []int{1}, leakvet, "-short", "./..."))
}

// custom runs golangci-lint custom with the example, but for the version of
// leakvet, whose place the checkout takes, and returns what it builds.
func custom(t *testing.T) string {
	t.Helper()
	example, err := os.ReadFile("../examples/golangci/.custom-gcl.yml")
	if err != nil {
		t.Fatal(err)
	}
	linter, plugin := linterLine.FindSubmatch(example), pluginLine.FindAll(example, -1)
	if linter == nil || len(plugin) != 1 {
		t.Fatalf("no versions in\n%s", example)
	}
	plugins := t.TempDir()
	for _, f := range checkout(t) {
		name := filepath.Join(plugins, f.Path())
		data, err := os.ReadFile(filepath.Join("..", f.Path()))
		if err == nil {
			err = os.MkdirAll(filepath.Dir(name), 0o777)
		}
		if err == nil {
			err = os.WriteFile(name, data, 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	text := pluginLine.ReplaceAllLiteral(example, []byte("    path: "+plugins))
	if err := os.WriteFile(filepath.Join(dir, ".custom-gcl.yml"), text, 0o666); err != nil {
		t.Fatal(err)
	}

	schema, repository := release(t, string(linter[1]))
	for _, text := range [][]byte{example, text} {
		var doc any
		if err := yaml.Unmarshal(text, &doc); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(doc); err != nil {
			t.Errorf("%v in\n%s", err, text)
		}
	}

	name, err := golangci()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GIT_CONFIG_COUNT", "1")
	t.Setenv("GIT_CONFIG_KEY_0", "url.file://"+repository+".insteadOf")
	t.Setenv("GIT_CONFIG_VALUE_0", "https://github.com/golangci/golangci-lint.git")
	output(t, dir, []int{0}, name, "custom", "--verbose")
	return filepath.Join(dir, "custom-gcl")
}

// release makes a repository of a release of golangci-lint, tagged as that on
// GitHub is, and returns it with the schema of .custom-gcl.yml.
func release(t *testing.T, version string) (schema *jsonschema.Schema, repository string) {
	t.Helper()
	var module struct{ Dir string }
	text := output(t, ".", []int{0}, "go", "mod", "download", "-json", "github.com/golangci/golangci-lint/v2@"+version)
	if err := json.Unmarshal([]byte(text), &module); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	repository = t.TempDir()
	if err := os.CopyFS(repository, os.DirFS(module.Dir)); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"init", "-q"},
		{"add", "-A", "-f"},
		{"-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "-q", "-m", version},
		{"tag", version},
	} {
		output(t, repository, []int{0}, "git", args...)
	}
	return jsonschema.NewCompiler().MustCompile(filepath.Join(repository, "jsonschema", "custom-gcl.jsonschema.json")), repository
}
