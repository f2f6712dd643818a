package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
)

// mode is a way to load packages of another time: its go.mod may lack something, or
// its files may need cgo.
type mode struct{ mod, cgo string }

var modes = []mode{{"", "0"}, {"-mod=mod", "0"}, {"", "1"}, {"-mod=mod", "1"}}

// listed is what the go command says of a package.
type listed struct {
	ImportPath, Dir                   string
	Standard                          bool
	GoFiles, CompiledGoFiles, Imports []string
	ImportMap                         map[string]string
	Module                            *struct{ Path, Version, GoVersion string }
	Error                             *struct{ Err string }
}

// files returns the paths of the package's files.
func (p *listed) files() []string {
	names := slices.Clone(p.GoFiles)
	if len(p.CompiledGoFiles) > 0 {
		names = slices.Clone(p.CompiledGoFiles)
	}
	for i, name := range names {
		if !filepath.IsAbs(name) {
			names[i] = filepath.Join(p.Dir, name)
		}
	}
	return names
}

// imports returns the packages that it imports, by the paths that its files write.
func (p *listed) imports() map[string]string {
	all := make(map[string]string)
	for _, path := range p.Imports {
		all[path] = path
	}
	maps.Copy(all, p.ImportMap)
	return all
}

// list returns a package and all that it depends on, each after what it imports.
func list(dir, pattern string, m mode) ([]*listed, error) {
	fields := "-json=ImportPath,Dir,Standard,GoFiles,Imports,ImportMap,Module,Error"
	args := []string{"list", "-e", "-deps", fields, pattern}
	if m.cgo == "1" {
		args = []string{"list", "-e", "-deps", "-compiled", fields + ",CompiledGoFiles", pattern}
	}
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS="+strings.TrimSpace("-buildvcs=false "+m.mod), "CGO_ENABLED="+m.cgo)
	out, err := run(cmd)
	if err != nil && len(out) == 0 {
		return nil, err
	}
	var pkgs []*listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		p := new(listed)
		if err := dec.Decode(p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("output of go list: %w", err)
		}
		if p.ImportPath == "unsafe" || p.ImportPath == "C" {
			continue
		}
		if len(p.files()) == 0 {
			why := "it has no Go files"
			if p.Error != nil {
				why = p.Error.Err
			}
			return nil, fmt.Errorf("package %s: %s", p.ImportPath, why)
		}
		pkgs = append(pkgs, p)
	}
	if len(pkgs) == 0 {
		return nil, fmt.Errorf("go list %s: no package", pattern)
	}
	return pkgs, nil
}

// units runs a vet tool over packages, one process for each, and keeps what they
// write.
type units struct {
	path  string // of the tool
	flags []string
	id    string // of the tool with its flags
	cache string
	slots chan struct{} // as many as may run at once

	mu     sync.Mutex
	hashes map[string]string // of files that stay as they are
}

func newUnits(path string, flags []string, cache string) (*units, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(append(data, strings.Join(flags, " ")...))
	return &units{
		path: path, flags: flags, id: hex.EncodeToString(sum[:]), cache: cache,
		slots: make(chan struct{}, runtime.NumCPU()), hashes: map[string]string{},
	}, nil
}

// unit is a package that is, or will be, analysed.
type unit struct {
	pkg  *listed
	deps []*unit
	done chan struct{} // closed when all below is set
	key  string        // what it and all that it depends on are made of
	err  error
}

// run runs the tool over packages, of which each stands after what it imports, and
// returns what it printed of the last one. Files below root may change between runs.
func (u *units) run(pkgs []*listed, root string) ([]byte, error) {
	byPath := make(map[string]*unit)
	var target *unit
	var all sync.WaitGroup
	for i, p := range pkgs {
		n := &unit{pkg: p, done: make(chan struct{})}
		for _, path := range slices.Sorted(maps.Values(p.imports())) {
			if d := byPath[path]; d != nil && !slices.Contains(n.deps, d) {
				n.deps = append(n.deps, d)
			}
		}
		byPath[p.ImportPath], target = n, n
		all.Go(func() {
			defer close(n.done)
			for _, d := range n.deps {
				if <-d.done; d.err != nil {
					n.err = d.err
					return
				}
			}
			n.err = u.analyze(n, i == len(pkgs)-1, root)
		})
	}
	all.Wait()
	if target.err != nil {
		return nil, target.err
	}
	return os.ReadFile(u.file(target.key, ".out"))
}

