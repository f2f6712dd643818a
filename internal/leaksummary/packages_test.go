package leaksummary_test

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/types/objectpath"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leaksummary"
)

const loadMode = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports |
	packages.NeedDeps | packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo | packages.NeedTypesSizes |
	packages.NeedModule | packages.NeedForTest

// required loads what the packages of this module import, with its own.
var required = sync.OnceValues(func() ([]*packages.Package, error) {
	pkgs, err := packages.Load(&packages.Config{Mode: loadMode, Dir: "../.."}, "./...")
	if err != nil {
		return nil, err
	}
	var all []*packages.Package
	packages.Visit(pkgs, nil, func(p *packages.Package) {
		if !leakapi.IsStd(p.PkgPath) {
			all = append(all, p)
		}
	})
	slices.SortFunc(all, func(a, b *packages.Package) int { return cmp.Compare(a.ID, b.ID) })
	return all, nil
})

// fixtures loads packages of the directory testdata.
func fixtures(t *testing.T, patterns ...string) []*packages.Package {
	t.Helper()
	dir, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	return load(t, &packages.Config{
		Dir: dir, Tests: true, Env: append(os.Environ(), "GOPATH="+dir, "GO111MODULE=off", "GOPROXY=off", "GOWORK=off"),
	}, patterns...)
}

