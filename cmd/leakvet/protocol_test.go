package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/unit"
)

// A driver runs units by hand, like a build system that compiles nothing:
// types travel with the facts.
type driver struct {
	*world
	out  string            // where vetx files go
	vetx map[string]string // by package path
}

// pkg is what go list says of a package.
type pkg struct {
	ImportPath, Dir  string
	GoFiles, Imports []string
	ImportMap        map[string]string
	Standard         bool
	Module           *struct{ Path string }
}

func newDriver(w *world) *driver {
	return &driver{world: w, out: w.t.TempDir(), vetx: make(map[string]string)}
}

// list returns the packages and what they import, dependencies first.
func (d *driver) list(patterns ...string) []pkg {
	d.t.Helper()
	o := d.exec("go", append([]string{"list", "-deps", "-json"}, patterns...)...).exits(0)
	var pkgs []pkg
	for dec := json.NewDecoder(strings.NewReader(o.stdout)); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return pkgs
		} else if err != nil {
			d.t.Fatal(err)
		}
		if p.ImportPath != "unsafe" {
			pkgs = append(pkgs, p)
		}
	}
}

// config writes the configuration of one unit and returns the file's name.
func (d *driver) config(p pkg) string {
	d.t.Helper()
	cfg := unit.Config{
		ID: p.ImportPath, Dir: p.Dir, ImportPath: p.ImportPath,
		ImportMap: make(map[string]string), PackageVetx: make(map[string]string),
	}
	if p.Module != nil {
		cfg.ModulePath, cfg.GoVersion = p.Module.Path, "go1.26"
	}
	for _, name := range p.GoFiles {
		cfg.GoFiles = append(cfg.GoFiles, filepath.Join(p.Dir, name))
	}
	for _, path := range p.Imports {
		cfg.ImportMap[path] = path
	}
	for from, to := range p.ImportMap {
		cfg.ImportMap[from] = to
	}
	for _, path := range cfg.ImportMap {
		if d.vetx[path] != "" {
			cfg.PackageVetx[path] = d.vetx[path]
		}
	}
	cfg.VetxOutput = filepath.Join(d.out, strings.ReplaceAll(p.ImportPath, "/", "+")+".vetx")
	d.vetx[p.ImportPath] = cfg.VetxOutput
	data, err := json.Marshal(cfg)
	if err != nil {
		d.t.Fatal(err)
	}
	name := cfg.VetxOutput + ".cfg"
	d.write(name, string(data))
	return name
}

// run analyses packages one after the other and returns what the last said.
func (d *driver) run(pkgs []pkg, flags ...string) *outcome {
	d.t.Helper()
	var o *outcome
	for i, p := range pkgs {
		o = d.leakvet(append(flags, d.config(p))...)
		if i < len(pkgs)-1 && o.stderr != "" && !strings.Contains(o.stderr, "leaks at depth") {
			d.t.Fatalf("%s: %s", p.ImportPath, o.dump())
		}
	}
	return o
}

func TestTypesTravelWithFacts(t *testing.T) {
	const useStd = "-- app/std.go --\npackage app\n\nimport \"unicode/utf8\"\n\nvar n = utf8.RuneLen('a')\n"
	w := newWorld(t, chain+useStd)
	d := newDriver(w)
	pkgs := d.list("./app")

	o := d.run(pkgs, "-json").exits(0)
	byHand := diagnostics(t, o)
	byVet := diagnostics(t, w.vet("-json", "./app"))
	var app []string // go vet tells of dependencies too
	for _, line := range byVet {
		if strings.HasPrefix(line, "example.com/m/app ") {
			app = append(app, line)
		}
	}
	if len(app) != 3 || messages(t, byHand) != messages(t, app) {
		t.Errorf("by hand:\n%s\nby go vet:\n%s", messages(t, byHand), messages(t, app))
	}
	d.run(pkgs).exits(1).warns(filepath.Join(w.dir, "app", "app.go")+":6:2: Wrap leaks at depth 1\n", "mid.go:5:1: \tdeclared here\n")

	// Facts and types are the same every time.
	again := newDriver(w)
	again.run(pkgs, "-json")
	for path, name := range d.vetx {
		a, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(again.vetx[path])
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a, b) {
			t.Errorf("%s: vetx differs between runs", path)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(d.out, "*.new")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// messages returns rule and message of each diagnostic, without positions:
// those of other packages lack columns when they come from the compiler.
func messages(t *testing.T, list []string) string {
	t.Helper()
	var b strings.Builder
	for _, line := range list {
		i := strings.IndexByte(line, '{')
		var d unit.Diagnostic
		if err := json.Unmarshal([]byte(line[i:]), &d); err != nil {
			t.Fatal(err)
		}
		b.WriteString(line[:i] + d.Posn + " " + d.Message + "\n")
	}
	return b.String()
}

func TestForeignVetx(t *testing.T) {
	w := newWorld(t, chain)
	d := newDriver(w)
	pkgs := d.list("./mid")
	d.run(pkgs)
	config := d.config(pkgs[len(pkgs)-1])
	lib := d.vetx["example.com/m/lib"]
	good, err := os.ReadFile(lib)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ data, want string }{
		{"vetx\x00\x00", "are not leakvet's"},
		{"", "are not leakvet's"},
		{"leakvetx\xff", "another version"},
		{string(good[:20]), "cut short"},
		{string(good[:len(good)-1]), "damaged"},
		{"leakvetx\x01\x00", "holds no types"},
	} {
		w.write(lib, test.data)
		w.leakvet(config).exits(1).warns(lib, test.want, "go clean -cache")
	}
	if err := os.Remove(lib); err != nil {
		t.Fatal(err)
	}
	w.leakvet(config).exits(1).warns(lib, "example.com/m/lib")
}

func TestBadConfigs(t *testing.T) {
	w := newWorld(t, "")
	name := filepath.Join(w.dir, "a.cfg")
	w.leakvet(name).exits(1).warns("a.cfg")
	w.write(name, "{")
	w.leakvet(name).exits(1).warns("a.cfg is not a configuration of the go command")
	w.write(name, `{"ImportPath": "p"}`)
	w.leakvet(name).exits(1).warns("a.cfg: package p has no Go files")
	w.leakvet("b.cfg", name).exits(1).warns("want one configuration file")
	w.leakvet("-nosuch", name).exits(1).warns("nosuch")
}

func TestTypeErrorsInUnits(t *testing.T) {
	w := newWorld(t, "-- p/p.go --\npackage p\n\nvar x = undefined\n")
	d := newDriver(w)
	config := d.config(d.list("./p")[0])
	w.leakvet(config).exits(1).warns(filepath.Join(w.dir, "p", "p.go") + ":3:9: undefined: undefined")

	data := strings.Replace(w.readAbs(config), `"SucceedOnTypecheckFailure":false`, `"SucceedOnTypecheckFailure":true`, 1)
	w.write(config, data)
	if o := w.leakvet(config).exits(0); o.stdout+o.stderr != "" {
		t.Errorf("got%s", o.dump())
	}
}

func TestNoFixAcrossLineDirectives(t *testing.T) {
	w := newWorld(t, "-- p/p.go --\npackage p\n\nfunc Leak() int { return 0 }\n\nfunc use() {\n\tLeak()\n//line gen.y:10\n\tLeak()\n}\n")
	o := w.vet("-json", "./p").exits(0).says("p.go:6:2", "gen.y:10")
	if n := strings.Count(o.stdout, "suggested_fixes"); n != 1 {
		t.Errorf("%d fixes, want 1%s", n, o.dump())
	}
}
