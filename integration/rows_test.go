package integration

import (
	"fmt"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
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
	paths = append(paths, packageRows(t)...)
	slices.Sort(paths)
	paths = slices.Compact(paths)
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

// packageRows returns the packages for which a row speaks as a whole.
func packageRows(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../internal/leakapi/tables/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no tables: %v", err)
	}
	var paths []string
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			if words := strings.Fields(line); len(words) > 1 && words[0] == "package" && thirdParty(words[1]) {
				paths = append(paths, words[1])
			}
		}
	}
	return paths
}
