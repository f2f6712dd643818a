package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/leakvet/leakvet/tools/internal/record"
)

// TestMain runs the tests where the command runs.
func TestMain(m *testing.M) {
	if err := os.Chdir(".."); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

func TestTableOnPageIsThatOfTheRecord(t *testing.T) {
	text, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	want, err := withTables(string(text))
	if err != nil {
		t.Fatal(err)
	}
	if string(text) != want {
		t.Errorf("%s is not what is on record: go -C tools run ./corpora -tables", document)
	}
}

func TestRecordIsOfTheCorpora(t *testing.T) {
	sources, err := readSources(dataFile)
	if err != nil {
		t.Fatal(err)
	}
	r, err := readRecord(recordFile)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range corpora {
		if _, ok := sources[c.data]; !ok {
			t.Errorf("%s does not say where the data of %s is", dataFile, c.data)
		}
		if _, ok := r.both[c.name]; !ok {
			t.Errorf("%s says nothing of %s", recordFile, c.name)
		}
	}
	for _, a := range r.alone {
		if a.reason == unread {
			t.Errorf("%s has no reason: %s", recordFile, a.key())
		}
	}
	text, err := os.ReadFile(recordFile)
	if err != nil {
		t.Fatal(err)
	}
	r.sort()
	if string(r.format()) != string(text) {
		t.Errorf("%s is not sorted: go -C tools run ./corpora -update", recordFile)
	}
}

func TestReadErrors(t *testing.T) {
	file := filepath.Join(t.TempDir(), "text")
	fails := func(line, want string, read func(string) error) {
		t.Helper()
		if err := os.WriteFile(file, []byte("# comment\n"+line), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := read(file); err == nil || !strings.HasPrefix(err.Error(), file+":") || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %s", line, err, want)
		}
	}
	for line, want := range map[string]string{
		"x example.com/x v1.0.0": "3 columns",
		"x o/n main dir":         "40 digits",
		"x example.com/x v1.0.0 dir\nx example.com/x v1.0.0 dir": "stands twice",
	} {
		fails(line, want, func(name string) error { _, err := readSources(name); return err })
	}
	for line, want := range map[string]string{
		"bodies\tboth\t1":                             `unknown corpus "bodies"`,
		"bodyclose\tboth\tone":                        "invalid syntax",
		"bodyclose\tmine\ta.go:1\trespbody\tr":        "theirs or ours",
		"bodyclose\tours\ta.go\trespbody\tr":          `position "a.go"`,
		"bodyclose\tours\ta.go:1\trespbody\t":         "no reason",
		"bodyclose\tours\ta.go:1\trespbody\tr\textra": "want a corpus",
	} {
		fails(line, want, func(name string) error { _, err := readRecord(name); return err })
	}
}

func TestExpectations(t *testing.T) {
	const text = "package p // want package:\"fact\"\n" +
		"func _() {\n" +
		"\tf() // want \"is lost\"\n" +
		"\tf() // why // want `ends` \"is \\\"lost\\\"\" \"is lost, too\"\n" +
		"\tf() // want f:\"fact is lost\"\n" +
		"\tf() // we want more\n" +
		"\tf() //@ diag(`is lost`)\n" +
		"}\n"
	got, err := expectations("p.go", []byte(text), regexp.MustCompile("lost"))
	if want := `[{p.go:3 p.go 3 is lost} {p.go:4 p.go 4 is "lost"} {p.go:7 p.go 7 is lost}]`; err != nil || fmt.Sprint(got) != want {
		t.Errorf("got %v, %v, want %s", got, err, want)
	}
	for _, comment := range []string{"// want lost", "// want f \"lost\"", "// want \"lost", "// want 1"} {
		_, err := expectations("p.go", []byte("package p\n\n"+comment+"\n"), nil)
		if err == nil || !strings.HasPrefix(err.Error(), "p.go:3: ") {
			t.Errorf("%s: error %v", comment, err)
		}
	}
}

func TestSamples(t *testing.T) {
	dir := t.TempDir()
	const text = "package p\n\nvar Samples = []Sample{\n" +
		"\t{[]string{`\npackage main\n`}, 0, config()},\n" +
		"\t{[]string{`\npackage main\n`, `\npackage main\n`}, 2, config()},\n}\n"
	file := filepath.Join(dir, "g1_samples.go")
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	d, err := copySamples(filepath.Join(dir, "copy"), file)
	if err != nil {
		t.Fatal(err)
	}
	want := "[{sample2 g1_samples.go 7 G1} {sample2 g1_samples.go 7 G1}]"
	if got := fmt.Sprint(d.expected); got != want {
		t.Errorf("expected %s, want %s", got, want)
	}
	got := fmt.Sprint(d.findings([]record.Entry{{Rule: "r", File: "sample1/file1.go", Line: 2}, {Rule: "r", File: "sample2/file2.go", Line: 2}}))
	if want := "[{sample1 g1_samples.go 5 r} {sample2 g1_samples.go 10 r}]"; got != want {
		t.Errorf("found %s, want %s", got, want)
	}
	if _, err := parseSamples("none.go", []byte("package p\n")); err == nil || !strings.Contains(err.Error(), "none.go: no samples") {
		t.Errorf("error %v", err)
	}
	if _, err := parseSamples("odd.go", []byte("package p\n\nvar s = []S{{[]string{f()}, 1}}\n")); err == nil || !strings.HasPrefix(err.Error(), "odd.go:3: ") {
		t.Errorf("error %v", err)
	}
}

func TestEdit(t *testing.T) {
	root := t.TempDir()
	if err := os.Mkdir(filepath.Join(root, "other"), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		context    bool
		text, want string
	}{
		{false, "package p\n\nimport \"other\"\n\nfunc _() { other.F() }\n\nfunc (T) _() {}\n\nfunc g() {}\n",
			"package p\n\nimport \"example.com/d/other\"\n\nfunc unnamed1() { other.F() }\n\nfunc (T) unnamed2() {}\n\nfunc g() {}\n"},
		{true, "package p\n\nfunc _() {}\n\nfunc f(i int) {}\n",
			"package p; import \"context\"\n\nfunc unnamed1(ctx context.Context) {}\n\nfunc f(ctx context.Context, i int) {}\n"},
		{true, "package p\n\nimport \"context\"\n\nfunc f() {\n\tctx := context.Background()\n\tg(ctx)\n}\n",
			"package p\n\nimport \"context\"\n\nfunc f(ctx context.Context) {\n\t_ = context.Background()\n\tg(ctx)\n}\n"},
	} {
		e := editor{module: "example.com/d", root: root, context: test.context}
		if got, err := e.edit("p.go", []byte(test.text)); err != nil || string(got) != test.want {
			t.Errorf("got %q, %v, want %q", got, err, test.want)
		}
	}
}

func TestModules(t *testing.T) {
	for _, test := range []struct{ files, want string }{
		{"a/a.go b/b.go vendor/v/v.go", "[.]"},
		{"a/a.go a/go.mod b/go.mod b/c/c.go", "[a b]"},
		{"go1.0/a/a.go go1.23/b/b.go", "[go1.0 go1.23]"},
	} {
		dir, tmp := t.TempDir(), t.TempDir()
		for name := range strings.FieldsSeq(test.files) {
			name = filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte("package p\n"), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		d, err := corpus{data: "d"}.copyData(tmp, dir)
		if err != nil || fmt.Sprint(d.modules) != test.want {
			t.Errorf("%s: modules %v, %v, want %s", test.files, d.modules, err, test.want)
		}
		for _, module := range d.modules {
			if _, err := os.Stat(filepath.Join(tmp, module, "go.mod")); err != nil {
				t.Error(err)
			}
		}
		if _, err := os.Stat(filepath.Join(tmp, "vendor")); err == nil {
			t.Errorf("%s: what is vendored is copied", test.files)
		}
	}
}

func TestCompare(t *testing.T) {
	at := func(unit string, line int) told { return told{unit, "a.go", line, "w"} }
	old := newRecord()
	old.add("bodyclose", []told{at("1", 1), at("2", 2), at("3", 3), at("3", 3)}, []told{at("1", 1), at("3", 30), at("4", 4), at("4", 40)})
	old.sort()
	var got []string
	for _, a := range old.alone {
		got = append(got, a.who+" "+a.position())
	}
	if want := "theirs a.go:2, theirs a.go:3, ours a.go:4, ours a.go:40"; old.both["bodyclose"] != 2 || strings.Join(got, ", ") != want {
		t.Errorf("both %d, %s, want 2, %s", old.both["bodyclose"], strings.Join(got, ", "), want)
	}
	if row := "| bodyclose | 4 | 2 | 2 | 2 |\n"; !strings.Contains(old.table(), row) {
		t.Errorf("no %q in\n%s", row, old.table())
	}
	old.alone[0].reason = "why"

	now := newRecord()
	now.add("bodyclose", []told{at("2", 2)}, nil)
	now.keep(old)
	if got := now.alone[0].reason; got != "why" {
		t.Errorf("the reason is %q", got)
	}
	var w strings.Builder
	if !old.diff(&w, old) || w.String() != "" {
		t.Errorf("a record differs from itself:\n%s", &w)
	}
	if old.diff(&w, now) || !strings.Contains(w.String(), "- bodyclose\tours\ta.go:4\tw\n") || !strings.Contains(w.String(), "+ bodyclose\tboth\t0\n") {
		t.Errorf("got\n%s", &w)
	}
}

// TestRun compares leakvet with what stands in a file.
func TestRun(t *testing.T) {
	dir := t.TempDir()
	const text = `package a

import "os"

func _() {
	f, _ := os.Open("f") // want "not closed"
	f.Stat()
	g, _ := os.Open("g") // want "not closed"
	g.Close()
	h, _ := os.Open("h")
	h.Stat()
}
`
	if err := os.WriteFile(filepath.Join(dir, "a.go"), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	leakvet := filepath.Join(t.TempDir(), "leakvet")
	build := exec.Command("go", "build", "-o", leakvet, "./cmd/leakvet")
	build.Dir = ".."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	r := newRecord()
	c := corpus{name: "spancheck", data: "d", rules: []string{"resclose"}}
	if err := c.run(leakvet, dir, filepath.Join(t.TempDir(), "copy"), r); err != nil {
		t.Fatal(err)
	}
	const want = "spancheck\tboth\t1\nspancheck\ttheirs\ta.go:8\tnot closed\nspancheck\tours\ta.go:10\tresclose"
	if got := strings.Join(r.lines(false), "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if err := os.WriteFile(filepath.Join(dir, "a.go"), []byte(text+"\nvar x int = \"\"\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := c.run(leakvet, dir, filepath.Join(t.TempDir(), "copy"), r); err == nil || !strings.Contains(err.Error(), "go vet") {
		t.Errorf("error %v", err)
	}
}
