package unit

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"os"

	"golang.org/x/tools/go/gcexportdata"
)

// parse parses the package's files.
func parse(cfg *Config, fset *token.FileSet, mode parser.Mode) ([]*ast.File, error) {
	files := make([]*ast.File, 0, len(cfg.GoFiles))
	for _, name := range cfg.GoFiles {
		f, err := parser.ParseFile(fset, name, nil, mode|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

// A checker type-checks the files of one package.
type checker struct {
	types.Config
	info  *types.Info
	soft  bool   // tolerate errors that do not spoil the types
	first *error // the first error that is not tolerated
}

func newChecker(cfg *Config, imp types.Importer) *checker {
	c := &checker{first: new(error)}
	c.Config = types.Config{
		Importer:  imp,
		Sizes:     types.SizesFor("gc", build.Default.GOARCH),
		GoVersion: cfg.GoVersion,
	}
	c.info = &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue),
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object),
		Implicits:    make(map[ast.Node]types.Object),
		Instances:    make(map[*ast.Ident]types.Instance),
		Scopes:       make(map[ast.Node]*types.Scope),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		FileVersions: make(map[*ast.File]string),
	}
	return c
}

// check returns the package's types, or the first error.
//
// With soft set, imports and variables that nothing uses, and functions
// without a body, are no errors: removed bodies cause them.
func (c *checker) check(path string, fset *token.FileSet, files []*ast.File) (*types.Package, error) {
	if c.soft {
		c.Error = func(err error) {
			if terr, ok := err.(types.Error); ok && terr.Soft || *c.first != nil {
				return
			}
			*c.first = err
		}
	}
	pkg, err := c.Check(path, fset, files, c.info)
	if c.soft {
		err = *c.first
	}
	return pkg, err
}

// An importer finds the types of a package's imports.
type importer struct {
	cfg  *Config
	fset *token.FileSet
	vetx map[string]*vetx          // of direct imports
	pkgs map[string]*types.Package // all that any export data mentions
}

// Import implements types.Importer.
func (imp *importer) Import(name string) (*types.Package, error) {
	path, ok := imp.cfg.ImportMap[name]
	if !ok {
		return nil, fmt.Errorf("can't resolve import %q", name)
	}
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if pkg, ok := imp.pkgs[path]; ok && pkg.Complete() {
		return pkg, nil
	}
	if file, ok := imp.cfg.PackageFile[path]; ok {
		return imp.fromCompiler(path, file)
	}
	v, ok := imp.vetx[path]
	if !ok {
		return nil, fmt.Errorf("no types of package %q: it was not analysed, or its analysis failed", path)
	}
	if len(v.types) == 0 {
		return nil, fmt.Errorf("%s holds no types of package %q: %s", imp.cfg.PackageVetx[path], path, cleanCache)
	}
	return gcexportdata.Read(v.typesReader(), imp.fset, imp.pkgs, path)
}

func (imp *importer) fromCompiler(path, file string) (*types.Package, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := gcexportdata.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s holds no export data of package %q: %v", file, path, err)
	}
	return gcexportdata.Read(r, imp.fset, imp.pkgs, path)
}
