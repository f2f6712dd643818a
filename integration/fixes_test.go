package integration

import (
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// report is the part of leakvet's JSON that these tests read.
type report struct {
	Findings []struct {
		Rule, Message, File, Fingerprint string
		Line                             int
		Fixes                            []struct{ Message string }
	}
}

// readReport runs leakvet in dir and reads its JSON.
func readReport(t *testing.T, dir string, args ...string) report {
	t.Helper()
	cmd := exec.Command(leakvet, append([]string{"-json"}, args...)...)
	cmd.Dir = dir
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil && cmd.ProcessState.ExitCode() != 1 {
		t.Fatalf("leakvet %v: %v\n%s", args, err, &stderr)
	}
	var r report
	if err := json.Unmarshal(out, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

var fixedCount = regexp.MustCompile(`leakvet: fixed (\d+) of \d+ findings`)

// TestFixes applies every fix of the corpus: what comes out builds, what was
// fixed is not found again, and nothing is found that was not there before.
func TestFixes(t *testing.T) {
	for _, c := range corpora {
		if c.large {
			continue
		}
		t.Run(c.rule, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS("../testdata/src/"+c.rule)); err != nil {
				t.Fatal(err)
			}
			if err := os.RemoveAll(filepath.Join(dir, "clients")); err != nil {
				t.Fatal(err)
			}
			module(t, dir, c.rule)
			for _, tier := range []string{"-tier=default", "-tier=audit"} {
				fixAll(t, dir, c.rule, tier)
			}
		})
	}
}

// fixAll applies all fixes of a tier to a corpus.
func fixAll(t *testing.T, dir, rule, tier string) {
	known := make(map[string]bool)
	fixable := 0
	for _, f := range readReport(t, dir, tier, "./...").Findings {
		known[f.Fingerprint] = true
		if len(f.Fixes) > 0 {
			fixable++
		}
	}
	if fixable == 0 {
		t.Logf("%s: none of %d findings has a fix", tier, len(known))
		return
	}
	for range 10 { // fixes that meet others wait for another run
		text := output(t, dir, []int{0, 1}, leakvet, tier, "-fix", "-allow-dirty", "-short", "./...")
		m := fixedCount.FindStringSubmatch(text)
		if m == nil {
			t.Fatalf("leakvet -fix says\n%s", text)
		}
		if m[1] == "0" {
			break
		}
	}
	output(t, dir, []int{0}, "go", "vet", "-copylocks=false", "-lostcancel=false", "-unusedresult=false", "-bools=false", "./...")
	after := readReport(t, dir, tier, "./...").Findings
	for _, f := range after {
		switch {
		case len(f.Fixes) > 0:
			t.Errorf("still to be fixed: %s:%d: %s", f.File, f.Line, f.Message)
		case !known[f.Fingerprint] && !(tier == "-tier=audit" && told(rule, f.Rule)):
			t.Errorf("new: %s:%d: %s", f.File, f.Line, f.Message)
		}
	}
	t.Logf("%s: %d of %d findings have fixes; %d are left", tier, fixable, len(known), len(after))
}

// told reports whether what a rule finds in the audit tier may show only once
// another rule's finding is mended: a body that is closed at last may be closed
// unread.
func told(fixed, rule string) bool { return fixed == "respbody" && rule == "connconf" }

// TestFixesAgree checks that leakvet -fix and the go command's ways make the
// same of a corpus, byte for byte.
func TestFixesAgree(t *testing.T) {
	for _, rule := range []string{"ctxdrop", "respbody"} {
		t.Run(rule, func(t *testing.T) {
			var trees []map[string]string
			for _, tool := range [][]string{
				{leakvet, "-fix", "-allow-dirty", "./fix"},
				{leakvet, "-engine=inproc", "-fix", "-allow-dirty", "./fix"},
				{"go", "vet", "-fix", "-vettool=" + leakvet, "./fix"},
				{"go", "fix", "-fixtool=" + leakvet, "./fix"},
			} {
				dir := t.TempDir()
				if err := os.CopyFS(dir, os.DirFS("../testdata/src/"+rule)); err != nil {
					t.Fatal(err)
				}
				module(t, dir, rule)
				output(t, dir, []int{0, 1}, tool[0], tool[1:]...)
				trees = append(trees, tree(t, filepath.Join(dir, "fix")))
			}
			for i, other := range trees[1:] {
				for name, text := range other {
					if text != trees[0][name] {
						t.Errorf("way %d makes something else of %s:\n%s\n---\n%s", i+1, name, text, trees[0][name])
					}
				}
			}
		})
	}
}

// tree returns the files below dir.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".go" {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		files[rel] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
