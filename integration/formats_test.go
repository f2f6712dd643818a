package integration

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestSARIFIsValid checks what leakvet prints for real findings, with ways and
// fixes, against the standard's schema.
func TestSARIFIsValid(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../testdata/src/respbody")); err != nil {
		t.Fatal(err)
	}
	module(t, dir, "respbody")
	schema := sarifSchema(t)
	for _, run := range []struct {
		codes []int
		args  []string
	}{
		{[]int{1}, []string{"-tier=audit", "./a", "./fix"}},
		{[]int{0}, []string{"-rule=mapgrow", "./fix"}},
	} {
		text := output(t, dir, run.codes, leakvet, append([]string{"-format=sarif"}, run.args...)...)
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		if err := schema.Validate(doc); err != nil {
			t.Errorf("%v: %v", run.args, err)
		}
		for _, want := range []string{`"codeFlows"`, `"partialFingerprints"`, `"replacements"`, `"region"`} {
			if found := strings.Contains(text, want); found != (run.codes[0] == 1) {
				t.Errorf("%v: %s is there: %t", run.args, want, found)
			}
		}
	}
}

// sarifSchema returns the schema of SARIF 2.1.0, which a library brings along
// as a constant that it does not export.
func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	dir := strings.TrimSpace(output(t, ".", []int{0}, "go", "list", "-f", "{{.Dir}}", reflect.TypeFor[sarif.Report]().PkgPath()))
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, "schema.go"), nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	value := file.Decls[0].(*ast.GenDecl).Specs[0].(*ast.ValueSpec).Values[0].(*ast.BasicLit).Value
	text, err := strconv.Unquote(value)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("sarif.json", doc); err != nil {
		t.Fatal(err)
	}
	return c.MustCompile("sarif.json")
}

// TestFormatsAreStable checks that machines get the same bytes from both
// engines, and names that do not depend on where the project lies.
func TestFormatsAreStable(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../testdata/src/respbody")); err != nil {
		t.Fatal(err)
	}
	module(t, dir, "respbody")
	for _, format := range []string{"text", "short", "json", "sarif", "github", "checkstyle", "gitlab"} {
		vet := output(t, dir, []int{1}, leakvet, "-format="+format, "./a")
		inproc := output(t, dir, []int{1}, leakvet, "-format="+format, "-engine=inproc", "./a")
		if vet != inproc {
			t.Errorf("%s: the engines differ", format)
		}
		if strings.Contains(vet, filepath.ToSlash(dir)) {
			t.Errorf("%s: the directory is told", format)
		}
	}
}
