package integration

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/leakvet/leakvet/analyzers"
)

// A bazel is the part of a Bazel workspace that runs nogo: its actions are the
// calls of rules_go's own builder that go/private/actions/compilepkg.bzl makes.
type bazel struct {
	bin                    string // with builder and nogo
	goroot                 string // with std's archives where the builder looks for them
	sdk, goos, goarch, cgo string // as the go command knows them
	version                string // of Go, without "go"
	mu                     sync.Mutex
	facts                  map[string]string // files of packages of other modules, by path@version
}

// newBazel builds nogo with some rules' analyzers and a configuration.
func newBazel(dir, config string, rules ...string) (*bazel, error) {
	b := &bazel{bin: dir, goroot: filepath.Join(dir, "std"), facts: make(map[string]string)}
	env, err := goCommand("", "env", "GOROOT", "GOOS", "GOARCH", "CGO_ENABLED", "GOVERSION")
	if err != nil {
		return nil, err
	}
	values := strings.Split(env, "\n")
	b.sdk, b.goos, b.goarch, b.cgo, b.version = values[0], values[1], values[2], values[3], strings.TrimPrefix(values[4], "go")

	args := []string{"run", ".", "-o", dir}
	if config != "" {
		name := filepath.Join(dir, "config.json")
		if err := os.WriteFile(name, []byte(config), 0o666); err != nil {
			return nil, err
		}
		args = append(args, "-config", name)
	}
	for _, rule := range rules {
		args = append(args, "github.com/leakvet/leakvet/analyzers/"+rule)
	}
	if _, err := goCommand("nogo", args...); err != nil {
		return nil, err
	}

	std, err := goCommand("", "list", "-export", "-f", "{{.ImportPath}} {{.Export}}", "std")
	if err != nil {
		return nil, err
	}
	var list strings.Builder
	for line := range strings.Lines(std) {
		path, archive, _ := strings.Cut(strings.TrimSpace(line), " ")
		fmt.Fprintln(&list, path)
		if archive == "" {
			continue // unsafe
		}
		name := filepath.Join(b.goroot, "pkg", b.suffix(), filepath.FromSlash(path)+".a")
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return nil, err
		}
		if err := os.Symlink(archive, name); err != nil {
			return nil, err
		}
	}
	return b, os.WriteFile(b.packageList(), []byte(list.String()), 0o666)
}

func (b *bazel) suffix() string      { return b.goos + "_" + b.goarch }
func (b *bazel) packageList() string { return filepath.Join(b.bin, "packages.txt") }

// goCommand runs the go command in dir and returns what it prints.
func goCommand(dir string, args ...string) (string, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %v\n%s", strings.Join(args, " "), err, &stderr)
	}
	return string(out), nil
}

// A target is what Bazel knows of a package, and what running nogo on it makes.
type target struct {
	ImportPath, Dir, Export  string
	Standard                 bool
	ForTest                  string
	GoFiles, CgoFiles        []string
	CompiledGoFiles, Imports []string
	ImportMap                map[string]string
	Module                   *struct{ Path, Version string }

	done  chan struct{} // closed when the following are known
	err   error
	facts string
	found []finding
}

// path returns the path under which others import the package.
func (x *target) path() string {
	path, _, _ := strings.Cut(x.ImportPath, " ")
	return path
}

// external reports whether the package belongs to a repository that nogo does
// not check: only its facts are wanted.
func (x *target) external() bool { return x.Module != nil && x.Module.Version != "" }

// targets lists the packages of the module in dir with all that they import.
func targets(dir string) ([]*target, error) {
	text, err := goCommand(dir, "list", "-deps", "-test", "-export", "-compiled",
		"-json=ImportPath,Dir,Export,Standard,ForTest,GoFiles,CgoFiles,CompiledGoFiles,Imports,ImportMap,Module", "./...")
	if err != nil {
		return nil, err
	}
	var list []*target
	for dec := json.NewDecoder(strings.NewReader(text)); ; {
		x := &target{done: make(chan struct{})}
		if err := dec.Decode(x); err == io.EOF {
			return list, nil
		} else if err != nil {
			return nil, err
		}
		if !x.Standard && !strings.HasSuffix(x.ImportPath, ".test") {
			list = append(list, x)
		}
	}
}

