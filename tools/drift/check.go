package main

import (
	"fmt"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakapi/apitest"
)

// load loads the packages' types in the module at dir, by their paths.
func load(dir string, tests bool, patterns ...string) (map[string]*packages.Package, error) {
	pkgs, err := packages.Load(&packages.Config{
		Dir:        dir,
		Mode:       packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedDeps | packages.NeedTypes | packages.NeedExportFile,
		Env:        append(os.Environ(), "GOWORK=off"),
		BuildFlags: []string{"-mod=mod"},
		Tests:      tests,
	}, patterns...)
	if err != nil {
		return nil, err
	}
	byID := map[string]*packages.Package{}
	for _, p := range pkgs {
		byID[p.ID] = p
	}
	return byID, nil
}

// checkRows holds the rows on the libraries to the packages in the module at dir.
func checkRows(dir string, tables *leakapi.Tables, libs []*library) error {
	var all, changed []string
	for _, l := range libs {
		all = append(all, l.Packages...)
		if l.tried != l.Version {
			changed = append(changed, l.Packages...)
		}
	}
	now, err := load(dir, false, all...)
	if err != nil {
		return err
	}
	before := map[string]*packages.Package{}
	if len(changed) > 0 {
		if before, err = load(integration, false, changed...); err != nil {
			return err
		}
	}
	for _, l := range libs {
		l.rows = broken(l.Library, tables, now)
		if l.tried == l.Version {
			continue
		}
		for _, path := range l.Packages {
			names, err := newlyDeprecated(tables, before[path], now[path])
			if err != nil {
				return err
			}
			l.deprecated = append(l.deprecated, names...)
		}
	}
	return nil
}

// broken returns what the rows on a library say that does not hold, sorted.
func broken(lib apitest.Library, tables *leakapi.Tables, pkgs map[string]*packages.Package) []string {
	var wrong, sound []string
	for _, path := range lib.Packages {
		switch p := pkgs[path]; {
		case p == nil || p.Types == nil:
			wrong = append(wrong, "package "+path+": there is none")
		case len(p.Errors) > 0:
			wrong = append(wrong, "package "+path+": "+oneLine(p.Errors[0].Msg))
		default:
			sound = append(sound, path)
		}
	}
	in := func(pkg string) bool { return slices.Contains(sound, pkg) }
	_, errs := apitest.Check(tables, in, func(path string) (*types.Package, error) {
		if !in(path) {
			return nil, fmt.Errorf("no package %s", path)
		}
		return pkgs[path].Types, nil
	})
	for _, err := range errs {
		wrong = append(wrong, err.Error())
	}
	slices.Sort(wrong)
	return wrong
}

// checkFixtures compiles the fixtures of each rule, a directory of root, over the
// libraries that the module at dir requires. It returns what does not compile,
// sorted.
func checkFixtures(dir, root string, rules []string) ([]string, error) {
	var wrong []string
	for _, rule := range rules {
		fixtures := filepath.Join(dir, "fixtures", rule)
		if err := os.CopyFS(fixtures, os.DirFS(filepath.Join(root, rule))); err != nil {
			return nil, err
		}
		if err := copyModule(fixtures, dir, rule); err != nil {
			return nil, err
		}
		pkgs, err := load(fixtures, true, "./...")
		if err != nil {
			return nil, err
		}
		if len(pkgs) == 0 {
			return nil, fmt.Errorf("%s has no fixtures", rule)
		}
		for _, p := range pkgs {
			for _, e := range p.Errors {
				wrong = append(wrong, strings.ReplaceAll(oneLine(e.Error()), fixtures+string(filepath.Separator), rule+"/"))
			}
		}
	}
	slices.Sort(wrong)
	return slices.Compact(wrong), nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
