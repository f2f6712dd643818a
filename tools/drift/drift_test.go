package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/go/packages"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakapi/apitest"
)

func lib(path, version string) *library {
	return &library{Library: apitest.Library{Path: path, Version: version, Rows: 2}, tried: version}
}

func TestNewestVersions(t *testing.T) {
	found, err := decode([]byte(`{"Path": "m/same", "Version": "v1.0.0"}
{"Path": "m/behind", "Version": "v1.0.0", "Versions": ["v0.9.0", "v1.0.0", "v1.1.0", "v1.1.9", "v1.2.0-rc.1", "v1.2.0", "v2.0.0-rc.1"], "Update": {"Path": "m/behind", "Version": "v1.2.0"}}
{"Path": "m/hidden", "Version": "v1.0.0", "Error": {"Err": "reading: 404"}}
{"Path": "m/old", "Version": "v1.0.0", "Deprecated": "use m/new\n"}
{"Path": "m/bad", "Version": "v1.0.0", "Retracted": ["it panics"]}
`))
	if err != nil {
		t.Fatal(err)
	}
	want := []library{
		{newest: "v1.0.0"},
		{newest: "v1.2.0", newer: []string{"v1.2.0", "v1.1.9", "v1.1.0"}},
		{},
		{newest: "v1.0.0", notice: "use m/new\n"},
		{newest: "v1.0.0", notice: "v1.0.0 is retracted: it panics"},
	}
	if len(found) != len(want) {
		t.Fatalf("%d modules: %+v", len(found), found)
	}
	for i, m := range found {
		l := lib(m.Path, m.Version)
		l.know(m)
		if w := want[i]; l.newest != w.newest || l.notice != w.notice || !slices.Equal(l.newer, w.newer) {
			t.Errorf("%s: newest %q, newer %q, notice %q", m.Path, l.newest, l.newer, l.notice)
		}
	}
	if _, err := decode([]byte(`{"Path": `)); err == nil {
		t.Error("half an object is no error")
	}
}

func TestWhyNot(t *testing.T) {
	for _, test := range []struct{ stderr, want string }{
		{"go: m@v2 requires m@v2: parsing go.mod:\n\tmodule declares its path as: n\n\t but was required as: m\n", "it is now n"},
		{"go: m@v1.9.0 requires go >= 1.99.1 (running go 1.26.0)\n", "it needs Go 1.99.1"},
		{"go: downloading n v1.0.0\ngo: m imports\n\tn/p: n@v1.0.0: reading https://example.com/n.zip: 404 Not Found\n", "n, which it needs, cannot be downloaded"},
		{"go: m@v2 requires n@v3, not n@v2\n", "it cannot be required beside the others"},
	} {
		if got := whyNot(test.stderr); got != test.want {
			t.Errorf("%q: %s, want %s", test.stderr, got, test.want)
		}
	}
}

func TestNewerMajors(t *testing.T) {
	libs := []*library{lib("m/a", "v1.0.0"), lib("m/a/v3", "v3.0.0"), lib("m/b", "v1.0.0"), lib("gopkg.in/c.v2", "v2.0.0")}
	newerMajors(libs, []module{
		{Path: "gopkg.in/c.v3"}, {Path: "m/a"}, {Path: "m/a/v2"}, {Path: "m/a/v3"}, {Path: "m/b/sub/v2"}, {Path: "m/b/v10"}, {Path: "m/b/v9"}, {Path: "m/d/v2"},
	})
	want := []string{"", "", "m/b/v9 m/b/v10", "gopkg.in/c.v3"}
	for i, l := range libs {
		if got := strings.Join(l.majors, " "); got != want[i] {
			t.Errorf("%s: %q, want %q", l.Path, got, want[i])
		}
	}
}

func TestReport(t *testing.T) {
	same, behind, kept := lib("m/same", "v1.0.0"), lib("m/behind", "v1.0.0"), lib("m/kept", "v1.0.0")
	same.newest, same.notice, same.majors = "v1.0.0", "use m/new | or not\nsee below", []string{"m/same/v2"}
	behind.newest, behind.tried = "v1.1.0", "v1.1.0"
	kept.newest, kept.kept = "v2.0.0", "it is now m/new"
	r := report{libs: []*library{behind, lib("m/hidden", "v1.0.0"), kept, same}}
	if !r.holds() {
		t.Error("versions that are behind break nothing")
	}
	now := time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	page := string(r.page(now))
	for _, want := range []string{
		"on 2030-01-02 that",
		"\n| `m/behind` | v1.0.0 | 2 | v1.1.0 | all rows hold with v1.1.0 |\n" +
			"| `m/hidden` | v1.0.0 | 2 | unknown | the go command cannot tell which version is newest |\n" +
			"| `m/kept` | v1.0.0 | 2 | v2.0.0 | not checked with its newest version: it is now m/new |\n" +
			"| `m/same` | v1.0.0 | 2 | v1.0.0 | no row speaks of m/same/v2; its authors say: use m/new \\| or not |\n",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not in\n%s", want, page)
		}
	}

	behind.rows = []string{"(*m/behind.T).M: no function has this name"}
	behind.deprecated = []string{"m/behind.F"}
	r.fixtures = []string{"respbody/a/a.go:3:4: undefined: behind.F"}
	if r.holds() {
		t.Error("a broken row breaks nothing")
	}
	var b strings.Builder
	r.print(&b)
	const want = `m/behind: v1.0.0 is required, v1.1.0 is newest, rows are held to v1.1.0
m/behind: row does not hold: (*m/behind.T).M: no function has this name
m/behind: newly deprecated: m/behind.F
m/hidden: the go command cannot tell which version is newest
m/kept: v1.0.0 is required, v2.0.0 is newest, rows are held to v1.0.0
m/kept: not checked with its newest version: it is now m/new
m/same: no row speaks of m/same/v2
m/same: its authors say: use m/new | or not
fixture does not compile: respbody/a/a.go:3:4: undefined: behind.F
8 rows on 4 modules, 2 of them behind: 1 rows and 1 fixtures do not hold
`
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
	page = string(r.page(now))
	for _, want := range []string{
		"| row does not hold: (\\*m/behind.T).M: no function has this name; newly deprecated: m/behind.F |\n",
		"\n- respbody/a/a.go:3:4: undefined: behind.F\n",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not in\n%s", want, page)
		}
	}
	behind.rows = nil
	if r.holds() {
		t.Error("a broken fixture breaks nothing")
	}
}

