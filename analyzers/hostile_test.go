package analyzers_test

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/leakvet/leakvet/analyzers"
	"github.com/leakvet/leakvet/internal/guard"
	"github.com/leakvet/leakvet/internal/hostile"
	"github.com/leakvet/leakvet/internal/leaksummary"
)

// source type-checks a package of one file.
func source(t *testing.T, imp types.Importer, text string) *packages.Package {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "hostile.go", text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, FileVersions: map[*ast.File]string{},
	}
	sizes := types.SizesFor("gc", "amd64")
	pkg, err := (&types.Config{Importer: imp, Sizes: sizes, GoVersion: "go1.26"}).Check("example.com/hostile", fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	return &packages.Package{
		ID: pkg.Path(), PkgPath: pkg.Path(), Name: pkg.Name(), GoFiles: []string{"hostile.go"}, CompiledGoFiles: []string{"hostile.go"},
		Fset: fset, Syntax: []*ast.File{file}, Types: pkg, TypesInfo: info, TypesSizes: sizes,
	}
}

// analyse returns the findings and facts of a package, what was allocated meanwhile in
// bytes, and of how many functions the analysis was given up.
func analyse(t *testing.T, p *packages.Package) (found string, allocated uint64, givenUp int) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	graph, err := checker.Analyze(append(analyzers.All(), leaksummary.Analyzer), []*packages.Package{p}, &checker.Options{Sequential: true})
	runtime.ReadMemStats(&after)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for act := range graph.All() {
		if act.Err != nil {
			t.Errorf("%s: %v", act, act.Err)
		}
		for _, d := range act.Diagnostics {
			fmt.Fprintf(&b, "%s: %s: %s\n", p.Fset.Position(d.Pos), act.Analyzer, d.Message)
		}
		for _, f := range act.AllObjectFacts() {
			fmt.Fprintf(&b, "%s: %v\n", f.Object, f.Fact)
		}
		if r, ok := act.Result.(*leaksummary.Result); ok {
			_, givenUp = r.Work()
		}
	}
	return b.String(), after.TotalAlloc - before.TotalAlloc, givenUp
}

// TestHostile: packages that only generators write cost in proportion to their size,
// of which what is allocated is the measure, and the answer is the same each time.
func TestHostile(t *testing.T) {
	sizes := map[string]int{
		"function": 1000, "functions": 80, "switch": 60, "nesting": 50, "literals": 40, "ring": 60, "knot": 30,
		"methods": 80, "variables": 60, "joins": 40,
	}
	leaks := map[string]bool{"function": true, "functions": true}
	guard.OnPanic = func(f guard.Failure) { t.Errorf("panic: %v", f) }
	defer func() { guard.OnPanic = nil }()
	imp := importer.ForCompiler(token.NewFileSet(), "source", nil)
	analyse(t, source(t, imp, hostile.Shapes()[0].Source(20))) // what is made once
	for _, shape := range hostile.Shapes() {
		t.Run(shape.Name, func(t *testing.T) {
			size := sizes[shape.Name]
			if size == 0 {
				t.Fatal("no size")
			}
			_, lesser, _ := analyse(t, source(t, imp, shape.Source(size)))
			double := source(t, imp, shape.Source(2*size))
			first, greater, _ := analyse(t, double)
			if again, _, _ := analyse(t, double); again != first {
				t.Errorf("the second time it says:\n%s\nafter:\n%s", again, first)
			}
			if growth := float64(greater) / float64(lesser); growth > 2.6 {
				t.Errorf("%d %s allocate %d bytes, twice as many %.1f times that", size, shape.Unit, lesser, growth)
			}
			if leaks[shape.Name] && !strings.Contains(first, "respbody") {
				t.Error("no leak is found")
			}
		})
	}
}

// TestTooLarge: what is too large is left alone, and counted.
func TestTooLarge(t *testing.T) {
	shape := hostile.Shapes()[0]
	p := source(t, importer.ForCompiler(token.NewFileSet(), "source", nil), shape.Source(shape.Full/10))
	if found, _, givenUp := analyse(t, p); found != "" || givenUp != 1 {
		t.Errorf("%d functions were given up; found:\n%s", givenUp, found)
	}
}
