package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// settled is chain with a configuration in its root.
func settled(t *testing.T, config string) *world {
	t.Helper()
	return newWorld(t, chain+"-- .leakvet.yaml --\n"+config)
}

// units makes w count the packages that it analyses from now on.
func (w *world) units() func() int {
	log := filepath.Join(w.t.TempDir(), "log")
	w.setenv(logVar + "=" + log)
	return func() int {
		data, _ := os.ReadFile(log)
		return strings.Count(string(data), "\n")
	}
}

const midTest = "mid/mid_test.go:5:18: Leak leaks at depth 0"

func TestConfig(t *testing.T) {
	w := newWorld(t, chain)
	w.short("./...").exits(1)
	units := w.units()
	config := func(text string) { w.write(filepath.Join(w.dir, ".leakvet.yaml"), text) }

	config("rules: {all: off}\n")
	w.short("./...").exits(0).hides("leak")
	w.short("-rule=leaktest", "./...").exits(1).says(midFinding)
	config("rules: {leaktest: error}\n")
	w.short("./...").exits(1).says(midFinding+" [leaktest, error]", midTest)
	config("rules: {leaktest: note}\nfail-on: warning\n")
	w.short("./...").exits(0).says(midFinding + " [leaktest, note]")
	w.short("-fail-on=note", "./...").exits(1)
	w.short("-fail-on=never", "./...").exits(0)
	config("exclude: [mid]\n")
	w.short("./...").exits(1).says(appFinding).hides("mid/mid.go:10", midTest)
	config("tests: off\n")
	w.short("./...").exits(1).says(midFinding).hides(midTest, "x_test.go")
	w.short("-tests=default", "./...").exits(1).says(midFinding, midTest)
	config("overrides:\n  - paths: [mid/*_test.go]\n    rules: {leaktest: off}\n  - paths: [app]\n    rules: {leaktest: error}\n")
	w.short("./...").exits(1).says(midFinding+" [leaktest]", appFinding+" [leaktest, error]").hides(midTest)
	w.short("-config=none", "./...").exits(1).says(midTest)
	w.short("-C", filepath.Join(w.dir, "mid"), ".").exits(1).says(midFinding).hides(midTest)

	if n := units(); n > 0 {
		t.Errorf("%d packages were analysed again", n)
	}
	config("generated: true\n")
	w.short("./...").exits(1)
	if units() == 0 {
		t.Error("what changes the analysis changes nothing")
	}
}

func TestConfigMistakes(t *testing.T) {
	w := settled(t, "rules:\n  leaktst: off\ntire: audit\n")
	for _, args := range [][]string{{"./..."}, {"config"}, {"-engine=inproc", "./..."}} {
		w.leakvet(args...).exits(2).warns(".leakvet.yaml:3: unknown key \"tire\" (did you mean tier?)").hides("leaks")
	}
	w.leakvet("-config=none", "./app").exits(1)
	w.leakvet("-config=nowhere.yaml", "./app").exits(2).warns("cannot read the configuration", "nowhere.yaml", "no such file")
	w.write(filepath.Join(w.dir, ".leakvet.yaml"), "table-files: [rows.txt]\n")
	w.leakvet("./app").exits(2).warns("cannot read the table", "rows.txt", ".leakvet.yaml:1 names it")
	w.write(filepath.Join(w.dir, "rows.txt"), "# ours\nclsoe example.com/p.F arg=0\n")
	w.leakvet("./app").exits(2).warns("rows.txt:2:", "clsoe")
	w.write(filepath.Join(w.dir, ".leakvet.yaml"), "tier: audit\ntables: |\n  # ours\n  clsoe example.com/p.F arg=0\n")
	w.leakvet("./app").exits(2).warns(".leakvet.yaml:4:", "clsoe")
}