// files writes files below a new directory, which it returns.
func files(t *testing.T, contents map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range contents {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestRows(t *testing.T) {
	dir := files(t, map[string]string{
		"go.mod":     "module example.com/m\n\ngo 1.26.0\n",
		"m.go":       "package m\n\nfunc Pure(s string) string { return s }\n\nfunc None() {}\n",
		"bad/bad.go": "package bad\n\nvar X int = \"\"\n",
	})
	tables, err := leakapi.Builtin().With("t.txt", `
pure example.com/m.Pure
pure example.com/m.None
pure example.com/m.Gone
pure example.com/m/bad.X
pure example.com/m/gone.X
`)
	if err != nil {
		t.Fatal(err)
	}
	l := lib("example.com/m", "v1.0.0")
	l.Packages = []string{"example.com/m", "example.com/m/bad", "example.com/m/gone"}
	pkgs, err := load(dir, false, l.Packages...)
	if err != nil {
		t.Fatal(err)
	}
	got := broken(l.Library, tables, pkgs)
	want := []string{
		"example.com/m.Gone: no function has this name",
		"example.com/m.None: a pure function has results",
		"package example.com/m/bad: ",
		"package example.com/m/gone: ",
	}
	if !slices.EqualFunc(got, want, strings.HasPrefix) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestFixtures(t *testing.T) {
	root := files(t, map[string]string{
		"good/a/a.go":      "package a\n\nimport \"good/b\"\n\nvar X = b.X\n",
		"good/b/b.go":      "package b\n\nvar X = 1\n",
		"bad/a/a.go":       "package a\n\nvar X = 1\n",
		"bad/a/a_test.go":  "package a\n\nvar Y = Z\n",
		"bad/ok/ok.go":     "package ok\n",
		"bad/b/c/b.go":     "package c\n\nimport \"example.com/gone\"\n\nvar X = gone.X\n",
		"unused/a/bad.txt": "",
	})
	dir := files(t, map[string]string{"go.mod": "module drift\n\ngo 1.26.0\n", "go.sum": ""})
	// No module is to be asked for.
	t.Setenv("GOPROXY", "off")
	got, err := checkFixtures(dir, root, []string{"bad", "good"})
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(got, "\n")
	for _, want := range []string{"bad/a/a_test.go:3:9: undefined: Z", "bad/b/c/b.go:3:8: "} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not in\n%s", want, text)
		}
	}
	if strings.Contains(text, "good") || strings.Contains(text, dir) {
		t.Errorf("got\n%s", text)
	}
	if _, err := checkFixtures(dir, root, []string{"unused"}); err == nil {
		t.Error("a rule without fixtures is no error")
	}
}

func TestNewlyDeprecated(t *testing.T) {
	const before = `package m

func F() {}

// G was bad from the start.
//
// Deprecated: use F.
func G() {}

type T struct{}

func (*T) M() {}

type I interface{ N() }

type S[E any] struct{}

func (s *S[E]) P() {}
`
	now := strings.NewReplacer(
		"func F", "// Deprecated: use G.\nfunc F",
		"type T", "// T is old.\n//\n// Deprecated: use I.\ntype T",
		"func (*T)", "// M says Deprecated: to its callers.\nfunc (*T)",
		"{ N() }", "{\n\t// Deprecated: none.\n\tN()\n}",
		"func (s", "// Deprecated: none.\nfunc (s",
	).Replace(before)
	dir := files(t, map[string]string{"before.go": before, "now.go": now})
	tables, err := leakapi.Builtin().With("t.txt", `
class c rule=r noun=n release=Close done=d
nowait example.com/m.F
nowait example.com/m.G
type *example.com/m.T class=c
nowait (*example.com/m.T).M
nowait (example.com/m.I).N
nowait (*example.com/m.S).P
`)
	if err != nil {
		t.Fatal(err)
	}
	pkg := func(file string) *packages.Package {
		return &packages.Package{PkgPath: "example.com/m", GoFiles: []string{filepath.Join(dir, file)}}
	}
	got, err := newlyDeprecated(tables, pkg("before.go"), pkg("now.go"))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"(*example.com/m.S).P", "(example.com/m.I).N", "example.com/m.F", "example.com/m.T"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, err := newlyDeprecated(tables, nil, pkg("now.go")); got != nil || err != nil {
		t.Errorf("a new package: %q, %v", got, err)
	}
}
