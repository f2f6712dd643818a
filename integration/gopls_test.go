package integration

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/leakvet/leakvet/integration/lsp"
)

// goplsBinary builds gopls with leakvet inside, as leakvet gopls does.
var goplsBinary = sync.OnceValues(func() (string, error) { return buildGopls("gopls", leakvet) })

// gopls27Binary builds one with the newer Go, which a newer gopls needs.
var gopls27Binary = sync.OnceValues(func() (string, error) {
	tool, err := leakvet27()
	if err != nil {
		return "", err
	}
	env, err := newerGo()
	if err != nil {
		return "", err
	}
	return buildGopls("gopls27", tool, env...)
})

func buildGopls(name, leakvet string, env ...string) (string, error) {
	name = filepath.Join(filepath.Dir(leakvet), name)
	cmd := exec.Command(leakvet, "gopls", "-leakvet", "..", "-config", "none", "-o", name)
	cmd.Env = append(os.Environ(), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("leakvet gopls: %v\n%s", err, out)
	}
	return name, nil
}

// newEditor starts gopls in a directory.
func newEditor(t *testing.T, gopls, root string, settings lsp.Object) *lsp.Session {
	t.Helper()
	e, err := lsp.Start(gopls, root, nil, settings, 10*time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	return e
}

const leaky = `package w

import "net/http"

func fetch() {
	resp, err := http.Get("https://example.com")
	if err != nil {
		return
	}
	println(resp.Status)
}
`

// leakyModule writes a module of that one file.
func leakyModule(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"go.mod": "module example.com/w\n\ngo 1.26\n", "w.go": leaky} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestGopls edits a file as people do: the finding appears, its fix is offered,
// and after the fix the finding is gone.
func TestGopls(t *testing.T) {
	gopls, err := goplsBinary()
	if err != nil {
		t.Fatal(err)
	}
	dir := leakyModule(t)
	e := newEditor(t, gopls, dir, nil)
	if err := e.Open("w.go", leaky); err != nil {
		t.Fatal(err)
	}
	of := func(list []lsp.Diagnostic) []lsp.Diagnostic {
		return slices.DeleteFunc(slices.Clone(list), func(d lsp.Diagnostic) bool { return d.Source != "respbody" })
	}
	found, err := e.Await("w.go", func(list []lsp.Diagnostic) bool { return len(of(list)) > 0 })
	if err != nil {
		t.Fatal(err)
	}
	found = of(found)
	if len(found) != 1 || found[0].Range.Start.Line != 5 || !strings.HasPrefix(found[0].Message, "response body from http.Get is never closed") {
		t.Fatalf("gopls shows %+v", found)
	}

	at := lsp.Object{"line": 5, "character": 14}
	var actions []struct {
		Title string
		Edit  *struct {
			DocumentChanges []struct {
				Edits []struct {
					NewText string
				}
			}
		}
	}
	result, err := e.Call("textDocument/codeAction", lsp.Object{
		"textDocument": e.Document("w.go"), "range": lsp.Object{"start": at, "end": at},
		"context": lsp.Object{"diagnostics": []json.RawMessage{found[0].Raw}, "only": []string{"quickfix"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(result, &actions); err != nil {
		t.Fatal(err)
	}
	if len(actions) == 0 || actions[0].Title != "Defer resp.Body.Close() right after the error check" || actions[0].Edit == nil {
		t.Fatalf("gopls offers %s", result)
	}

	if err := e.Change("w.go", strings.Replace(leaky, "\tprintln", "\tdefer resp.Body.Close()\n\tprintln", 1)); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Await("w.go", func(list []lsp.Diagnostic) bool { return len(of(list)) == 0 }); err != nil {
		t.Fatal(err)
	}
}

// goplsFindings opens every file of a corpus and returns what is shown of a rule.
func goplsFindings(t *testing.T, tool, dir, rule string) []finding {
	t.Helper()
	binary := goplsBinary
	if tool != leakvet {
		binary = gopls27Binary
	}
	gopls, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	dir, err = filepath.EvalSymlinks(dir)
	if err != nil {
		t.Fatal(err)
	}
	e := newEditor(t, gopls, dir, lsp.Object{"pullDiagnostics": true})
	var found []finding
	for _, name := range slices.Sorted(maps.Keys(tree(t, dir))) {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := e.Open(name, string(data)); err != nil {
			t.Fatal(err)
		}
		list, err := e.Diagnostics(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range list {
			if d.Source == rule {
				found = append(found, finding{filepath.ToSlash(name), d.Range.Start.Line + 1, d.Message})
			}
		}
	}
	slices.SortFunc(found, compare)
	return found
}

// TestGoplsAnalyses checks that the setting analyses turns a rule off.
func TestGoplsAnalyses(t *testing.T) {
	gopls, err := goplsBinary()
	if err != nil {
		t.Fatal(err)
	}
	dir := leakyModule(t)
	for _, on := range []bool{true, false} {
		e := newEditor(t, gopls, dir, lsp.Object{"pullDiagnostics": true, "analyses": lsp.Object{"respbody": on}})
		if err := e.Open("w.go", leaky); err != nil {
			t.Fatal(err)
		}
		list, err := e.Diagnostics("w.go")
		if err != nil {
			t.Fatal(err)
		}
		if shown := slices.ContainsFunc(list, func(d lsp.Diagnostic) bool { return d.Source == "respbody" }); shown != on {
			t.Errorf("respbody is %v, and the diagnostics are %+v", on, list)
		}
	}
}