func (u *units) file(key, ext string) string { return filepath.Join(u.cache, key[:2], key+ext) }

// analyze runs the tool over a unit, unless it has been.
func (u *units) analyze(n *unit, wanted bool, root string) error {
	key, err := u.keyOf(n, wanted, root)
	if err != nil {
		return err
	}
	n.key = key
	facts, printed := u.file(key, ".facts"), u.file(key, ".out")
	if exists(facts) && exists(printed) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(facts), 0o777); err != nil {
		return err
	}
	u.slots <- struct{}{}
	defer func() { <-u.slots }()
	tmp, err := os.MkdirTemp(u.cache, "unit-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	data, err := json.Marshal(u.config(n, wanted, filepath.Join(tmp, "facts")))
	if err != nil {
		return err
	}
	cfg := filepath.Join(tmp, "unit.cfg")
	if err := os.WriteFile(cfg, data, 0o666); err != nil {
		return err
	}
	const most = 10 * time.Minute // a package of another time may be beyond a rival
	ctx, cancel := context.WithTimeout(context.Background(), most)
	defer cancel()
	out, err := run(exec.CommandContext(ctx, u.path, slices.Concat([]string{"-json"}, u.flags, []string{cfg})...))
	if !exists(filepath.Join(tmp, "facts")) {
		return cmp.Or(err, fmt.Errorf("package %s: the tool wrote no facts", n.pkg.ImportPath))
	}
	if err := os.WriteFile(filepath.Join(tmp, "out"), out, 0o666); err != nil {
		return err
	}
	return errors.Join(os.Rename(filepath.Join(tmp, "facts"), facts), os.Rename(filepath.Join(tmp, "out"), printed))
}

// config returns what the go command would tell the tool, but for compiled packages:
// the tool's own facts files carry types.
func (u *units) config(n *unit, wanted bool, facts string) map[string]any {
	c := map[string]any{
		"ID": n.pkg.ImportPath, "Compiler": "gc", "Dir": n.pkg.Dir, "ImportPath": n.pkg.ImportPath,
		"GoFiles": n.pkg.files(), "ImportMap": n.pkg.imports(), "VetxOnly": !wanted, "VetxOutput": facts,
		"PackageFile": map[string]string{},
	}
	if m := n.pkg.Module; m != nil {
		c["ModulePath"], c["ModuleVersion"] = m.Path, m.Version
		if m.GoVersion != "" {
			c["GoVersion"] = "go" + m.GoVersion
		}
	}
	standard, written := map[string]bool{}, map[string]string{}
	for _, d := range n.deps {
		written[d.pkg.ImportPath] = u.file(d.key, ".facts")
		if d.pkg.Standard {
			standard[d.pkg.ImportPath] = true
		}
	}
	c["Standard"], c["PackageVetx"] = standard, written
	return c
}

// keyOf returns a hash of all that a unit's result depends on.
func (u *units) keyOf(n *unit, wanted bool, root string) (string, error) {
	h := sha256.New()
	fmt.Fprintln(h, u.id, n.pkg.ImportPath, n.pkg.Dir, wanted)
	if n.pkg.Module != nil {
		fmt.Fprintln(h, *n.pkg.Module)
	}
	for _, name := range n.pkg.files() {
		sum, err := u.hash(name, !strings.HasPrefix(name, root+string(filepath.Separator)))
		if err != nil {
			return "", err
		}
		fmt.Fprintln(h, filepath.Base(name), sum)
	}
	for _, d := range n.deps {
		fmt.Fprintln(h, d.pkg.ImportPath, d.key)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// hash returns the hash of a file; that of one that stays is kept.
func (u *units) hash(name string, stays bool) (string, error) {
	u.mu.Lock()
	sum, ok := u.hashes[name]
	u.mu.Unlock()
	if ok {
		return sum, nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	bin := sha256.Sum256(data)
	sum = hex.EncodeToString(bin[:])
	if stays {
		u.mu.Lock()
		u.hashes[name] = sum
		u.mu.Unlock()
	}
	return sum, nil
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
