package fixes

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/finding"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/unit"
)

const source = "package p\n\nimport \"fmt\"\n\nfunc a() { fmt.Println() }\n\nfunc b() { fmt.Println() }\n"

// twoFiles writes two files and returns a function that makes findings whose fixes
// replace a text in one of them.
func twoFiles(t *testing.T) (dir string, fix func(file, old, new string) finding.Edit) {
	t.Helper()
	dir = t.TempDir()
	for _, name := range []string{"a.go", "b.go"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(source), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir, func(file, old, new string) finding.Edit {
		at := strings.Index(source, old)
		return finding.Edit{File: filepath.Join(dir, file), Start: at, End: at + len(old), New: new, Sum: unit.Sum([]byte(source))}
	}
}

func with(edits ...finding.Edit) finding.Finding {
	return finding.Finding{Fixes: []finding.Fix{{Edits: edits}, {Message: "another way"}}}
}

func everything(string) bool { return true }

func TestMake(t *testing.T) {
	dir, edit := twoFiles(t)
	imports := func() finding.Edit { return edit("a.go", "import \"fmt\"", "import (\n\"context\"\n\"fmt\"\n)") }
	findings := []finding.Finding{
		with(imports(), edit("a.go", "a() {", "a() { _ = context.TODO();")),
		with(imports(), edit("a.go", " }\n\nfunc", " }\n\n// b is fixed.\nfunc")), // the same import
		with(edit("a.go", "b()", "c()"), edit("b.go", "b()", "c()")),
		with(edit("b.go", "b(", "d("), edit("a.go", "p", "q")), // meets the one before
		with(edit("b.go", "a()", "e()")),
		{},
	}
	p, err := Make(findings, everything)
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Fixed; len(got) != 6 || !got[0] || !got[1] || !got[2] || got[3] || !got[4] || got[5] || p.Late != 1 {
		t.Errorf("fixed %v, late %d", got, p.Late)
	}
	want := "package p\n\nimport (\n\t\"context\"\n\t\"fmt\"\n)\n\nfunc a() { _ = context.TODO(); fmt.Println() }\n\n// b is fixed.\nfunc c() { fmt.Println() }\n"
	if got := string(p.Files[0].New); got != want {
		t.Errorf("a.go becomes\n%s", got)
	}
	if err := p.Write(); err != nil {
		t.Fatal(err)
	}
	if data, _ := os.ReadFile(filepath.Join(dir, "b.go")); !strings.Contains(string(data), "func e() {") {
		t.Errorf("b.go becomes\n%s", data)
	}
	// The file is not what was analysed any more.
	if _, err := Make(findings, everything); err == nil || !strings.Contains(err.Error(), "has changed since it was analysed") {
		t.Error(err)
	}
}

func TestMakeRefuses(t *testing.T) {
	_, edit := twoFiles(t)
	if p, err := Make([]finding.Finding{with(edit("a.go", "a()", "x()"))}, func(string) bool { return false }); err != nil || len(p.Files) > 0 || p.Fixed[0] {
		t.Errorf("somebody else's file is changed: %+v, %v", p, err)
	}
	if _, err := Make([]finding.Finding{with(edit("a.go", "a() {", "a() {{"))}, everything); err == nil || !strings.Contains(err.Error(), "would break") {
		t.Error(err)
	}
	far := edit("a.go", "a()", "")
	far.End = 1 << 20
	if _, err := Make([]finding.Finding{with(far)}, everything); err == nil || !strings.Contains(err.Error(), "beyond the file") {
		t.Error(err)
	}
}

func TestWriteIsAllOrNothing(t *testing.T) {
	dir, edit := twoFiles(t)
	p, err := Make([]finding.Finding{with(edit("a.go", "a()", "x()"), edit("b.go", "a()", "x()"))}, everything)
	if err != nil {
		t.Fatal(err)
	}
	last := filepath.Join(dir, "b.go")
	if err := os.WriteFile(last, []byte("package p\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := p.Write(); err == nil || !strings.Contains(err.Error(), "nothing is fixed") || !strings.Contains(err.Error(), "b.go changes while it is fixed") {
		t.Error(err)
	}
	if data, _ := os.ReadFile(filepath.Join(dir, "a.go")); string(data) != source {
		t.Errorf("a.go becomes\n%s", data)
	}
	if data, _ := os.ReadFile(last); string(data) != "package p\n" {
		t.Errorf("b.go becomes\n%s", data)
	}
}
