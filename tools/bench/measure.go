package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// tool is a vet tool to be measured.
type tool struct{ name, path string }

// withTools calls f with a temporary directory and the named tools.
func withTools(names []string, f func(tmp string, tools []tool) error) error {
	tmp, err := os.MkdirTemp("", "leakvet-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	tools, err := buildTools(filepath.Join(tmp, "tools"), names)
	if err != nil {
		return err
	}
	return f(tmp, tools)
}

// rivals is the module of other linters; each of its directories is a vet tool.
const rivals = "rivals"

// buildTools compiles the named tools into dir.
func buildTools(dir string, names []string) ([]tool, error) {
	root, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/leakvet/leakvet").Output()
	if err != nil {
		return nil, fmt.Errorf("run from the tools module: %w", err)
	}
	var tools []tool
	known := map[string]struct{ dir, pkg string }{
		"empty":   {".", "./bench/empty"},
		"ssa":     {".", "./bench/ssa"},
		"leakvet": {strings.TrimSpace(string(root)), "./cmd/leakvet"},
	}
	for _, name := range names {
		t, ok := known[name]
		if !ok {
			if _, err := os.Stat(filepath.Join(rivals, name, "main.go")); err != nil {
				return nil, fmt.Errorf("no tool is called %q: there are empty, ssa, leakvet and the directories of %s", name, rivals)
			}
			t.dir, t.pkg = rivals, "./"+name
		}
		path := filepath.Join(dir, name)
		build := exec.Command("go", "build", "-o", path, t.pkg)
		build.Dir, build.Stderr = t.dir, os.Stderr
		if err := build.Run(); err != nil {
			return nil, fmt.Errorf("build %s: %w", name, err)
		}
		tools = append(tools, tool{name, path})
	}
	return tools, nil
}

// sample is what one run of go vet took.
type sample struct{ cpu, wall time.Duration }

// measurement measures tools on the packages of one module.
type measurement struct {
	dir      string
	patterns []string
	tmp      string
	leaf     string // the file that is edited, once it is known
}

// output runs a command in the module and returns what it printed.
func (m *measurement) output(name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Stderr = m.dir, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", name, strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}

// modulePath returns the path of the module at dir. Asking go list would name
// every module of a workspace.
func (m *measurement) modulePath() (string, error) {
	out, err := m.output("go", "mod", "edit", "-json")
	if err != nil {
		return "", err
	}
	var mod struct{ Module struct{ Path string } }
	err = json.Unmarshal([]byte(out), &mod)
	return mod.Module.Path, err
}

// fresh copies a tool so that go vet takes it for another one. The vet cache
// is keyed by the hash of the tool's executable, and bytes after the end of an
// executable's image change nothing else.
func (m *measurement) fresh(t tool) (path string, remove func(), err error) {
	dir, err := os.MkdirTemp(m.tmp, "fresh-")
	if err != nil {
		return "", nil, err
	}
	remove = func() { os.RemoveAll(dir) }
	data, err := os.ReadFile(t.path)
	if err != nil {
		return "", remove, err
	}
	path = filepath.Join(dir, t.name)
	if err := os.WriteFile(path, append(data, "\x00nonce "+rand.Text()...), 0o755); err != nil {
		return "", remove, err
	}
	before, err := m.output(t.path, "-V=full")
	if err != nil {
		return "", remove, err
	}
	after, err := m.output(path, "-V=full")
	if err != nil {
		return "", remove, err
	}
	if before == after {
		return "", remove, fmt.Errorf("%s -V=full does not identify its executable: %s", t.name, before)
	}
	return path, remove, nil
}

// vet runs go vet with the tool at path, and further arguments, and returns the finished command and
// its standard output.
func (m *measurement) vet(path string, args []string, env ...string) (*exec.Cmd, []byte, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.Command("go", slices.Concat([]string{"vet", "-vettool=" + path, "-json"}, args, m.patterns)...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = m.dir, &stdout, &stderr
	cmd.Env = append(os.Environ(), env...)
	if err := cmd.Run(); err != nil {
		return nil, nil, fmt.Errorf("go vet with %s: %w\n%s", filepath.Base(path), err, tail(stderr.Bytes()))
	}
	return cmd, stdout.Bytes(), nil
}

// The ways to run a tool, in the order in which a fresh copy is run.
const (
	cold  = iota // on everything for the first time
	warm         // again, with nothing changed
	edit         // again, with one file changed in a package that no other imports
	cases        // how many there are
)

var caseNames = [cases]string{"cold", "nothing changed", "a leaf file edited"}

// prepare makes the go command compile all that vetting the packages needs.
func (m *measurement) prepare(t tool) error {
	_, _, err := m.time(t)
	return err
}

// time runs a fresh copy of the tool in each of the ways. The go command reaps
// the tool's processes, so the time it is charged with includes theirs.
func (m *measurement) time(t tool) (taken [cases]sample, findings int, err error) {
	path, remove, err := m.fresh(t)
	if remove != nil {
		defer remove()
	}
	if err != nil {
		return taken, 0, err
	}
	overlay, err := m.overlay(filepath.Dir(path))
	if err != nil {
		return taken, 0, err
	}
	for i, args := range [cases][]string{cold: nil, warm: nil, edit: {"-overlay=" + overlay}} {
		start := time.Now()
		cmd, out, err := m.vet(path, args)
		if err != nil {
			return taken, 0, err
		}
		taken[i] = sample{cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), wall: time.Since(start)}
		if i == cold {
			if findings, err = countFindings(out); err != nil {
				return taken, 0, err
			}
		}
	}
	return taken, findings, nil
}

// overlay writes what makes the go command see another text in the leaf file,
// each time a new one.
func (m *measurement) overlay(dir string) (string, error) {
	if m.leaf == "" {
		leaf, err := m.findLeaf()
		if err != nil {
			return "", err
		}
		m.leaf = leaf
	}
	text, err := os.ReadFile(m.leaf)
	if err != nil {
		return "", err
	}
	edited := filepath.Join(dir, "edited.go")
	if err := os.WriteFile(edited, fmt.Appendf(text, "\n\nvar _ = %q\n", rand.Text()), 0o644); err != nil {
		return "", err
	}
	data, err := json.Marshal(map[string]map[string]string{"Replace": {m.leaf: edited}})
	if err != nil {
		return "", err
	}
	name := filepath.Join(dir, "overlay.json")
	return name, os.WriteFile(name, data, 0o644)
}

// findLeaf returns a file of the first package that no other of those measured
// imports, tests included.
func (m *measurement) findLeaf() (string, error) {
	out, err := m.output("go", append([]string{"list", "-json=ImportPath,Dir,GoFiles,Imports,TestImports,XTestImports"}, m.patterns...)...)
	if err != nil {
		return "", err
	}
	type listed struct {
		ImportPath, Dir                             string
		GoFiles, Imports, TestImports, XTestImports []string
	}
	imported := make(map[string]bool)
	var all []listed
	for dec := json.NewDecoder(strings.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return "", fmt.Errorf("output of go list: %w", err)
		}
		all = append(all, p)
		for _, path := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			imported[path] = true
		}
	}
	for _, p := range all {
		if !imported[p.ImportPath] && len(p.GoFiles) > 0 {
			return filepath.Join(p.Dir, p.GoFiles[0]), nil
		}
	}
	return "", errors.New("every package is imported by another")
}

// countFindings counts the diagnostics in the output of go vet -json: a
// sequence of objects, package to analyzer to diagnostics or error.
func countFindings(out []byte) (int, error) {
	n := 0
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var tree map[string]map[string]json.RawMessage
		if err := dec.Decode(&tree); errors.Is(err, io.EOF) {
			return n, nil
		} else if err != nil {
			return 0, fmt.Errorf("output of go vet -json: %w", err)
		}
		for pkg, byAnalyzer := range tree {
			for name, v := range byAnalyzer {
				var diagnostics []json.RawMessage
				if err := json.Unmarshal(v, &diagnostics); err != nil {
					return 0, fmt.Errorf("%s failed on %s: %s", name, pkg, v)
				}
				n += len(diagnostics)
			}
		}
	}
}

// tail returns the end of a command's output, for an error message.
func tail(out []byte) []byte {
	const most = 2000
	return bytes.TrimSpace(out[max(0, len(out)-most):])
}