// run runs nogo on the packages of the module in dir, and returns its findings,
// each with its analyzer's name behind.
func (b *bazel) run(dir string) ([]finding, error) {
	out, err := os.MkdirTemp(b.bin, "out-")
	if err != nil {
		return nil, err
	}
	list, err := targets(dir)
	if err != nil {
		return nil, err
	}
	byPath := make(map[string]*target)
	for _, x := range list {
		byPath[x.ImportPath] = x
	}
	processes := make(chan struct{}, runtime.NumCPU())
	for i, x := range list {
		go func() {
			defer close(x.done)
			deps := make(map[string]*target)
			for _, path := range x.Imports {
				// Imports has what ImportMap has made of what the source says.
				if dep := byPath[path]; dep != nil {
					<-dep.done
					deps[dep.path()] = dep
				}
			}
			processes <- struct{}{}
			x.err = b.analyze(dir, filepath.Join(out, fmt.Sprint(i)), x, deps)
			<-processes
		}()
	}
	var found []finding
	var errs []error
	for _, x := range list {
		<-x.done
		errs = append(errs, x.err)
		found = append(found, x.found...)
	}
	slices.SortFunc(found, compare)
	return slices.Compact(found), errors.Join(errs...) // tests have the library's files once more
}

// analyze is the action RunNogo.
func (b *bazel) analyze(dir, out string, x *target, deps map[string]*target) error {
	key := ""
	if x.external() && x.ForTest == "" {
		key = x.ImportPath + "@" + x.Module.Version
		b.mu.Lock()
		x.facts = b.facts[key]
		b.mu.Unlock()
		if x.facts != "" {
			return nil
		}
	}
	if err := os.Mkdir(out, 0o777); err != nil {
		return err
	}
	x.facts = filepath.Join(out, "facts")
	args := []string{
		"nogo", "-sdk", b.sdk, "-goroot", b.goroot, "-installsuffix", b.suffix(), "-package_list", b.packageList(),
		"-importpath", x.path(), "-p", x.path(), "-go_version", b.version, "-nogo", filepath.Join(b.bin, "nogo"),
		"-out_facts", x.facts, "-out", out,
	}
	for _, name := range slices.Concat(x.GoFiles, x.CgoFiles) {
		args = append(args, "-src", within(dir, filepath.Join(x.Dir, name)))
	}
	for i, name := range x.CompiledGoFiles {
		if !filepath.IsAbs(name) {
			continue
		}
		// Made by cgo, and kept where names have no extension.
		source := filepath.Join(out, fmt.Sprintf("cgo%d.go", i))
		if err := os.Symlink(name, source); err != nil {
			return err
		}
		args = append(args, "-ignore_src", source)
	}
	for _, path := range slices.Sorted(maps.Keys(deps)) {
		dep := deps[path]
		args = append(args, "-arc", path+"="+path+"="+dep.Export, "-facts", path+"="+path+"="+dep.facts)
	}
	if x.external() {
		args = append(args, "-facts_only")
	}
	cmd := exec.Command(filepath.Join(b.bin, "builder"), args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOOS="+b.goos, "GOARCH="+b.goarch, "CGO_ENABLED="+b.cgo)
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("nogo on %s: %v\n%s", x.ImportPath, err, text)
	}
	if key != "" {
		b.mu.Lock()
		b.facts[key] = x.facts
		b.mu.Unlock()
	}
	text, err := os.ReadFile(filepath.Join(out, "nogo.log"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	x.found = findings(string(text))
	return nil
}

// within returns a name relative to dir, if it lies there: Bazel starts actions
// where that is so of every file of the workspace.
func within(dir, name string) string {
	if rel, err := filepath.Rel(dir, name); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return name
}

// fullBazel has nogo with all rules.
var fullBazel = sync.OnceValues(func() (*bazel, error) {
	dir := filepath.Join(filepath.Dir(leakvet), "bazel")
	if err := os.Mkdir(dir, 0o777); err != nil {
		return nil, err
	}
	var rules []string
	for _, a := range analyzers.Rules() {
		rules = append(rules, a.Name)
	}
	return newBazel(dir, "", rules...)
})

// nogoFindings runs nogo in dir and returns what a rule finds.
func nogoFindings(t *testing.T, _, dir, rule string) []finding {
	t.Helper()
	b, err := fullBazel()
	if err != nil {
		t.Fatal(err)
	}
	all, err := b.run(dir)
	if err != nil {
		t.Fatal(err)
	}
	return ofRule(all, rule)
}

// TestNogoVersion: to nogo all packages are of the SDK's Go, which their programs
// are built with, whatever go.mod says; only what the file says lowers it.
func TestNogoVersion(t *testing.T) {
	const text = `package old

import "time"

func wait(done chan bool) {
	t := time.NewTicker(time.Second)
	select {
	case <-t.C:
	case <-done:
	}
}
`
	for constraint, want := range map[string]int{"": 0, "//go:build go1.22\n\n": 1} {
		dir := t.TempDir()
		for name, text := range map[string]string{"go.mod": "module example.com/old\n\ngo 1.22\n", "old.go": constraint + text} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		vet := findings(output(t, dir, []int{1}, "go", "vet", "-vettool="+leakvet, "-timerleak", "./..."))
		got := nogoFindings(t, leakvet, dir, "timerleak")
		if len(vet) != 1 || len(got) != want {
			t.Errorf("%q: nogo finds\n%sgo vet\n%s", constraint, list(got), list(vet))
		}
	}
}

// TestNogoSettings checks that nogo's configuration file sets the suite's flags,
// that a wrong one is told, and that nogo gets the fixes.
func TestNogoSettings(t *testing.T) {
	dir := corpus(t, "respbody", false)
	const config = `{
		"leakconfig": {"analyzer_flags": {"tier": "audit"}},
		"respbody": {"exclude_files": {"^fix/": "as an example"}}
	}`
	b, err := newBazel(t.TempDir(), config, "respbody")
	if err != nil {
		t.Fatal(err)
	}
	all, err := b.run(dir)
	if err != nil {
		t.Fatal(err)
	}
	var want []finding
	for _, f := range findings(output(t, dir, []int{1}, "go", "vet", "-vettool="+leakvet, "-respbody", "-leakconfig.tier=audit", "./...")) {
		if !strings.HasPrefix(f.file, "fix/") {
			want = append(want, f)
		}
	}
	if got := ofRule(all, "respbody"); !slices.Equal(got, want) {
		t.Errorf("nogo differs from go vet:\n%s\n%s", list(got), list(want))
	}
	if least := findings(output(t, dir, []int{1}, "go", "vet", "-vettool="+leakvet, "-respbody", "./a")); len(want) <= len(least) {
		t.Errorf("%d findings, %d with the audit tier", len(least), len(want))
	}
	patches, err := filepath.Glob(filepath.Join(b.bin, "out-*", "*", "nogo.patch"))
	if err != nil || len(patches) == 0 {
		t.Errorf("no fixes: %v", err)
	}

	b, err = newBazel(t.TempDir(), `{"leakconfig": {"analyzer_flags": {"teir": "audit"}}}`, "respbody")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.run(dir); err == nil || !strings.Contains(err.Error(), "leakconfig: unrecognized flag: teir") {
		t.Errorf("a wrong flag: %v", err)
	}
}