func TestTablesReachTheTool(t *testing.T) {
	w := settled(t, "table-files: [rows.txt]\n")
	rows := filepath.Join(w.dir, "rows.txt")
	w.write(rows, "close example.com/m/lib.Leak arg=0\n")
	w.short("./...").exits(1).says(midFinding)
	units := w.units()
	w.write(rows, "# said why\n\n  close   example.com/m/lib.Leak arg=0 # here\n")
	w.short("./...").exits(1).says(midFinding)
	if n := units(); n > 0 {
		t.Errorf("%d packages were analysed again for a comment", n)
	}
	w.write(rows, "borrow example.com/m/lib.Leak arg=0\n")
	w.short("./...").exits(1).says(midFinding)
	if units() == 0 {
		t.Error("rows change nothing")
	}
	w.short("-engine=inproc", "./...").exits(1).says(midFinding)
	w.vet("-leakconfig.tables=clsoe x.Y", "./app").exits(1).warns("tables:1:", "clsoe")
	w.vet("-leakconfig.tables=sha256-00", "./lib").exits(1).warns("LEAKVET_TABLES does not say")
	w.setenv("LEAKVET_TABLES=" + rows)
	w.vet("-leakconfig.tables=sha256-00", "./lib").exits(1).warns("does not hold the rows")
}

func TestShowConfig(t *testing.T) {
	w := settled(t, "tier: audit\nrules:\n  leaktest: error\nexclude: [gen]\noverrides:\n  - paths: [mid]\n    tier: default\n    rules: {leaktest: off}\n")
	w.leakvet("config").exits(0).says("# .leakvet.yaml\n", "tier: audit", "# .leakvet.yaml:1\n", "leaktest: error", "# .leakvet.yaml:3\n",
		"tests: default", "# default\n", "exclude: [gen]", "override: mid")
	w.leakvet("config", "-tier=default", "-rule=leaktest").exits(0).says("tier: default", "# flag -tier\n")
	w.leakvet("config", "mid/mid.go").exits(0).says("# for mid/mid.go\n", "tier: default", "# .leakvet.yaml:7\n", "leaktest: off", "# .leakvet.yaml:8\n")
	w.leakvet("config", "mid/none.go").exits(2).warns("there is no mid/none.go")
	w.leakvet("config", "-schema").exits(0).says(`"$schema"`, `"fail-on"`)
	w.leakvet("-config=none", "./lib").exits(0)
	w.leakvet("config", "-config=none").exits(0).says("# -config=none\n").hides(".leakvet.yaml")
}

// baseline returns the baseline's lines without the header.
func (w *world) baseline() string {
	w.t.Helper()
	_, rest, _ := strings.Cut(w.read("known"), "\n")
	return rest
}

