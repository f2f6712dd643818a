package integration

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var leakvet string // the command, built once

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "leakvet-integration-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	leakvet = filepath.Join(dir, "leakvet")
	// With the versions that leakvet itself requires.
	if err := build("..", leakvet, "./cmd/leakvet"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// build builds the command of a package in dir into a file, with further
// variables in the environment.
func build(dir, name, pkg string, env ...string) error {
	cmd := exec.Command("go", "build", "-o", name, pkg)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building %s: %v\n%s", filepath.Base(name), err, out)
	}
	return nil
}

// finding is a finding's place and message.
type finding struct {
	file    string // relative to where the driver ran
	line    int
	message string
}

func (f finding) String() string { return fmt.Sprintf("%s:%d: %s", f.file, f.line, f.message) }

var ruleName = regexp.MustCompile(` \[\w+\]$`) // as the command adds it

var findingLine = regexp.MustCompile(`^(\S+\.go):(\d+):\d+: (\S.*)$`)

// output runs a driver in dir and returns what it prints on both streams. The
// driver may exit with one of the given codes.
func output(t *testing.T, dir string, codes []int, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	code := 0
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		code = exit.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(codes, code) {
		t.Fatalf("%s %s: exit code %d\n%s", filepath.Base(name), strings.Join(args, " "), code, out)
	}
	return string(out)
}

// findings picks the findings out of a driver's text, sorted; their related
// positions are indented.
func findings(text string) []finding {
	var found []finding
	for line := range strings.Lines(text) {
		m := findingLine.FindStringSubmatch(strings.TrimRight(line, "\n"))
		if m == nil {
			continue
		}
		n, _ := strconv.Atoi(m[2])
		message := ruleName.ReplaceAllString(m[3], "")
		found = append(found, finding{filepath.ToSlash(strings.TrimPrefix(m[1], "./")), n, message})
	}
	slices.SortFunc(found, compare)
	return found
}

func compare(a, b finding) int { return strings.Compare(a.sortKey(), b.sortKey()) }

func (f finding) sortKey() string { return fmt.Sprintf("%s:%06d:%s", f.file, f.line, f.message) }
