package integration

import (
	"fmt"
	"go/types"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakapi/apitest"
)

func thirdParty(pkg string) bool { return !leakapi.IsStd(pkg) }

// TestThirdPartyRows holds every row on a package outside the standard library
// to the version that go.mod requires.
func TestThirdPartyRows(t *testing.T) {
	tables := leakapi.Builtin()
	var paths []string
	for _, path := range apitest.Paths(tables) {
		if thirdParty(path) {
			paths = append(paths, path)
		}
	}
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedImports | packages.NeedDeps | packages.NeedTypes | packages.NeedExportFile,
	}, paths...)
	if err != nil {
		t.Fatal(err)
	}
	byPath := map[string]*types.Package{}
	for _, p := range pkgs {
		for _, e := range p.Errors {
			t.Error(e)
		}
		byPath[p.PkgPath] = p.Types
	}
	for _, path := range paths {
		if byPath[path] == nil {
			t.Errorf("there is no package %s", path)
		}
	}
	n, errs := apitest.Check(tables, thirdParty, func(path string) (*types.Package, error) {
		if p := byPath[path]; p != nil {
			return p, nil
		}
		return nil, fmt.Errorf("no package %s: go.mod does not require it", path)
	})
	for _, err := range errs {
		t.Error(err)
	}
	if n == 0 {
		t.Error("no rows")
	}
}
