package integration

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// corpora are the analyzers' own fixtures, under the import paths that
// analysistest gives them: those that the default tier speaks of, and the least
// number of findings that they hold.
var corpora = []struct {
	rule     string
	packages []string
	least    int
}{
	{"cancelleak", []string{"./a", "./missed", "./ok"}, 10},
	{"connconf", []string{"./a", "./cmd/check", "./cross/app", "./cross/web", "./ok", "./support"}, 8},
	{"ctxblock", []string{"./a", "./cross/...", "./fix", "./ok"}, 20},
	{"ctxdrop", []string{"./a", "./cross/...", "./fix", "./fiximport", "./ok/..."}, 60},
	{"errcache", []string{"./a", "./cross/...", "./ok"}, 20},
	{"labelcard", []string{"./a", "./cross/...", "./fix", "./ok"}, 200},
	{"leakdirective", []string{"./a", "./cross/...", "./ok"}, 40},
	{"mapgrow", []string{"./a", "./caches", "./cross/...", "./ok", "./support"}, 30},
	{"resclose", []string{"./a", "./cross/...", "./fix", "./libs", "./missed", "./ok"}, 30},
	{"respbody", []string{"./a", "./clients", "./cross/...", "./fix", "./ok"}, 20},
	{"timerleak", []string{"./a", "./newer", "./ok"}, 15},
}

// TestDriversAgree runs each corpus through every way to call leakvet, over the
// real libraries where the fixtures' own tests have stubs: each finds what the
// comments expect, all find the same.
func TestDriversAgree(t *testing.T) {
	for _, c := range corpora {
		t.Run(c.rule, func(t *testing.T) { agree(t, c.rule, c.packages, c.least) })
	}
}

func agree(t *testing.T, rule string, packages []string, least int) {
	dir := corpus(t, rule)
	want := wants(t, dir)
	if len(want) < least {
		t.Fatalf("only %d findings are expected", len(want))
	}
	var first []finding
	for _, driver := range [][]string{
		{"go", "vet", "-vettool=" + leakvet, "-" + rule, "./..."},
		{leakvet, "-short", "-rule=" + rule, "./..."},
		{leakvet, "-short", "-engine=inproc", "-rule=" + rule, "./..."},
		{"go", "vet", "-vettool=" + leakvet, "-" + rule, "-leakconfig.witness=full", "./..."},
		append([]string{leakvet, "-short", "-rule=" + rule}, packages...),
	} {
		name := strings.Join(append([]string{filepath.Base(driver[0])}, driver[1:]...), " ")
		got := findings(output(t, dir, []int{1}, driver[0], driver[1:]...))
		for _, f := range got {
			if !slices.ContainsFunc(want, func(w wanted) bool { return w.matches(f) }) {
				t.Errorf("%s: unexpected: %s", name, f)
			}
		}
		for _, w := range want {
			if !slices.ContainsFunc(got, w.matches) {
				t.Errorf("%s: %s:%d: nothing matches %s", name, w.file, w.line, w.message)
			}
		}
		if first == nil {
			first = got
		} else if !slices.Equal(first, got) {
			t.Errorf("%s differs from go vet:\n%s\n%s", name, list(got), list(first))
		}
	}
}

// corpus copies a rule's fixtures into a module of their own, but for those that
// need other settings.
func corpus(t *testing.T, rule string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../testdata/src/"+rule)); err != nil {
		t.Fatal(err)
	}
	for _, other := range []string{"audit", "late", "vet"} {
		if err := os.RemoveAll(filepath.Join(dir, other)); err != nil {
			t.Fatal(err)
		}
	}
	module(t, dir, rule)
	return dir
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
