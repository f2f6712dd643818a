package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"
	"golang.org/x/tools/txtar"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/run"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/unit"
	"github.com/leakvet/leakvet/internal/leakconfig"
)

// The test binary serves as leakvet, so that the driver is tested through its
// real entry points with a suite that the tests control.
const (
	modeVar = "LEAKVET_TEST_MODE" // which program to be
	logVar  = "LEAKVET_TEST_LOG"  // a file that gets a line for each unit
)

func TestMain(m *testing.M) {
	suite := unit.Suite{
		Analyzers: []*analysis.Analyzer{leakconfig.Analyzer, markRule},
		Prune:     prune,
	}
	logUnit()
	switch mode := os.Getenv(modeVar); mode {
	case "":
		os.Exit(m.Run())
	case "leakvet":
	case "unitchecker":
		unitchecker.Main(suite.Analyzers...)
	case "panic":
		suite.Analyzers = append(suite.Analyzers, panicRule)
	case "block":
		suite.Analyzers = append(suite.Analyzers, blockRule)
	default:
		fmt.Fprintf(os.Stderr, "unknown mode %q\n", mode)
		os.Exit(3)
	}
	os.Exit(run.Main(suite, os.Args[1:]))
}

func logUnit() {
	name := os.Getenv(logVar)
	if last := os.Args[len(os.Args)-1]; name == "" || !strings.HasSuffix(last, ".cfg") {
		return
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	fmt.Fprintln(f, strings.Join(os.Args[1:], " "))
}

// A world is a module, a build cache and an environment to run programs in.
type world struct {
	t    *testing.T
	dir  string
	env  []string
	self string
}

// newWorld unpacks the files of a txtar archive beside a go.mod file, and
// prepares an empty build cache.
func newWorld(t *testing.T, archive string) *world {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, dir: t.TempDir(), self: self}
	w.unpack(w.dir, archive)
	env := slices.DeleteFunc(os.Environ(), func(kv string) bool {
		return strings.HasPrefix(kv, "GO") && !strings.HasPrefix(kv, "GOROOT=") || strings.HasPrefix(kv, "LEAKVET_TEST_")
	})
	w.env = append(env,
		"GOCACHE="+t.TempDir(), "GOMODCACHE="+t.TempDir(), "GOENV=off", "GOFLAGS=-mod=mod", "GOPROXY=off",
		"GOSUMDB=off", "GOTOOLCHAIN=local", "GOWORK=off", "CGO_ENABLED=0", modeVar+"=leakvet")
	return w
}

func (w *world) unpack(dir, archive string) {
	w.t.Helper()
	files := txtar.Parse([]byte("-- go.mod --\nmodule example.com/m\n\ngo 1.26\n" + archive)).Files
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		w.write(name, string(f.Data))
	}
}

func (w *world) write(name, data string) {
	w.t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(data), 0o666); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) read(name string) string {
	w.t.Helper()
	return w.readAbs(filepath.Join(w.dir, filepath.FromSlash(name)))
}

func (w *world) readAbs(name string) string {
	w.t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		w.t.Fatal(err)
	}
	return string(data)
}

// setenv sets a variable, given as name=value, for the programs that follow.
func (w *world) setenv(kv string) { w.env = append(w.env, kv) }

// An outcome is what a program did.
type outcome struct {
	t              *testing.T
	line           string
	stdout, stderr string
	code           int
}

func (w *world) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = w.dir
	cmd.Env = w.env
	return cmd
}

// leakvet runs the command.
func (w *world) leakvet(args ...string) *outcome { return w.exec(w.self, args...) }

// short runs the command for a line for each finding.
func (w *world) short(args ...string) *outcome {
	return w.leakvet(append([]string{"-short"}, args...)...)
}

// vet runs go vet with the test's tool.
func (w *world) vet(args ...string) *outcome {
	return w.exec("go", append([]string{"vet", "-vettool=" + w.self}, args...)...)
}

func (w *world) exec(name string, args ...string) *outcome {
	w.t.Helper()
	cmd := w.command(name, args...)
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if _, ok := err.(*exec.ExitError); err != nil && !ok {
		w.t.Fatal(err)
	}
	return &outcome{w.t, filepath.Base(name) + " " + strings.Join(args, " "), stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

// exits checks the exit code.
func (o *outcome) exits(code int) *outcome {
	o.t.Helper()
	if o.code != code {
		o.t.Errorf("%s: exit code %d, want %d%s", o.line, o.code, code, o.dump())
	}
	return o
}

// says checks that standard output holds all of want.
func (o *outcome) says(want ...string) *outcome {
	o.t.Helper()
	return o.holds("stdout", o.stdout, true, want)
}

// hides checks that standard output holds none of unwanted.
func (o *outcome) hides(unwanted ...string) *outcome {
	o.t.Helper()
	return o.holds("stdout", o.stdout, false, unwanted)
}

// warns checks that standard error holds all of want.
func (o *outcome) warns(want ...string) *outcome {
	o.t.Helper()
	return o.holds("stderr", o.stderr, true, want)
}

func (o *outcome) holds(what, text string, should bool, list []string) *outcome {
	o.t.Helper()
	for _, s := range list {
		if strings.Contains(text, s) != should {
			o.t.Errorf("%s: %s contains %q is not %t%s", o.line, what, s, should, o.dump())
		}
	}
	return o
}

func (o *outcome) dump() string {
	return fmt.Sprintf("\nstdout:\n%s\nstderr:\n%s", o.stdout, o.stderr)
}
