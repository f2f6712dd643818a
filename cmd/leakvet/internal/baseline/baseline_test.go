package baseline

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/finding"
)

func fp(rule, subject string, n int) finding.Fingerprint {
	return finding.Fingerprint{Rule: rule, Package: "example.com/m", Function: "(*T).F", Subject: subject, Ordinal: n}
}

func TestFormat(t *testing.T) {
	b := Baseline{fp("b", "x.Do resp,err", 10): false, fp("b", "x.Do resp,err", 2): true, fp("a", "", 1): false}
	const want = `# leakvet baseline 1; see leakvet help baseline
a	example.com/m	(*T).F		1
b	example.com/m	(*T).F	x.Do resp,err	2	audit
b	example.com/m	(*T).F	x.Do resp,err	10
`
	if got := string(b.Format()); got != want {
		t.Errorf("got\n%s", got)
	}
	for _, text := range []string{want, strings.ReplaceAll(want, "\n", "\r\n"), want + "\n# said\n" + want} {
		got, err := Parse("f", text)
		if err != nil || !reflect.DeepEqual(got, b) {
			t.Errorf("%q is read as %v, %v", text, got, err)
		}
	}
}

func TestMistakes(t *testing.T) {
	const first = "# leakvet baseline 1\n"
	for text, want := range map[string]string{
		"":                              "f is empty",
		"x\n":                           "f:1: this is no baseline",
		"# leakvet baseline x\n":        "f:1: this is no baseline",
		"# leakvet baseline 2; see\n":   "f:1: a newer leakvet",
		first + "a\tb\tc\n":             "f:2: want rule",
		first + "a\tb\tc\td\t0\n":       "f:2: want a rule",
		first + "\tb\tc\td\t1\n":        "f:2: want a rule",
		first + "a\tb\tc\td\t1\tlate\n": "f:2: want rule",
		first + "\n<<<<<<< HEAD\n":      "f:3: a merge conflict",
		first + "a\tb\tc\td\xff\t1\n":   "f:2: want rule",
		"\xef\xbb\xbf" + first:          "f:1: this is no baseline",
	} {
		if b, err := Parse("f", text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is read as %v, %v; want %s", text, b, err, want)
		}
	}
	if _, err := Read(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func TestGone(t *testing.T) {
	b := Baseline{fp("a", "x", 1): false, fp("a", "x", 2): false, fp("a", "y", 1): true, fp("b", "z", 1): false}
	found := []finding.Finding{{Rule: "a", Package: "example.com/m", Function: "(*T).F", Subject: "x", Ordinal: 1}}
	got := b.Gone(found, func(f finding.Fingerprint, audit bool) bool { return f.Rule == "a" && !audit })
	if want := []finding.Fingerprint{fp("a", "x", 2)}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestWriteIntoReadOnlyDirectory(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "f")
	if err := (Baseline{}).Write(name); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(dir, 0o777) })
	if f, err := os.CreateTemp(dir, ""); err == nil {
		f.Close()
		os.Remove(f.Name())
		t.Skip("this user may write everywhere")
	}
	if err := (Baseline{fp("a", "x", 1): false}).Write(name); err == nil || !strings.Contains(err.Error(), "cannot write the baseline") {
		t.Error(err)
	}
	if b, err := Read(name); err != nil || len(b) != 0 {
		t.Errorf("left %v, %v", b, err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("# leakvet baseline 1\na\tb\tc\td\t1\taudit\n")
	f.Add("# leakvet baseline 1\r\n\r\na\tb\t\t\t2\n<<<<<<<")
	f.Fuzz(func(t *testing.T, text string) {
		b, err := Parse("f", text)
		if err != nil {
			return
		}
		again, err := Parse("f", string(b.Format()))
		if err != nil || !reflect.DeepEqual(again, b) {
			t.Errorf("%q is written as %q and read as %v, %v", text, b.Format(), again, err)
		}
	})
}
