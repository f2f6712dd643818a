package changes

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/finding"
)

// repo is a git repository to change.
type repo struct {
	t   *testing.T
	dir string
}

func newRepo(t *testing.T) *repo {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip(err)
	}
	r := &repo{t, t.TempDir()}
	r.git("init", "-q", "-b", "main")
	return r
}

func (r *repo) git(args ...string) {
	r.t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "diff.noprefix=true"}, args...)...)
	cmd.Dir = r.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		r.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

func (r *repo) write(name string, lines ...string) {
	r.t.Helper()
	name = filepath.Join(r.dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(strings.Join(lines, "\n")+"\n"), 0o666); err != nil {
		r.t.Fatal(err)
	}
}

func (r *repo) commit() {
	r.t.Helper()
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "x")
}

func (r *repo) since(rev string) Changes {
	r.t.Helper()
	c, err := Since(r.t.Context(), r.dir, rev)
	if err != nil {
		r.t.Fatal(err)
	}
	return c
}

func (r *repo) finding(name string, line int, steps ...int) *finding.Finding {
	file := filepath.Join(r.dir, name)
	f := &finding.Finding{Pos: finding.Position{File: file, Line: line}, End: finding.Position{File: file, Line: line}}
	for _, s := range steps {
		f.Steps = append(f.Steps, finding.Step{Position: finding.Position{File: file, Line: s}})
	}
	return f
}

func TestSince(t *testing.T) {
	r := newRepo(t)
	r.write("a.go", "1", "2", "3", "4", "5", "6", "7", "8")
	r.write("sub/ö b.go", "1", "2", "3")
	r.write("old.go", "one", "two", "three", "four", "five")
	r.commit()
	r.git("checkout", "-q", "-b", "work")
	r.write("a.go", "1", "2", "three", "3½", "4", "5", "8") // 3 changed, a line put in, 6 and 7 cut
	r.git("mv", "old.go", "new.go")
	r.commit()
	r.git("checkout", "-q", "main")
	r.write("a.go", "1", "2", "3", "4", "5", "6", "7", "eight") // not ours
	r.commit()
	r.git("checkout", "-q", "work")
	r.write("sub/ö b.go", "1", "zwei", "3") // not committed
	r.write("fresh.go", "x")                // not known to git

	c := r.since("main")
	for _, test := range []struct {
		f    *finding.Finding
		want bool
	}{
		{r.finding("a.go", 1), false},
		{r.finding("a.go", 3), true},
		{r.finding("a.go", 4), true},
		{r.finding("a.go", 7), false},
		{r.finding("a.go", 1, 2), false},
		{r.finding("a.go", 1, 4), true},
		{r.finding("a.go", 5, 7), true}, // around the cut behind line 6
		{r.finding("a.go", 7, 7), false},
		{r.finding("sub/ö b.go", 2), true},
		{r.finding("sub/ö b.go", 3), false},
		{r.finding("new.go", 2), false},
		{r.finding("fresh.go", 1), true},
		{r.finding("none.go", 1), false},
	} {
		if got := c.Touches(test.f); got != test.want {
			t.Errorf("%s:%d %v is touched: %t", test.f.Pos.File, test.f.Pos.Line, test.f.Steps, got)
		}
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(r.dir, link); err == nil {
		f := r.finding("a.go", 3)
		f.Pos.File = filepath.Join(link, "a.go")
		if !c.Touches(f) {
			t.Error("a linked name is not found")
		}
	}
}

func TestSinceFails(t *testing.T) {
	r := newRepo(t)
	if _, err := Since(t.Context(), t.TempDir(), "main"); err == nil || !strings.Contains(err.Error(), "needs a git repository") {
		t.Error(err)
	}
	r.write("a", "1")
	r.commit()
	for rev, want := range map[string]string{"nowhere": "git knows no such revision", "--output=x": "no revision"} {
		if _, err := Since(t.Context(), r.dir, rev); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", rev, err)
		}
	}
	r.git("checkout", "-q", "--orphan", "apart")
	r.write("a", "2")
	r.commit()
	if _, err := Since(t.Context(), r.dir, "main"); err == nil || !strings.Contains(err.Error(), "no commit is common") {
		t.Error(err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n-a\n+b\n+c\n")
	f.Add("diff --git a/x b/y\nsimilarity index 90%\nrename from x\nrename to y\n@@ -3,2 +2,0 @@\n-a\n-b\n")
	f.Fuzz(func(t *testing.T, diff string) { parse("/r", diff) })
}
