package integration

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

type corpusOf struct {
	name  string // of the table's column
	rule  string
	least int
	large bool // its libraries are, so that analysing them takes minutes
}

// corpora are the analyzers' own fixtures, under the import paths that
// analysistest gives them: those that the default tier speaks of, and the least
// number of findings that they hold.
var corpora = []corpusOf{
	{"cancelleak", "cancelleak", 10, false},
	{"connconf", "connconf", 12, false},
	{"ctxblock", "ctxblock", 20, false},
	{"ctxdrop", "ctxdrop", 60, false},
	{"errcache", "errcache", 20, false},
	{"labelcard", "labelcard", 200, false},
	{"leakdirective", "leakdirective", 40, false},
	{"mapgrow", "mapgrow", 30, false},
	{"resclose", "resclose", 30, false},
	{"respbody", "respbody", 20, false},
	{"clients", "respbody", 1, true},
	{"timerleak", "timerleak", 15, false},
}

// A driver runs leakvet's analyzers over a module.
type driver struct {
	name  string
	newer bool // with the newer Go
	slow  bool // no large corpora: it analyses every library's package anew
	run   func(t *testing.T, tool, dir, rule string) []finding
}

// drivers are the ways to call leakvet. Each must find what the first does.
var drivers = []driver{
	{name: "go vet", run: command("go", "vet", "-vettool=LEAKVET", "-RULE", "./...")},
	{name: "leakvet", run: command("LEAKVET", "-short", "-rule=RULE", "./...")},
	{name: "leakvet -engine=inproc", run: command("LEAKVET", "-short", "-engine=inproc", "-rule=RULE", "./...")},
	{name: "go vet, Go 1.27", newer: true, slow: true, run: command("go", "vet", "-vettool=LEAKVET", "-RULE", "./...")},
	{name: "leakvet, Go 1.27", newer: true, slow: true, run: command("LEAKVET", "-short", "-rule=RULE", "./...")},
	{name: "multichecker", slow: true, run: multicheckerFindings},
	{name: "staticcheck's lintcmd", slow: true, run: lintcmdFindings},
	{name: "golangci-lint v2.15.0", slow: true, run: golangciFindings},
	{name: "gopls v0.23.0", slow: true, run: goplsFindings},
	{name: "gopls v0.24.0, Go 1.27", newer: true, slow: true, run: goplsFindings},
	{name: "nogo of rules_go v0.65.0", slow: true, run: nogoFindings},
}

// newer is the Go after the one that runs the tests.
const newer = "go1.27.0"

// newerGo returns what makes the newer Go the one in PATH, as an installation
// does: without modules, GOTOOLCHAIN means nothing, and gopls asks without.
var newerGo = sync.OnceValues(func() ([]string, error) {
	cmd := exec.Command("go", "env", "GOROOT")
	cmd.Env = append(os.Environ(), "GOTOOLCHAIN="+newer)
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %v", newer, err)
	}
	bin := filepath.Join(strings.TrimSpace(string(out)), "bin")
	return []string{"GOTOOLCHAIN=local", "PATH=" + bin + string(os.PathListSeparator) + os.Getenv("PATH")}, nil
})

// useNewerGo makes the newer Go that of a test, and returns the leakvet that it
// has built: one built with an older Go cannot read its std.
func useNewerGo(t *testing.T) string {
	t.Helper()
	tool, err := leakvet27()
	if err != nil {
		t.Fatal(err)
	}
	env, err := newerGo()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range env {
		name, value, _ := strings.Cut(e, "=")
		t.Setenv(name, value)
	}
	return tool
}

var leakvet27 = sync.OnceValues(func() (string, error) {
	name := filepath.Join(filepath.Dir(leakvet), "leakvet27")
	return name, build("..", name, "./cmd/leakvet", "GOTOOLCHAIN="+newer)
})

// command returns the driver that is run by these words, of which LEAKVET and
// RULE stand for the tool and the rule.
func command(words ...string) func(t *testing.T, tool, dir, rule string) []finding {
	return func(t *testing.T, tool, dir, rule string) []finding {
		t.Helper()
		r := strings.NewReplacer("LEAKVET", tool, "RULE", rule)
		args := make([]string, len(words))
		for i, w := range words {
			args[i] = r.Replace(w)
		}
		return findings(output(t, dir, []int{0, 1}, args[0], args[1:]...))
	}
}

// TestDriversAgree runs each corpus through every way to call leakvet, over the
// real libraries where the fixtures' own tests have stubs: the first finds what
// the comments expect, the others find the same. What they found is the table in
// docs/drivers.md; -update writes it.
func TestDriversAgree(t *testing.T) {
	table := make(driverTable)
	for _, c := range corpora {
		t.Run(c.name, func(t *testing.T) {
			dir := corpus(t, c.rule, c.large)
			want := wants(t, dir)
			if len(want) < c.least {
				t.Fatalf("only %d findings are expected", len(want))
			}
			var first []finding
			for i, d := range drivers {
				if c.large && d.slow {
					continue
				}
				t.Run(d.name, func(t *testing.T) {
					tool := leakvet
					if d.newer {
						tool = useNewerGo(t)
					}
					got := d.run(t, tool, dir, c.rule)
					table.set(d.name, c.name, len(got))
					if i == 0 {
						asExpected(t, got, want)
						first = got
					} else if !slices.Equal(first, got) {
						t.Errorf("%s differs from %s:\n%s\n%s", d.name, drivers[0].name, list(got), list(first))
					}
				})
			}
			t.Run("settings", func(t *testing.T) {
				for _, args := range [][]string{
					append([]string{leakvet, "-short", "-rule=" + c.rule}, folders(t, dir)...),
					{"go", "vet", "-vettool=" + leakvet, "-" + c.rule, "-leakconfig.witness=full", "./..."},
				} {
					if got := findings(output(t, dir, []int{1}, args[0], args[1:]...)); !slices.Equal(first, got) {
						t.Errorf("%v differs:\n%s\n%s", args[1:], list(got), list(first))
					}
				}
			})
		})
	}
	if !t.Failed() {
		table.check(t)
	}
}

