package suite

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"go/version"
	"os"
	"path"
	"path/filepath"
	"runtime"

	"golang.org/x/tools/go/packages"
)

// StdPrefix is put before the paths of the standard library's packages, since
// the rules do not look into what they know to be the standard library.
const StdPrefix = "std.example"

// load loads packages for one platform without cgo, so that every machine
// sees the same files.
func load(dir string, flags []string, patterns ...string) ([]*packages.Package, error) {
	return packages.Load(&packages.Config{
		BuildFlags: flags,
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedModule |
			packages.NeedImports | packages.NeedDeps | packages.NeedSyntax |
			packages.NeedTypes | packages.NeedTypesInfo | packages.NeedTypesSizes,
		Dir:  dir,
		Env:  append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0", "GOWORK=off"),
		Fset: token.NewFileSet(),
	}, patterns...)
}

// Std analyses the standard library of the go command in use as if it were a
// user's code: each package is type-checked once more under another path, over
// the standard library itself.
func Std() (Result, error) { return Standard("std") }

// Standard is Std for the packages that match the given patterns.
func Standard(patterns ...string) (Result, error) {
	pkgs, err := load("", nil, patterns...)
	if err != nil {
		return Result{}, err
	}
	var copies []*packages.Package
	for _, p := range pkgs {
		if len(p.Errors) > 0 {
			return Result{}, fmt.Errorf("standard library: %w", p.Errors[0])
		}
		if len(p.Syntax) == 0 { // unsafe
			continue
		}
		c, err := disguise(p)
		if err != nil {
			return Result{}, fmt.Errorf("standard library: %w", err)
		}
		copies = append(copies, c)
	}
	return analyze(copies)
}

// disguise type-checks a package's syntax under a path that is not in the
// standard library.
func disguise(p *packages.Package) (*packages.Package, error) {
	info := &types.Info{
		Types:        map[ast.Expr]types.TypeAndValue{},
		Defs:         map[*ast.Ident]types.Object{},
		Uses:         map[*ast.Ident]types.Object{},
		Implicits:    map[ast.Node]types.Object{},
		Instances:    map[*ast.Ident]types.Instance{},
		Scopes:       map[ast.Node]*types.Scope{},
		Selections:   map[*ast.SelectorExpr]*types.Selection{},
		FileVersions: map[*ast.File]string{},
	}
	conf := types.Config{
		Importer:  importerOf(p.Imports),
		Sizes:     p.TypesSizes,
		GoVersion: version.Lang(runtime.Version()),
	}
	pkgPath := path.Join(StdPrefix, p.PkgPath)
	checked, err := conf.Check(pkgPath, p.Fset, p.Syntax, info)
	if err != nil {
		return nil, err
	}
	return &packages.Package{
		ID: pkgPath, PkgPath: pkgPath, Name: p.Name,
		GoFiles: p.GoFiles, CompiledGoFiles: p.CompiledGoFiles,
		Imports: p.Imports, Fset: p.Fset, Syntax: p.Syntax,
		Types: checked, TypesInfo: info, TypesSizes: p.TypesSizes,
	}, nil
}

// importerOf resolves import paths as they are written in a package's files.
type importerOf map[string]*packages.Package

// Import returns the types of an imported package.
func (m importerOf) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	p, ok := m[path]
	if !ok || p.Types == nil {
		return nil, fmt.Errorf("import %q is not loaded", path)
	}
	return p.Types, nil
}

// Packages analyses the packages that match patterns in the module at dir.
// Packages that cannot be loaded are skipped.
func Packages(dir string, patterns ...string) (Result, error) {
	flags, remove, err := freeModfile(dir)
	if err != nil {
		return Result{}, err
	}
	defer remove()
	pkgs, err := load(dir, flags, patterns...)
	if err != nil {
		return Result{}, err
	}
	var healthy []*packages.Package
	var skipped []string
	for _, p := range pkgs {
		if why := broken(p, map[*packages.Package]bool{}); why != "" {
			skipped = append(skipped, p.PkgPath+": "+why)
		} else if len(p.Syntax) > 0 {
			healthy = append(healthy, p)
		}
	}
	result, err := analyze(healthy)
	result.Skipped = skipped
	return result, err
}

// freeModfile returns flags that make the go command use a copy of the go.mod
// and go.sum files at dir, to which it may add: packages of a required module
// that nobody imports need modules that go.sum does not list.
func freeModfile(dir string) (flags []string, remove func(), err error) {
	tmp, err := os.MkdirTemp("", "leakvet-golden-")
	if err != nil {
		return nil, nil, err
	}
	remove = func() { os.RemoveAll(tmp) }
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if errors.Is(err, os.ErrNotExist) && name == "go.sum" {
			continue
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(tmp, name), data, 0o644)
		}
		if err != nil {
			remove()
			return nil, nil, err
		}
	}
	return []string{"-mod=mod", "-modfile=" + filepath.Join(tmp, "go.mod")}, remove, nil
}

// broken returns the first error of p or of anything that it imports.
func broken(p *packages.Package, seen map[*packages.Package]bool) string {
	if seen[p] {
		return ""
	}
	seen[p] = true
	if len(p.Errors) > 0 {
		return p.Errors[0].Msg
	}
	for _, imp := range p.Imports {
		if why := broken(imp, seen); why != "" {
			return why
		}
	}
	return ""
}