func load(t *testing.T, cfg *packages.Config, patterns ...string) []*packages.Package {
	t.Helper()
	cfg.Mode = loadMode
	pkgs, err := packages.Load(cfg, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	packages.Visit(pkgs, nil, func(p *packages.Package) {
		for _, e := range p.Errors {
			t.Errorf("%s: %v", p.ID, e)
		}
	})
	if len(pkgs) == 0 || t.Failed() {
		t.Fatalf("cannot load %v", patterns)
	}
	return pkgs
}

// entry is a fact and what it is about.
type entry struct {
	pkg, object string
	fact        *leaksummary.LeakFunc
}

func (e entry) size() int {
	data, err := e.fact.MarshalBinary()
	if err != nil {
		panic(err)
	}
	return len(e.object) + 1 + len(data) + 1 // each with its length
}

// summarise returns, by ID of the package, the facts that its importers are
// told: on its own objects, and those on others' methods.
func summarise(t *testing.T, pkgs []*packages.Package) map[string][]entry {
	t.Helper()
	graph, err := checker.Analyze([]*analysis.Analyzer{leaksummary.Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	facts := map[string][]entry{}
	paths := new(objectpath.Encoder)
	for act := range graph.All() {
		if act.Analyzer != leaksummary.Analyzer || leakapi.IsStd(act.Package.PkgPath) {
			continue
		}
		if act.Err != nil {
			t.Errorf("%s: %v", act.Package.ID, act.Err)
		}
		list := []entry{}
		for _, f := range act.AllObjectFacts() {
			path, err := paths.For(f.Object)
			own := f.Object.Pkg() == act.Package.Types
			if err != nil || !own && !strings.Contains(string(path), ".") {
				continue
			}
			if strings.HasSuffix(act.Package.Fset.File(f.Object.Pos()).Name(), "_test.go") {
				continue // only the package's own tests can see it
			}
			if fact, ok := f.Fact.(*leaksummary.LeakFunc); ok {
				list = append(list, entry{f.Object.Pkg().Path(), string(path), fact})
			}
		}
		slices.SortFunc(list, func(a, b entry) int {
			return cmp.Or(cmp.Compare(a.pkg, b.pkg), cmp.Compare(a.object, b.object))
		})
		facts[act.Package.ID] = list
	}
	return facts
}

func text(list []entry) string {
	var b strings.Builder
	for _, e := range list {
		fmt.Fprintf(&b, "%s %s: %s\n", e.pkg, e.object, e.fact)
	}
	return b.String()
}

// TestFactBudget holds what packages tell their importers to the design's
// budget, with what they pass on.
func TestFactBudget(t *testing.T) {
	pkgs, err := required()
	if err != nil {
		t.Fatal(err)
	}
	facts := summarise(t, pkgs)
	maps.Copy(facts, summarise(t, fixtures(t, "respbody/...", "leaksummary/...")))
	count, bytes := 0, 0
	for _, list := range facts {
		for _, e := range list {
			count++
			bytes += e.size()
		}
	}
	n := len(facts)
	t.Logf("%d packages: %.1f facts, %.0f bytes each", n, float64(count)/float64(n), float64(bytes)/float64(n))
	if n < 50 || count == 0 {
		t.Errorf("only %d packages with %d facts", n, count)
	}
	if count > 10*n || bytes > 600*n {
		t.Errorf("%d facts of %d bytes in %d packages: more than 10 and 600 each", count, bytes, n)
	}
}

// TestFactsIgnoreTests: importers are told the same of a package whether or
// not it was analysed together with its tests.
func TestFactsIgnoreTests(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module p\n\ngo 1.26.0\n")
	write("p.go", `package p

import (
	"io"
	"net/http"
)

type Conn interface{ Response() (*http.Response, error) }

type conn struct{ resp *http.Response }

func (c *conn) Response() (*http.Response, error) { return c.resp, nil }

func New() Conn { return &conn{} }

var hook = func(c io.Closer) { c.Close() }

func Close(c io.Closer) { hook(c) }

func Discard(rc io.ReadCloser) { io.Copy(io.Discard, rc); rc.Close() }

func Get(u string) (*http.Response, error) { return http.Get(u) }

type Box struct{ body io.ReadCloser }

func NewBox(b io.ReadCloser) *Box { return &Box{b} }

func (b *Box) Read(p []byte) (int, error) { return b.body.Read(p) }
`)
	write("p_test.go", `package p

import (
	"io"
	"net/http"
	"testing"
)

type fake struct{}

func (fake) Response() (*http.Response, error) { return http.Get("x") }

func (b *Box) Shut() { b.body.Close() }

func TestClose(t *testing.T) {
	hook = func(io.Closer) {}
	Close((&conn{}).resp.Body)
}
`)
	facts := summarise(t, load(t, &packages.Config{Dir: dir, Tests: true}, "."))
	without, with := facts["p"], facts["p [p.test]"]
	if len(without) == 0 || len(with) == 0 {
		t.Fatalf("no facts: %v", slices.Sorted(maps.Keys(facts)))
	}
	if text(without) != text(with) {
		t.Errorf("without tests:\n%s\nwith tests:\n%s", text(without), text(with))
	}
}

// TestPruned checks, over every package that this module requires, that one
// still type-checks after Prune, that its facts are among those that it has
// otherwise, and that none is lost on a function that keeps its body.
func TestPruned(t *testing.T) {
	pkgs, err := required()
	if err != nil {
		t.Fatal(err)
	}
	whole := summarise(t, pkgs)
	var pruned []*packages.Package
	copies := map[string]*packages.Package{}
	for _, p := range sorted(pkgs) {
		if len(p.Syntax) == 0 || p.Types == types.Unsafe {
			continue
		}
		c, err := prunedCopy(p, copies)
		if err != nil {
			t.Errorf("%s: %v", p.PkgPath, err)
			continue
		}
		copies[p.PkgPath] = c
		pruned = append(pruned, c)
	}
	if t.Failed() {
		return
	}
	kept := bodies(pruned)
	found, lost := 0, 0
	for id, list := range summarise(t, pruned) {
		had := map[string]string{}
		for _, e := range whole[id] {
			had[e.pkg+" "+e.object] = e.fact.String()
		}
		for _, e := range list {
			found++
			if got := e.fact.String(); got != had[e.pkg+" "+e.object] {
				t.Errorf("%s %s: %q after Prune, %q before", e.pkg, e.object, got, had[e.pkg+" "+e.object])
			}
			delete(had, e.pkg+" "+e.object)
		}
		lost += len(had)
		for key, fact := range had {
			if kept[key] {
				t.Errorf("%s keeps its body, but not that it %s", key, fact)
			}
		}
	}
	t.Logf("%d facts are kept, %d lost", found, lost)
	if found == 0 {
		t.Error("no facts are left")
	}
}

// bodies returns the functions that have a body of their own, by package and
// object path.
func bodies(pkgs []*packages.Package) map[string]bool {
	found := map[string]bool{}
	paths := new(objectpath.Encoder)
	for _, p := range pkgs {
		for _, f := range p.Syntax {
			for _, decl := range f.Decls {
				d, ok := decl.(*ast.FuncDecl)
				if !ok || d.Body == nil || !d.Body.Lbrace.IsValid() {
					continue
				}
				if path, err := paths.For(p.TypesInfo.Defs[d.Name]); err == nil {
					found[p.PkgPath+" "+string(path)] = true
				}
			}
		}
	}
	return found
}

// sorted returns packages with imports before importers.
func sorted(pkgs []*packages.Package) []*packages.Package {
	var order []*packages.Package
	wanted := map[*packages.Package]bool{}
	for _, p := range pkgs {
		wanted[p] = true
	}
	packages.Visit(pkgs, nil, func(p *packages.Package) {
		if wanted[p] {
			order = append(order, p)
		}
	})
	return order
}

// prunedCopy type-checks a package's files after Prune as the driver does:
// unused imports are no fault. copies holds the packages that it may import.
func prunedCopy(p *packages.Package, copies map[string]*packages.Package) (*packages.Package, error) {
	c := *p
	c.Fset, c.Syntax = token.NewFileSet(), nil
	for _, name := range p.CompiledGoFiles {
		f, err := parser.ParseFile(p.Fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		c.Syntax = append(c.Syntax, f)
	}
	c.Fset = p.Fset
	leaksummary.Prune(c.Syntax)
	c.Imports = map[string]*packages.Package{}
	for path, dep := range p.Imports {
		if d := copies[dep.PkgPath]; d != nil {
			dep = d
		}
		c.Imports[path] = dep
	}
	c.TypesInfo = &types.Info{
		Types:        map[ast.Expr]types.TypeAndValue{},
		Defs:         map[*ast.Ident]types.Object{},
		Uses:         map[*ast.Ident]types.Object{},
		Implicits:    map[ast.Node]types.Object{},
		Instances:    map[*ast.Ident]types.Instance{},
		Scopes:       map[ast.Node]*types.Scope{},
		Selections:   map[*ast.SelectorExpr]*types.Selection{},
		FileVersions: map[*ast.File]string{},
	}
	var hard error
	conf := types.Config{
		Importer: importerOf(c.Imports),
		Sizes:    p.TypesSizes,
		Error: func(err error) {
			if e, ok := err.(types.Error); hard == nil && (!ok || !e.Soft) {
				hard = err
			}
		},
	}
	c.Types, _ = conf.Check(p.PkgPath, c.Fset, c.Syntax, c.TypesInfo)
	return &c, hard
}

type importerOf map[string]*packages.Package

func (m importerOf) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if p := m[path]; p != nil && p.Types != nil {
		return p.Types, nil
	}
	return nil, fmt.Errorf("import %q is not loaded", path)
}
