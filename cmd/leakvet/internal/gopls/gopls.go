// Package gopls builds gopls, the language server of Go, with the suite inside.
//
// It takes the source of a release from the module proxy, adds one file that
// registers the rules, keeps the versions that the release was tested with, and
// builds that. What it relies on is the same since v0.19: the variable
// AllAnalyzers of gopls's settings, and the fields of its elements.
package gopls

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/version"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/semver"
)

// Module is gopls's module path.
const Module = "golang.org/x/tools/gopls"

// oldest is the first release with the variable that the rules are added to.
const oldest = "v0.19.0"

// pinned are the modules that gopls must be built with as it was tested: it uses
// what they do not export, or checks at its start what they hold.
var pinned = []string{"golang.org/x/tools", "honnef.co/go/tools"}

// Options say what to build.
type Options struct {
	Version  string   // of gopls; "" for the newest that the go command can build
	Out      string   // the file to write
	Leakvet  string   // leakvet's checkout, or "" for its release
	Release  string   // leakvet's version, unless Leakvet is set
	Settings Settings // what is baked in: gopls has no flags for analyzers
	Stderr   io.Writer
}

// Build builds gopls and returns its version. The go command may fetch modules.
func Build(ctx context.Context, o Options) (string, error) {
	b := &builder{ctx}
	if o.Leakvet == "" && !semver.IsValid(o.Release) {
		return "", errors.New("this leakvet is a development build: name its checkout by -leakvet DIR, so that gopls gets the same")
	}
	out, err := filepath.Abs(o.Out)
	if err != nil {
		return "", err
	}
	release, err := b.choose(o.Version)
	if err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp("", "leakvet-gopls-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	if err := copyTree(dir, release.Dir); err != nil {
		return "", err
	}
	if err := b.prepare(dir, release, o); err != nil {
		return "", err
	}
	fmt.Fprintf(o.Stderr, "leakvet: building gopls %s\n", release.Version)
	if _, err := b.goCommand(dir, "build", "-o", out, "."); err != nil {
		return "", fmt.Errorf("gopls %s does not build with leakvet: %w", release.Version, err)
	}
	return release.Version, nil
}

type builder struct{ ctx context.Context }

// goCommand runs the go command in a directory, or anywhere if that is "".
func (b *builder) goCommand(dir string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(b.ctx, "go", args...)
	if cmd.Dir = dir; dir == "" {
		cmd.Dir = os.TempDir() // no go.mod is to have a say
	}
	cmd.Env = append(cmd.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); errors.Is(err, exec.ErrNotFound) {
		return nil, errors.New("cannot find the go command in PATH: install Go from https://go.dev/dl")
	} else if err != nil {
		if text := strings.TrimSpace(stderr.String()); text != "" {
			err = errors.New(text)
		}
		return stdout.Bytes(), err
	}
	return stdout.Bytes(), nil
}

// A release is a version of gopls in the module cache.
type release struct {
	Version string
	Dir     string // "" if the go command is too old for it
	GoMod   string
	Error   string
	mod     *modfile.File
}

// choose fetches the wanted release, or the newest that the go command can
// build.
func (b *builder) choose(want string) (*release, error) {
	out, err := b.goCommand("", "env", "GOVERSION")
	if err != nil {
		return nil, err
	}
	have, _, _ := strings.Cut(strings.TrimSpace(string(out)), " ")
	if want != "" && want != "latest" {
		r, err := b.fetch(want)
		if err != nil {
			return nil, err
		}
		if need := "go" + r.mod.Go.Version; tooNew(need, have) {
			return nil, fmt.Errorf("gopls %s needs %s, and the go command is %s: choose an older one with -version, or set GOTOOLCHAIN=%s", r.Version, need, have, need)
		}
		if semver.Compare(r.Version, oldest) < 0 {
			return nil, fmt.Errorf("gopls %s has no place for the rules: %s is the oldest that has", r.Version, oldest)
		}
		return r, nil
	}
	out, err = b.goCommand("", "list", "-m", "-versions", "-json", Module)
	if err != nil {
		return nil, err
	}
	var list struct{ Versions []string }
	if err := json.Unmarshal(out, &list); err != nil {
		return nil, fmt.Errorf("go list prints what cannot be read: %v", err)
	}
	for _, v := range slices.Backward(list.Versions) {
		if semver.Prerelease(v) != "" || semver.Compare(v, oldest) < 0 {
			continue
		}
		r, err := b.fetch(v)
		if err != nil {
			return nil, err
		}
		if r.Dir != "" && !tooNew("go"+r.mod.Go.Version, have) {
			return r, nil
		}
	}
	return nil, fmt.Errorf("the go command is %s: no release of gopls since %s can be built with it", have, oldest)
}

// tooNew reports whether a Go version is later than the one there is.
func tooNew(need, have string) bool {
	return version.IsValid(have) && version.Compare(need, have) > 0
}

func (b *builder) fetch(v string) (*release, error) {
	// It says in JSON what goes wrong, too.
	out, err := b.goCommand("", "mod", "download", "-json", Module+"@"+v)
	r := new(release)
	if jsonErr := json.Unmarshal(out, r); jsonErr != nil {
		return nil, fmt.Errorf("cannot fetch gopls %s: %w", v, cmp.Or(err, jsonErr))
	}
	if r.GoMod == "" {
		return nil, fmt.Errorf("cannot fetch gopls %s: %s", v, r.Error)
	}
	data, err := os.ReadFile(r.GoMod)
	if err != nil {
		return nil, err
	}
	if r.mod, err = modfile.Parse("go.mod", data, nil); err != nil {
		return nil, err
	}
	if r.mod.Go == nil {
		return nil, fmt.Errorf("gopls %s does not say which Go it needs", v)
	}
	if r.Dir == "" && !strings.Contains(r.Error, "requires go") {
		return nil, fmt.Errorf("cannot fetch gopls %s: %s", v, r.Error)
	}
	return r, nil
}

// prepare adds leakvet to a copy of gopls.
func (b *builder) prepare(dir string, r *release, o Options) error {
	file := filepath.Join(dir, "internal", "settings", "leakvet.go")
	if err := os.WriteFile(file, o.Settings.source(), 0o666); err != nil {
		return err
	}
	const self = "github.com/leakvet/leakvet"
	args := []string{"mod", "edit"}
	if o.Leakvet != "" {
		checkout, err := filepath.Abs(o.Leakvet)
		if err != nil {
			return err
		}
		if data, err := os.ReadFile(filepath.Join(checkout, "go.mod")); err != nil || modfile.ModulePath(data) != self {
			return fmt.Errorf("-leakvet %s is no checkout of %s", o.Leakvet, self)
		}
		args = append(args, "-require="+self+"@v0.0.0", "-replace="+self+"="+checkout)
	} else {
		args = append(args, "-require="+self+"@"+o.Release)
	}
	for _, req := range r.mod.Require {
		if slices.Contains(pinned, req.Mod.Path) {
			args = append(args, fmt.Sprintf("-replace=%s=%s@%s", req.Mod.Path, req.Mod.Path, req.Mod.Version))
		}
	}
	_, err := b.goCommand(dir, args...)
	return err
}

// copyTree copies what the module cache has, but so that it can be changed.
func copyTree(to, from string) error {
	return filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if d.IsDir() {
			return os.MkdirAll(target, 0o777)
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(target, data, 0o666)
	})
}