func TestBaseline(t *testing.T) {
	w := newWorld(t, chain)
	w.leakvet("-write-baseline", "./...").exits(2).warns("-write-baseline needs to know where")
	w.leakvet("-baseline=known", "./...").exits(2).warns("there is no baseline known: write it with -write-baseline").hides("leaks")

	w.leakvet("-baseline=known", "-write-baseline", "./mid").exits(0).warns("baseline known: 3 added, 0 removed, 3 in all")
	w.short("-baseline=known", "./...").exits(1).says(appFinding).hides("mid/mid.go:10").warns("baseline known: 3 known, 3 new, 0 gone")
	const mid = "leaktest\texample.com/m/mid\tuse\texample.com/m/lib.Leak\t1\n"
	if got := w.baseline(); !strings.Contains(got, mid) || strings.Contains(got, "mid.go") {
		t.Errorf("the baseline is\n%s", got)
	}

	// Lines move, a file gets another name, gofmt has been there.
	text := w.read("mid/mid.go")
	if err := os.Remove(filepath.Join(w.dir, "mid", "mid.go")); err != nil {
		t.Fatal(err)
	}
	w.write(filepath.Join(w.dir, "mid", "other.go"), strings.Replace(text, "\tlib.Leak()", "\n\n\tlib.Leak( )", 1))
	w.leakvet("-baseline=known", "./mid").exits(0).warns("3 known, 0 new, 0 gone")

	// A second of the same kind is new, and is the second wherever it is.
	w.write(filepath.Join(w.dir, "mid", "other.go"), strings.Replace(text, "\tlib.Leak()", "\tlib.Leak()\n\tlib.Leak()", 1))
	w.short("-baseline=known", "./mid").exits(1).says("mid/other.go:11:2").hides("other.go:10:").warns("3 known, 1 new, 0 gone")

	// What is mended is gone, but only where the run has looked.
	w.write(filepath.Join(w.dir, "mid", "other.go"), strings.Replace(text, "\tlib.Leak()", "", 1))
	before := w.read("known")
	w.leakvet("-baseline=known", "./app").exits(1).warns("0 known, 3 new, 0 gone")
	w.leakvet("-baseline=known", "./...").exits(1).warns("2 known, 3 new, 1 gone (-write-baseline forgets them)")
	w.setenv(modeVar + "=panic")
	w.leakvet("-baseline=known", "-rule=leakpanic", "-write-baseline", "./...").exits(0).warns("0 added, 0 removed, 3 in all")
	w.setenv(modeVar + "=leakvet")
	if w.read("known") != before {
		t.Error("the baseline changes")
	}
	w.leakvet("-baseline=known", "-write-baseline", "./...").exits(0).warns("3 added, 1 removed, 5 in all").says("app/app.go")
	w.leakvet("-baseline=known", "./...").exits(0).warns("5 known, 0 new, 0 gone")
	w.leakvet("-baseline=known", "-engine=inproc", "./...").exits(0).warns("5 known, 0 new, 0 gone")

	// A package is removed with all that is in it.
	if err := os.RemoveAll(filepath.Join(w.dir, "app")); err != nil {
		t.Fatal(err)
	}
	w.leakvet("-baseline=known", "./mid").exits(0).warns("2 known, 0 new, 3 gone")
}

func TestBaselineIsNotLost(t *testing.T) {
	w := newWorld(t, sick)
	w.leakvet("-baseline=known", "-write-baseline", "./mid").exits(0)
	before := w.read("known")
	w.leakvet("-baseline=known", "-write-baseline", "./...").exits(2).warns("the baseline known is left as it is")
	w.leakvet("-baseline=known", "-write-baseline", "-new-from=HEAD", "./mid").exits(2).warns("would forget what is older")
	if w.read("known") != before {
		t.Error("the baseline changes")
	}
	w.write(filepath.Join(w.dir, "known"), before+"<<<<<<< ours\n")
	w.leakvet("-baseline=known", "./mid").exits(2).warns("known:5: a merge conflict").hides("leaks")
	w.leakvet("-baseline=known", "-write-baseline", "./mid").exits(2).warns("known:5: a merge conflict")
	w.write(filepath.Join(w.dir, "known"), "\x00\x01")
	w.leakvet("-baseline=known", "-write-baseline", "./mid").exits(2).warns("known:1: this is no baseline")
	w.leakvet("-baseline=mid", "./mid").exits(2).warns("cannot read the baseline", "is a directory")
	w.leakvet("-baseline=none/known", "-write-baseline", "./mid").exits(2).warns("cannot write the baseline", "no such file or directory")
}

func TestBaselineOfConfig(t *testing.T) {
	w := settled(t, "baseline: known\n")
	w.leakvet("-C", filepath.Join(w.dir, "app"), "-write-baseline").exits(0).warns("baseline known: 3 added")
	w.leakvet("./app").exits(0).warns("3 known")
	w.leakvet("-baseline=", "./app").exits(1)
}

