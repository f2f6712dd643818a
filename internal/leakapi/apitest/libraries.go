package apitest

import (
	"slices"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// Library is a module that rows speak of.
type Library struct {
	Path, Version string
	Packages      []string // those that rows speak of, sorted
	Rows          int
}

// Libraries returns the modules that a go.mod file requires for packages of
// which rows speak, sorted, and the packages outside the standard library that
// none of the required modules can hold.
func Libraries(t *leakapi.Tables, gomod []byte) (libs []Library, homeless []string, err error) {
	file, err := modfile.ParseLax("go.mod", gomod, nil)
	if err != nil {
		return nil, nil, err
	}
	all := make([]Library, len(file.Require))
	for i, r := range file.Require {
		all[i] = Library{Path: r.Mod.Path, Version: r.Mod.Version}
	}
	for _, pkg := range Paths(t) {
		if leakapi.IsStd(pkg) {
			continue
		}
		if lib := holder(all, pkg); lib != nil {
			lib.Packages = append(lib.Packages, pkg)
		} else {
			homeless = append(homeless, pkg)
		}
	}
	for pkg, n := range t.Rows() {
		if lib := holder(all, pkg); lib != nil {
			lib.Rows += n
		}
	}
	libs = slices.DeleteFunc(all, func(l Library) bool { return l.Rows == 0 })
	slices.SortFunc(libs, func(a, b Library) int { return strings.Compare(a.Path, b.Path) })
	return libs, homeless, nil
}

// holder returns the module that holds a package: that of the longest path, since
// a module's directory is no part of the module around it. It returns nil if there
// is none.
func holder(libs []Library, pkg string) *Library {
	var found *Library
	for i := range libs {
		l := &libs[i]
		if (pkg == l.Path || strings.HasPrefix(pkg, l.Path+"/")) && (found == nil || len(l.Path) > len(found.Path)) {
			found = l
		}
	}
	return found
}