// asExpected holds findings against the comments of a corpus.
func asExpected(t *testing.T, got []finding, want []wanted) {
	t.Helper()
	for _, f := range got {
		if !slices.ContainsFunc(want, func(w wanted) bool { return w.matches(f) }) {
			t.Errorf("unexpected: %s", f)
		}
	}
	for _, w := range want {
		if !slices.ContainsFunc(got, w.matches) {
			t.Errorf("%s:%d: nothing matches %s", w.file, w.line, w.message)
		}
	}
}

// TestGoVersionsCache checks that a second run finds the same without a single
// run of the tool, whichever Go it is.
func TestGoVersionsCache(t *testing.T) {
	for _, version := range []string{"this", newer} {
		t.Run(version, func(t *testing.T) {
			tool := leakvet
			if version == newer {
				tool = useNewerGo(t)
			}
			dir := corpus(t, "errcache", false)
			t.Setenv("GOCACHE", t.TempDir())
			vet := []string{"vet", "-x", "-vettool=" + tool, "./..."}
			cold := output(t, dir, []int{1}, "go", vet...)
			warm := output(t, dir, []int{1}, "go", vet...)
			if runs := toolRuns(cold, tool); runs < 10 {
				t.Errorf("go vet runs the tool %d times the first time", runs)
			}
			if runs := toolRuns(warm, tool); runs > 0 {
				t.Errorf("go vet runs the tool %d times though nothing has changed", runs)
			}
			if first, second := findings(cold), findings(warm); len(first) == 0 || !slices.Equal(first, second) {
				t.Errorf("first\n%sthen\n%s", list(first), list(second))
			}
		})
	}
}

// toolRuns counts the units that go vet -x says it has the tool analyse.
func toolRuns(text, tool string) int {
	n := 0
	for line := range strings.Lines(text) {
		if strings.Contains(line, tool+" ") && strings.Contains(line, "vet.cfg") {
			n++
		}
	}
	return n
}

// corpus copies a rule's fixtures into a module of their own, but for those that
// need other settings: those with large libraries, or the others.
func corpus(t *testing.T, rule string, large bool) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../testdata/src/"+rule)); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if slices.Contains([]string{"audit", "late", "vet"}, e.Name()) || large != (e.Name() == "clients") {
			if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
				t.Fatal(err)
			}
		}
	}
	module(t, dir, rule)
	return dir
}

// folders returns the patterns of the folders of a corpus, one for each: what
// names packages finds what the whole module does.
func folders(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var patterns []string
	for _, e := range entries {
		if e.IsDir() {
			patterns = append(patterns, "./"+e.Name()+"/...")
		}
	}
	return patterns
}

// module makes dir a module of that name with this module's requirements.
func module(t *testing.T, dir, name string) {
	t.Helper()
	for _, file := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, file), data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	const self = "github.com/leakvet/leakvet"
	output(t, dir, []int{0}, "go", "mod", "edit", "-module="+name, "-dropreplace="+self, "-droprequire="+self)
	t.Setenv("GOFLAGS", "-mod=mod")
}

// wanted is what a comment expects on its line.
type wanted struct {
	file    string
	line    int
	message *regexp.Regexp
}

func (w wanted) matches(f finding) bool {
	return w.file == f.file && w.line == f.line && w.message.MatchString(f.message)
}

var (
	wantComment = regexp.MustCompile("// want (([\"`]).*)$")
	wantString  = regexp.MustCompile("`[^`]*`|\"(?:[^\"\\\\]|\\\\.)*\"")
)

// wants returns what the comments of the files under dir expect.
func wants(t *testing.T, dir string) []wanted {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, deeper := range []string{"*/*", "*/*/*"} {
		more, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(deeper), "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, more...)
	}
	var found []wanted
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			t.Fatal(err)
		}
		line := 0
		for text := range strings.Lines(string(data)) {
			line++
			m := wantComment.FindStringSubmatch(strings.TrimRight(text, "\n"))
			if m == nil {
				continue
			}
			for _, quoted := range wantString.FindAllString(m[1], -1) {
				pattern, err := strconv.Unquote(quoted)
				if err != nil {
					t.Fatalf("%s:%d: %v", rel, line, err)
				}
				found = append(found, wanted{filepath.ToSlash(rel), line, regexp.MustCompile(pattern)})
			}
		}
	}
	return found
}

func list(findings []finding) string {
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "\t%s\n", f)
	}
	return b.String()
}
