package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/render"
)

func TestText(t *testing.T) {
	w := newWorld(t, chain)
	const want = `app/app.go
  6:2  Wrap leaks at depth 1 [leaktest]
      | mid.Wrap()
      | ^~~~~~~~~~
      mid/mid.go:5 declared here
              | func Wrap() int { return lib.Leak() }
      fix: drop the result
      https://example.com/leaktest

  8:2  LeakMore leaks at depth 0 [leaktest]
      | c.LeakMore()
      | ^~~~~~~~~~~~
      lib/lib.go:5 declared here
              | func (LeakConn) LeakMore() int { return 0 }
      fix: drop the result
      https://example.com/leaktest

  11:5  variable of leaking type LeakConn [leaktest]
      | var conn = mid.Conn()
      |     ^
      advice: close it
      https://example.com/leaktest

3 findings in 1 file: 3 leaktest
`
	o := w.leakvet("./app").exits(1)
	if o.stdout != want || o.stderr != "" {
		t.Errorf("got%s", o.dump())
	}
	w.leakvet("-color=always", "./app").exits(1).says("\x1b[1mapp/app.go\x1b[0m\n  \x1b[1m6:2\x1b[0m  Wrap leaks at depth 1 \x1b[33m[leaktest]\x1b[0m\n")
	w.leakvet("-C", filepath.Join(w.dir, "app")).exits(1).says("app/app.go\n")
	w.short("./app").exits(1).says(appFinding+" [leaktest]\n", appMethod, appType).hides("declared")
	w.dir = filepath.Join(w.dir, "mid")
	w.leakvet("-C", "../app").exits(1).says("../app/app.go\n", "      mid.go:5 declared here")
}

func TestJSON(t *testing.T) {
	w := newWorld(t, chain)
	o := w.leakvet("-json", "./mid").exits(1)
	var doc struct {
		Version  int
		Findings []struct {
			Rule, Message, Package, File     string
			Line, Column, EndLine, EndColumn int
			Steps                            []struct{ File, Message string }
			Fixes                            []struct{ Edits []struct{ File, New string } }
		}
		Failures, Problems []any
	}
	if err := json.Unmarshal([]byte(o.stdout), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Version != render.FormatVersion || len(doc.Findings) != 3 || len(doc.Failures)+len(doc.Problems) != 0 {
		t.Fatalf("got%s", o.dump())
	}
	f := doc.Findings[0]
	if f.Rule != "leaktest" || f.File != "mid/mid.go" || f.Line != 10 || f.Column != 2 || f.EndLine != 10 || f.EndColumn != 12 ||
		f.Package != "example.com/m/mid" || f.Steps[0].File != "lib/lib.go" || f.Fixes[0].Edits[0].File != "mid/mid.go" {
		t.Errorf("got %+v", f)
	}
}

func TestEnginesAgree(t *testing.T) {
	w := newWorld(t, chain)
	for _, flag := range []string{"-json", "-color=never"} {
		vet, inproc := w.leakvet(flag, "./...").exits(1), w.leakvet(flag, "-engine=inproc", "./...").exits(1)
		if vet.stdout != inproc.stdout {
			t.Errorf("engines differ%s%s", vet.dump(), inproc.dump())
		}
	}
}

func TestRuleFlag(t *testing.T) {
	w := newWorld(t, chain)
	w.setenv(modeVar + "=panic") // a second rule
	w.leakvet("-rule=leakpanic", "./app").exits(0)
	w.leakvet("-rule=leakpanic,leaktest", "./app").exits(1)
}

func TestUsageErrors(t *testing.T) {
	w := newWorld(t, chain)
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"-jsno"}, "unknown flag -jsno (did you mean -json?)"},
		{[]string{"-rule=leaktst"}, `unknown rule "leaktst" (did you mean leaktest?)`},
		{[]string{"-rule=leakconfig"}, `unknown rule "leakconfig"`},
		{[]string{"-engine=steam"}, `flag -engine is "steam": want vet or inproc`},
		{[]string{"-color=mauve"}, `flag -color is "mauve"`},
		{[]string{"-tier=gold"}, `want default or audit`},
		{[]string{"./...", "-json"}, "flag -json comes after a package"},
		{[]string{"-C", "nowhere"}, "-C nowhere: no such directory"},
		{[]string{"help", "leaktets"}, `no help on "leaktets" (did you mean leaktest?)`},
	} {
		w.leakvet(test.args...).exits(2).warns(test.want)
	}
}

