package run

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/unit"
)

// A listing is what the patterns match.
type listing struct {
	dirs    map[string]string // by package path
	empty   map[string]bool   // packages without files to build, by path
	modules map[string]string // directories by module path, of those that packages belong to
}

func newListing() listing {
	return listing{dirs: make(map[string]string), empty: make(map[string]bool), modules: make(map[string]string)}
}

const listFormat = "{{.ImportPath}}\t{{.Dir}}\t{{len (or .GoFiles .CgoFiles .TestGoFiles .XTestGoFiles)}}\t{{with .Module}}{{.Path}}\t{{.Dir}}{{end}}"

// list asks the go command which packages the patterns match. Packages that
// cannot be built are among them.
func (r *runner) list(ctx context.Context) (listing, error) {
	args := append([]string{"list", "-e", "-find", "-f", listFormat}, r.settings.build...)
	args = append(append(args, "--"), r.settings.patterns...)
	cmd := r.goCommand(ctx, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return listing{}, listFailure(stderr.String())
	}
	l := newListing()
	for line := range strings.Lines(string(out)) {
		fields := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(fields) < 3 {
			continue
		}
		l.dirs[fields[0]] = fields[1]
		l.empty[fields[0]] = fields[2] == "0"
		if len(fields) == 5 {
			l.modules[fields[3]] = fields[4]
		}
	}
	return l, nil
}

// listFailure says why the go command cannot list packages at all.
func listFailure(stderr string) error {
	return fmt.Errorf("go list fails: %s", advised(stderr))
}

// advised adds to an error of the go command's what to do about it.
func advised(text string) string {
	text = strings.TrimSpace(text)
	if strings.Contains(text, "does not contain main module") || strings.Contains(text, "go.mod file not found") {
		text += "; run leakvet where a go.mod file is, or name that directory by -C"
	}
	return text
}

// dir returns the directory of the package with the given path, which may be
// that of an external test.
func (l listing) dir(pkg string) (string, bool) {
	dir, ok := l.dirs[pkg]
	if !ok {
		dir, ok = l.dirs[strings.TrimSuffix(pkg, "_test")]
	}
	return dir, ok
}

// holds reports whether a file is of one of the packages.
func (l listing) holds(file string) bool {
	dir := filepath.Dir(file)
	for pkg, d := range l.dirs {
		if d == dir && unit.IsOwn(pkg, d) {
			return true
		}
	}
	return false
}

// anyOwn reports whether any package is analysed in full.
func (l listing) anyOwn() bool {
	for pkg, dir := range l.dirs {
		if unit.IsOwn(pkg, dir) {
			return true
		}
	}
	return false
}

// silent returns the packages of which nothing was heard although they are analysed in
// full, in order. Each says at least that it was looked at.
func (l listing) silent(heard map[string]bool) []string {
	var found []string
	for pkg, dir := range l.dirs {
		if !l.empty[pkg] && unit.IsOwn(pkg, dir) && !heard[pkg] && !heard[pkg+"_test"] {
			found = append(found, pkg)
		}
	}
	slices.Sort(found)
	return found
}

// resolver returns a function that turns the file names that a unit prints
// for a package in dir into absolute ones: "./name" is relative to dir, and
// with -trimpath another package's files are called "package/path/name".
func (l listing) resolver(dir string) func(string) string {
	return func(name string) string {
		if rest, ok := strings.CutPrefix(name, "./"); ok {
			return filepath.Join(dir, filepath.FromSlash(rest))
		}
		if !filepath.IsAbs(name) {
			if d, ok := l.dirs[path.Dir(name)]; ok {
				return filepath.Join(d, path.Base(name))
			}
		}
		return name
	}
}

// listedPackage is what go list -e says of a package.
type listedPackage struct {
	ImportPath string
	ForTest    string
	Error      *listError
	DepsErrors []*listError
}

type listError struct {
	Pos string
	Err string
}

func (e *listError) String() string {
	if e.Pos == "" {
		return e.Err
	}
	return e.Pos + ": " + e.Err
}

// diagnose asks the go command what is wrong with the packages that the
// patterns match. It adds each error to the run's problems and returns the
// paths of the packages that are well together with their tests.
func (r *runner) diagnose(ctx context.Context) (healthy []string, broken bool, err error) {
	args := append([]string{"list", "-e", "-test", "-json=ImportPath,ForTest,Error,DepsErrors"}, r.settings.build...)
	args = append(append(args, "--"), r.settings.patterns...)
	cmd := r.goCommand(ctx, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, false, listFailure(stderr.String())
	}
	var order []string
	ill := make(map[string]bool)
	dec := json.NewDecoder(bytes.NewReader(out))
	for {
		var p listedPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, false, fmt.Errorf("go list prints what cannot be read: %v", err)
		}
		name := p.name()
		if p.ImportPath == name {
			order = append(order, name)
		}
		for _, e := range append(p.DepsErrors, p.Error) {
			if e == nil {
				continue
			}
			ill[name] = true
			if !r.skipped(e) {
				broken = true
				r.problems.add(advised(e.String()))
			}
		}
	}
	for _, name := range order {
		if !ill[name] {
			healthy = append(healthy, name)
		}
	}
	return healthy, broken, nil
}

// name returns the path of the package that p is, or is a test of.
func (p *listedPackage) name() string {
	if p.ForTest != "" {
		return p.ForTest
	}
	pkg, _, _ := strings.Cut(p.ImportPath, " ")
	return strings.TrimSuffix(pkg, ".test")
}

// skipped reports whether go vet passes over the error without a word: a
// wildcard may match directories with nothing to build.
func (r *runner) skipped(e *listError) bool {
	return strings.Contains(strings.Join(r.settings.patterns, " "), "...") &&
		strings.Contains(e.Err, "build constraints exclude all Go files")
}