func TestNewFrom(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip(err)
	}
	w := newWorld(t, chain)
	git := func(args ...string) {
		t.Helper()
		w.exec("git", append([]string{"-c", "user.name=x", "-c", "user.email=x@example.com"}, args...)...).exits(0)
	}
	w.leakvet("-new-from=main", "./...").exits(2).warns("-new-from needs a git repository")
	git("init", "-q", "-b", "main")
	git("add", "-A")
	git("commit", "-q", "-m", "x")
	w.leakvet("-new-from=main", "./...").exits(0)
	w.leakvet("-new-from=man", "./...").exits(2).warns("-new-from man: git knows no such revision")
	app := filepath.Join(w.dir, "app", "app.go")
	w.write(app, w.read("app/app.go")+"\nfunc more() { mid.Wrap() }\n")
	w.short("-new-from=main", "./...").exits(1).says("app/app.go:13:15: Wrap").hides("app.go:6", "app.go:8", "mid.go")
}

func TestModules(t *testing.T) {
	const other = "-- other/go.mod --\nmodule example.com/other\n\ngo 1.26\n-- other/p.go --\npackage other\n\nfunc Leak() {}\n\nfunc use() { Leak() }\n" +
		"-- other/.leakvet.yaml --\nrules: {leaktest: error}\n-- empty/go.mod --\nmodule example.com/empty\n\ngo 1.26\n" +
		"-- testdata/no/go.mod --\nmodule example.com/no\n"
	w := newWorld(t, chain+other)
	w.short("./...").exits(1).hides("other/p.go")
	for _, engine := range []string{"-engine=vet", "-engine=inproc"} {
		w.short("-modules", engine, "./...").exits(1).says(midFinding+" [leaktest]\n", "other/p.go:5:14: Leak leaks at depth 0 [leaktest, error]\n")
	}
	w.leakvet("-modules", "-baseline=known", "-write-baseline", "./...").exits(0).warns("baseline known: 7 added")
	w.leakvet("-modules", "-baseline=known", "./...").exits(0).warns("7 known, 0 new, 0 gone")
	w.leakvet("-baseline=known", "./...").exits(0).warns("6 known, 0 new, 0 gone")

	w.write(filepath.Join(w.dir, "go.work"), "go 1.26\n\nuse ./other\n")
	w.setenv("GOWORK=" + filepath.Join(w.dir, "go.work"))
	w.setenv("GOFLAGS=")
	w.short("-modules", "./...").exits(1).says("other/p.go:5:14").hides("mid/mid.go")
	w.dir = filepath.Join(w.dir, "mid")
	w.setenv("GOWORK=off")
	w.leakvet("-modules", "./...").exits(2).warns("there is no go.work and no go.mod in")
}

func TestVendoredCodeIsNotShown(t *testing.T) {
	w := newWorld(t, `
-- go.mod --
module example.com/m

go 1.26

require example.com/dep v1.0.0
-- vendor/modules.txt --
# example.com/dep v1.0.0
## explicit; go 1.26
example.com/dep
-- vendor/example.com/dep/dep.go --
package dep

func Leak() int { return 1 }

func use() { Leak() }
-- p/p.go --
package p

import "example.com/dep"

func use() { dep.Leak() }
`)
	w.setenv("GOFLAGS=-mod=vendor")
	for _, engine := range []string{"-engine=vet", "-engine=inproc"} {
		w.short(engine, "./...").exits(1).says("p/p.go:5:14: Leak leaks").hides("vendor/")
		w.short(engine, "./...", "example.com/dep").exits(1).says("p/p.go:5:14: Leak leaks").hides("vendor/example.com/dep/dep.go:5")
	}
}

func TestBrokenPipe(t *testing.T) {
	w := newWorld(t, chain)
	r, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	cmd := w.command(w.self, "./...")
	var stderr strings.Builder
	cmd.Stdout, cmd.Stderr = out, &stderr
	cmd.Run()
	if code := cmd.ProcessState.ExitCode(); code != 2 || !strings.Contains(stderr.String(), "cannot print the findings: broken pipe") {
		t.Errorf("exit code %d\n%s", code, &stderr)
	}
}