func TestHelp(t *testing.T) {
	w := newWorld(t, "")
	for _, args := range [][]string{{"help"}, {"-h"}, {"-help"}} {
		w.leakvet(args...).exits(0).says("leaktest       report calls of functions that leak", "-tags list").hides("leakconfig")
	}
	w.leakvet("help", "leaktest").exits(0).says("It serves to test", "Wrong:\n\n\tlib.Leak()", "Since:\n\nv0.1.0")
	w.leakvet("help", "json").exits(0).says("version")
	if o := w.leakvet("-version").exits(0); !regexp.MustCompile(`^leakvet \S+ built with go1\.\S+\n$`).MatchString(o.stdout) {
		t.Errorf("got%s", o.dump())
	}
}

func TestNoPackages(t *testing.T) {
	w := newWorld(t, "")
	for _, engine := range []string{"-engine=vet", "-engine=inproc"} {
		w.leakvet(engine, "./...").exits(2).warns("no packages match ./...")
	}
	w.leakvet().exits(2).warns("no Go files in")
	if err := os.Remove(filepath.Join(w.dir, "go.mod")); err != nil {
		t.Fatal(err)
	}
	w.leakvet("./...").exits(2).warns("run leakvet where a go.mod file is")
}

// sick is chain with packages beside it that cannot be analysed.
const sick = chain + `
-- badimport/p.go --
package badimport

import "example.com/nowhere"

var _ = nowhere.X
-- badtest/p.go --
package badtest
-- badtest/p_test.go --
package badtest

import "example.com/noplace"

var _ = noplace.X
-- badsyntax/p.go --
package badsyntax

func {
-- excluded/p.go --
//go:build never

package excluded
`

func TestUnresolvableImport(t *testing.T) {
	w := newWorld(t, sick)
	o := w.short("./...").exits(2).says(midFinding, appFinding).
		warns("example.com/nowhere", "example.com/noplace", "badsyntax/p.go:3:6").hides("badimport")
	if strings.Contains(o.stderr, "build constraints") {
		t.Errorf("a wildcard may match a package without files%s", o.dump())
	}
	w.short("-json", "./...").exits(2).says(`"problems": [`, "example.com/nowhere", "mid/mid.go")
	w.short("-engine=inproc", "./...").exits(2).says(midFinding, appFinding).warns("example.com/nowhere")
	w.short("./badimport").exits(2).warns("badimport/p.go:3:8", "example.com/nowhere")
	w.short("./nowhere", "./app").exits(2).says(appFinding).warns("nowhere")

	w = newWorld(t, "-- ill/p.go --\npackage ill\n\nimport _ \"example.com/nowhere\"\n-- well/p.go --\npackage well\n")
	if o := w.short("./...").exits(2).warns("example.com/nowhere"); strings.Contains(o.stderr, "lost") {
		t.Errorf("what cannot be analysed is not lost%s", o.dump())
	}
}

func TestTypeErrors(t *testing.T) {
	w := newWorld(t, chain+"-- bad/bad.go --\npackage bad\n\nvar x = undefined\n")
	w.short("./...").exits(2).says(midFinding, appFinding).warns("bad/bad.go:3:9: undefined: undefined")
	w.short("-engine=inproc", "./...").exits(2).says(midFinding, appFinding).warns("bad/bad.go:3:9: undefined: undefined")
	w.short("./bad").exits(2).warns("bad/bad.go:3:9")
}

// withConst returns chain with a constant in mid, two lines before all else.
func withConst(name string) string {
	const first = "func Wrap()"
	return strings.Replace(chain, first, "const "+name+" = 1\n\n"+first, 1)
}

