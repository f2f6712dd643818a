// Package ci checks what runs leakvet in others' pipelines: the GitHub Action,
// the pre-commit hook, GitLab's job, the image, and the recipes of docs/ci.md.
// Each is checked by its own tool, and run as far as that goes on one machine.
package ci

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const root = "../.." // the checkout

// command is a program that is to be run.
type command struct {
	dir  string
	env  []string // beside the test's own
	args []string
}

// run runs a command and returns what it prints on both streams. It may exit
// with one of the given codes, by default 0.
func (c command) run(t *testing.T, codes ...int) string {
	t.Helper()
	cmd := exec.Command(c.args[0], c.args[1:]...)
	cmd.Dir = c.dir
	cmd.Env = append(os.Environ(), c.env...)
	out, err := cmd.CombinedOutput()
	code := 0
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		code = exit.ExitCode()
	} else if err != nil {
		t.Fatalf("%v (make ci-tools installs what the tests need)", err)
	}
	if len(codes) == 0 {
		codes = []int{0}
	}
	if !slices.Contains(codes, code) {
		t.Fatalf("%s: exit code %d\n%s", strings.Join(c.args, " "), code, out)
	}
	return string(out)
}

// read returns a file of the checkout.
func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// write writes a file and the directories that it is in.
func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// checkout copies the files that git knows into a new directory: what everybody
// else gets.
func checkout(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	names := command{root, nil, []string{"git", "ls-files", "--cached", "--others", "--exclude-standard"}}.run(t)
	for name := range strings.Lines(names) {
		name = strings.TrimSuffix(name, "\n")
		if info, err := os.Lstat(filepath.Join(root, name)); err == nil && info.Mode().IsRegular() {
			write(t, filepath.Join(dir, name), read(t, name))
		}
	}
	return dir
}

// commit makes dir a git repository with all its files in one commit.
func commit(t *testing.T, dir string) {
	t.Helper()
	for _, args := range [][]string{
		{"git", "init", "-q"},
		{"git", "add", "-A"},
		{"git", "-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "-q", "-m", "all"},
	} {
		command{dir, nil, args}.run(t)
	}
}

// shop copies the example into dir.
func shop(t *testing.T, dir string) {
	t.Helper()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(root, "examples/shop"))); err != nil {
		t.Fatal(err)
	}
}

// release is the version that recipes name, until somebody writes another.
const release = "v1.0.0"

var block = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$")

// recipe returns the block of docs/ci.md that begins with this line.
func recipe(t *testing.T, first string) string {
	t.Helper()
	for _, m := range block.FindAllStringSubmatch(read(t, "docs/ci.md"), -1) {
		if strings.HasPrefix(m[2], first+"\n") {
			return m[2]
		}
	}
	t.Fatalf("docs/ci.md has no recipe that begins with %s", first)
	return ""
}
