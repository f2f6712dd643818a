package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// commit makes w's module a git repository that has all of it.
func (w *world) commit() {
	w.t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		w.t.Skip(err)
	}
	for _, args := range [][]string{
		{"init", "-q"}, {"add", "-A"},
		{"-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "-q", "-m", "x"},
	} {
		w.exec("git", args...).exits(0)
	}
}

const fixedMid = "\t_ = lib.Leak()\n\tlib.Tight()"

func TestDiffFlag(t *testing.T) {
	w := newWorld(t, chain)
	before := w.read("mid/mid.go")
	w.leakvet("-diff", "./...").exits(1).
		says("--- a/mid/mid.go\n+++ b/mid/mid.go\n", "-\tlib.Leak()\n+\t_ = lib.Leak()\n", "+++ b/mid/x_test.go\n").
		hides("[leaktest]").warns("-fix would mend 5 of 6 findings in 4 files")
	if w.read("mid/mid.go") != before {
		t.Error("-diff changes files")
	}
	if _, err := exec.LookPath("patch"); err == nil {
		w.write(filepath.Join(w.dir, "p"), w.leakvet("-diff", "./...").stdout)
		w.exec("patch", "-p1", "-i", "p").exits(0)
		w.leakvet("./...").exits(1).says("1 finding in 1 file")
	}
}

func TestFixFlag(t *testing.T) {
	w := newWorld(t, chain)
	w.leakvet("-fix", "./mid").exits(2).warns("nothing is fixed", "is in no git repository", "-allow-dirty")
	w.commit()
	w.write(filepath.Join(w.dir, "mid.go"), "package m\n") // git does not know it, and nobody fixes it
	w.short("-fix", "./mid").exits(0).warns("fixed 3 of 3 findings in 3 files").hides("leaks")
	if got := w.read("mid/mid.go"); !strings.Contains(got, fixedMid) {
		t.Errorf("not fixed:\n%s", got)
	}
	// What is not committed is not touched, whoever it belongs to.
	before := w.read("app/app.go")
	w.short("-fix", "./app").exits(2).warns("changes that are not committed (mid/mid.go, mid/mid_test.go, mid/x_test.go): commit or stash them").says(appFinding)
	if w.read("app/app.go") != before {
		t.Error("-fix changes files")
	}
	w.short("-fix", "-allow-dirty", "./app").exits(1).warns("fixed 2 of 3 findings in 1 files").says("variable of leaking type").hides(appFinding)
}

func TestFixAfterIgnores(t *testing.T) {
	w := newWorld(t, chain)
	w.commit()
	w.leakvet("-baseline=known", "-write-baseline", "./mid").exits(0)
	w.short("-baseline=known", "-fix", "./...").exits(1).warns("fixed 2 of 3 findings in 1 files")
	if strings.Contains(w.read("mid/mid.go"), "_ = ") {
		t.Error("what is known is fixed")
	}
	w.leakvet("-fix", "-write-baseline", "-baseline=known", "./...").exits(2).warns("use one of them")
}

func TestFixIsAllOrNothing(t *testing.T) {
	w := newWorld(t, chain)
	w.commit()
	before := w.read("app/app.go")
	// The last of the files cannot be replaced.
	dir := filepath.Join(w.dir, "mid")
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(dir, 0o777) })
	if f, err := os.CreateTemp(dir, ""); err == nil {
		f.Close()
		os.Remove(f.Name())
		t.Skip("this user may write everywhere")
	}
	w.short("-fix", "./...").exits(2).warns("nothing is fixed").says(appFinding)
	if w.read("app/app.go") != before {
		t.Error("half of it is fixed")
	}
}
