package ssatest

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"testing"

	"github.com/leakvet/leakvet/internal/leakssa"
)

// Corpus are packages of the standard library that benchmarks analyse: one full of
// contexts, locks and goroutines, one that mostly computes.
var Corpus = []string{"database/sql", "go/build"}

// Source type-checks a package of the standard library under a path that does not
// show where it comes from: the analysis does not look into the standard library.
func Source(tb testing.TB, path string) leakssa.Input {
	tb.Helper()
	found, err := build.Import(path, "", 0)
	if err != nil {
		tb.Fatal(err)
	}
	in := leakssa.Input{Fset: token.NewFileSet()}
	for _, name := range found.GoFiles {
		f, err := parser.ParseFile(in.Fset, filepath.Join(found.Dir, name), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			tb.Fatal(err)
		}
		in.Files = append(in.Files, f)
	}
	in.Info = &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, FileVersions: map[*ast.File]string{},
	}
	conf := types.Config{Importer: std()}
	if in.Pkg, err = conf.Check("example.com/"+path, in.Fset, in.Files, in.Info); err != nil {
		tb.Fatal(err)
	}
	return in
}

// Bench runs a benchmark on each package of the corpus. What run returns is what is
// measured, and must do all its work anew.
func Bench(b *testing.B, run func(*testing.B, *Code) func()) {
	for _, path := range Corpus {
		b.Run(path, func(b *testing.B) {
			in := Source(b, path)
			in.KeepInit = func(ast.Expr) bool { return true }
			work := run(b, &Code{Fset: in.Fset, Files: in.Files, SSA: leakssa.Build(in)})
			b.ReportAllocs()
			for b.Loop() {
				work()
			}
		})
	}
}