func TestPanic(t *testing.T) {
	for _, constant := range []string{"PanicHere", "PanicBare"} {
		w := newWorld(t, withConst(constant))
		w.setenv(modeVar + "=panic")
		o := w.short("./...").exits(2).
			says("mid/mid.go:12:2: Leak leaks at depth 0", appFinding, appMethod).
			warns("leakvet: leakpanic on example.com/m/mid: internal error: ", "boom (at ", "suite_test.go:")
		if strings.Contains(o.stderr, "0x") {
			t.Errorf("addresses make outputs differ%s", o.dump())
		}
		w.short("-json", "./app").exits(2).says(`"rule": "leakpanic"`, "app/app.go")
		w.vet("-json", "./mid").exits(0).says(`"leakpanic": {`, `"error": "internal error: `, `"leaktest": [`)
		if constant == "PanicHere" {
			w.short("-engine=inproc", "./...").exits(2).says(appFinding).warns("leakpanic on example.com/m/mid: internal error")
		}
	}
}

// fakeGo puts before the real go command one that claims a version and, if
// vet is not empty, answers go vet by that script.
func (w *world) fakeGo(version, vet string) {
	w.t.Helper()
	if vet == "" {
		vet = `exec "$real" "$@"`
	}
	real, err := exec.LookPath("go")
	if err != nil {
		w.t.Fatal(err)
	}
	dir := w.t.TempDir()
	script := "#!/bin/sh\nreal='" + real + "'\ncase $1 in\nenv) echo " + version + ";;\nvet) " + vet + ";;\n*) exec \"$real\" \"$@\";;\nesac\n"
	name := filepath.Join(dir, "go")
	w.write(name, script)
	if err := os.Chmod(name, 0o777); err != nil {
		w.t.Fatal(err)
	}
	w.setenv("PATH=" + dir + string(filepath.ListSeparator) + os.Getenv("PATH"))
}

func TestGoVersions(t *testing.T) {
	w := newWorld(t, chain)
	w.fakeGo("go1.25.9", "")
	w.short("./...").exits(2).warns("the go command is go1.25.9: leakvet needs go1.26 or later")

	w = newWorld(t, chain)
	w.fakeGo("go1.99.1", "")
	w.short("./...").exits(1).says(midFinding) // newer, but it works

	w = newWorld(t, chain)
	w.fakeGo("go1.99.1", `echo '# example.com/m/lib' >&2
		echo 'lib/lib.go:1:1: package requires newer Go version go1.99 (application built with go1.26)' >&2
		exit 1`)
	w.short("./...").exits(2).warns("package requires newer Go version", "the go command is go1.99.1 but leakvet was built with go1.",
		"go install github.com/leakvet/leakvet/cmd/leakvet@latest")

	w = newWorld(t, chain)
	w.setenv("PATH=" + t.TempDir())
	w.short("./...").exits(2).warns("cannot find the go command in PATH")
}

// TestLostOutput: what the go command's cache has lost is no clean bill.
func TestLostOutput(t *testing.T) {
	w := newWorld(t, chain+`
-- tested/p_test.go --
package tested

var _ = 1
-- outside/p_test.go --
package outside_test

var _ = 1
-- excluded/p.go --
//go:build never

package excluded
`)
	const all = "6 findings in 4 files"
	w.leakvet("./...").exits(1).says(all)
	w.leakvet("./...").exits(1).says(all)
	var cache string
	for _, kv := range w.env {
		if dir, ok := strings.CutPrefix(kv, "GOCACHE="); ok {
			cache = dir
		}
	}
	outputs, err := filepath.Glob(filepath.Join(cache, "*", "*-d"))
	if err != nil {
		t.Fatal(err)
	}
	lost := 0
	for _, name := range outputs {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.HasPrefix(data, []byte("{\n\t\"example.com/m/app\": ")) {
			lost++
			if err := os.Remove(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	if lost == 0 {
		t.Fatal("the cache holds no output of the package")
	}
	w.leakvet("./...").exits(2).warns("example.com/m/app: the go command's cache has lost what was found").hides(all)
	w.leakvet("./lib").exits(0)
}
