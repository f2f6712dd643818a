package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/leakvet/leakvet/tools/internal/clone"
	"github.com/leakvet/leakvet/tools/internal/record"
)

// TestMain runs the tests where the command runs.
func TestMain(m *testing.M) {
	if err := os.Chdir(".."); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

func TestTablesOnPageAreThoseOfTheRecord(t *testing.T) {
	text, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	want, err := withTables(string(text))
	if err != nil {
		t.Fatal(err)
	}
	if string(text) != want {
		t.Errorf("%s is not what is on record: go -C tools run ./recall -tables", document)
	}
}

func TestFurtherFixesAreOthers(t *testing.T) {
	further, err := readFixes(furtherFile)
	if err != nil {
		t.Fatal(err)
	}
	development, elsewhere, err := readAll()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, f := range slices.Concat(development, elsewhere, further) {
		if names[f.name()] {
			t.Errorf("%s stands twice", f.name())
		}
		names[f.name()] = true
	}
}

func TestRecordIsOfTheFixes(t *testing.T) {
	development, elsewhere, err := readAll()
	if err != nil {
		t.Fatal(err)
	}
	fixes := slices.Concat(development, elsewhere)
	vs, err := readRecord(recordFile)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(recordFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(vs.format(fixes)) != string(data) {
		t.Errorf("%s has not a line for each fix, in order", recordFile)
	}
	names := map[string]bool{}
	for _, f := range fixes {
		if names[f.name()] {
			t.Errorf("%s stands twice", f.name())
		}
		names[f.name()] = true
	}
}

func TestReadErrors(t *testing.T) {
	a, b := strings.Repeat("a", 40), strings.Repeat("b", 40)
	file := filepath.Join(t.TempDir(), "text")
	write := func(text string) {
		if err := os.WriteFile(file, []byte("# comment\n"+text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for line, want := range map[string]string{
		"bodyclose local o/n . " + a + " x.go:1-2 " + b:                  "7 columns",
		"bodies local o/n . " + a + " x.go:1-2 " + b + " x.go:1-2":       `unknown kind "bodies"`,
		"bodyclose near o/n . " + a + " x.go:1-2 " + b + " x.go:1-2":     `unknown reach "near"`,
		"bodyclose local n . " + a + " x.go:1-2 " + b + " x.go:1-2":      "not owner/name",
		"bodyclose local o/n . main x.go:1-2 " + b + " x.go:1-2":         "40 digits",
		"bodyclose local o/n . " + a + " x.go:2-1 " + b + " x.go:1-2":    "first-last",
		"bodyclose local o/n . " + a + " x.go:1-2 " + b + " x.go":        "first-last",
		"bodyclose local o/n . " + a + " x.go:1-2 " + b + " /x.go:1-2":   "first-last",
		"bodyclose local o/n . " + a + " x.go:one-2 " + b + " x.go:1-12": "first-last",
	} {
		write(line)
		if _, err := readFixes(file); err == nil || !strings.HasPrefix(err.Error(), file+":2: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %s", line, err, want)
		}
	}
	verdicts := strings.Repeat("\tfound", len(columnNames()))
	for line, want := range map[string]string{
		"a" + verdicts[1:]: "columns",
		"a\tgood" + strings.TrimPrefix(verdicts, "\tfound"): `unknown verdict "good"`,
	} {
		write(line)
		if _, err := readRecord(file); err == nil || !strings.HasPrefix(err.Error(), file+":2: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %s", line, err, want)
		}
	}
	if _, err := buildTools(t.TempDir(), options{tools: []string{"vet"}}); err == nil || !strings.Contains(err.Error(), "default, audit, rivals") {
		t.Errorf("error %v", err)
	}
}

func TestTold(t *testing.T) {
	l := lines{file: "p/a.go", first: 3, last: 5}
	for _, test := range []struct {
		file string
		line int
		rule string
		want bool
	}{
		{"p/a.go", 3, "respbody", true},
		{"p/a.go", 5, "respbody", true},
		{"p/a.go", 6, "respbody", false},
		{"q/p/a.go", 4, "respbody", false},
		{"p/a.go", 4, "mapgrow", false},
	} {
		e := []record.Entry{{Rule: test.rule, File: test.file, Line: test.line}}
		if got := l.told(e, []string{"respbody"}); got != test.want {
			t.Errorf("%v: %t", e, got)
		}
	}
}

func TestTables(t *testing.T) {
	fixes := []fix{
		{kind: "bodyclose", reach: "local", repository: "o/one"},
		{kind: "bodyclose", reach: "dynamic", repository: "o/two"},
		{kind: "goroutine", reach: "local", repository: "o/three"},
	}
	vs := verdicts{}
	vs.set(fixes[0].name(), "default", "found")
	vs.set(fixes[0].name(), "audit", "found")
	vs.set(fixes[1].name(), "bodyclose", "found")
	vs.set(fixes[1].name(), "default", "still")
	vs.set(fixes[2].name(), "default", "broken")
	got := kindTable(fixes, vs)
	for _, row := range []string{
		"| response bodies | 2 | 1 | 1 | 1 |\n",
		"goroutines that never end | 1 | 0 | 0 | 0 |\n",
		"| all | 3 | 1 | 1 | 1 |\n",
		"a static tool can know | 1 | 1 | 1 | 0 |\n",
	} {
		if !strings.Contains(got, row) {
			t.Errorf("no %q in\n%s", row, got)
		}
	}
	if got, row := fixTable(fixes[1:2], vs), "response bodies | still | unknown | bodyclose |\n| all that load: 1 | | 0 | 0 | 1 |\n"; !strings.HasSuffix(got, row) {
		t.Errorf("no %q in\n%s", row, got)
	}
	got = toolTable(fixes, vs)
	for _, row := range []string{"| leakvet, default tier | 1 | 1 | 0 | 1 |\n", "| bodyclose | 1 | 0 | 0 | 2 |\n"} {
		if !strings.Contains(got, row) {
			t.Errorf("no %q in\n%s", row, got)
		}
	}
}

func TestDiff(t *testing.T) {
	f := fix{kind: "bodyclose", repository: "o/n"}
	old := verdicts{}
	old.set(f.name(), "default", "found")
	now := old.clone()
	var w strings.Builder
	if !old.diff(&w, now, []fix{f}) {
		t.Errorf("a copy differs:\n%s", &w)
	}
	now.set(f.name(), "default", "missed")
	if old.diff(&w, now, []fix{f}) || !strings.Contains(w.String(), "default: missed, was found") {
		t.Errorf("got %q", &w)
	}
}

// TestTry runs leakvet over a leak, its mend and a mend that mends nothing.
func TestTry(t *testing.T) {
	const leak = `package leak

import "os"

func Size(name string) (int64, error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
`
	checkouts, dir := t.TempDir(), filepath.Join(t.TempDir(), "elsewhere")
	if err := os.Symlink(dir, filepath.Join(checkouts, "one")); err != nil {
		t.Fatal(err)
	}
	commit := func(text string) string {
		t.Helper()
		for name, text := range map[string]string{"mod/go.mod": "module example.com/leak\n\ngo 1.26\n", "mod/leak/leak.go": text} {
			name = filepath.Join(dir, name)
			if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		for _, args := range [][]string{{"add", "."}, {"-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "a"}} {
			if err := clone.Git(dir, args...); err != nil {
				t.Fatal(err)
			}
		}
		head, err := clone.Head(dir)
		if err != nil {
			t.Fatal(err)
		}
		return head
	}
	if err := exec.Command("git", "init", "-q", dir).Run(); err != nil {
		t.Fatal(err)
	}
	mended := strings.Replace(leak, "\tinfo,", "\tdefer f.Close()\n\tinfo,", 1)
	leaks, stays, fixed := commit(leak), commit(leak+"\n// Size is small.\n"), commit(mended)

	tools, err := buildTools(t.TempDir(), options{tools: []string{"default"}, cache: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	of := func(commit string, first, last int) lines {
		return lines{commit: commit, file: "mod/leak/leak.go", first: first, last: last}
	}
	for _, test := range []struct {
		name          string
		before, after lines
		want          verdict
	}{
		{"mended", of(leaks, 5, 15), of(fixed, 5, 16), found},
		{"not mended", of(leaks, 5, 15), of(stays, 5, 15), still},
		{"no leak", of(fixed, 5, 16), of(fixed, 5, 16), missed},
		{"elsewhere", of(leaks, 1, 4), of(fixed, 1, 4), missed},
		{"no such commit", of(strings.Repeat("0", 40), 5, 15), of(fixed, 5, 16), broken},
		{"no such package", lines{leaks, "mod/gone/leak.go", 5, 15}, of(fixed, 5, 16), broken},
	} {
		f := fix{kind: "unclosed", repository: "o/one", module: "mod", before: test.before, after: test.after}
		if got := f.try(tools[0], checkouts); len(got) != 1 || got["default"] != test.want {
			t.Errorf("%s: %v, want %s", test.name, got, test.want)
		}
	}
}
