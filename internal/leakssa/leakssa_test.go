package leakssa_test

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakssa"
)

const source = `package p

import (
	"errors"
	"net/http"
	"os"
	"strings"
	"unicode"
)

var onError = func(w http.ResponseWriter) { w.WriteHeader(500) }

var plain = strings.ToUpper("x")

func wanted(s string) error {
	for range 3 {
		func() { helper() }()
	}
	return errors.New(s)
}

func unwanted(r rune) bool { return unicode.IsUpper(r) }

func helper() {}

func dies() {
	fail()
	helper()
}

func fail() { os.Exit(1) }

type list[T any] struct{ items []T }

func (l *list[T]) each(f func(T)) {
	for _, x := range l.items {
		f(x)
	}
}

func mapped[K comparable, V any](m map[K]V, f func(K) V) V {
	var k K
	if v, ok := m[k]; ok {
		return v
	}
	return f(k)
}

func uses() {
	new(list[int]).each(func(int) {})
	mapped(map[string]int{}, func(s string) int { return len(s) })
}

func external()
`

// build builds source with the given functions; none means all.
func build(t *testing.T, noReturn func(*types.Func) bool, keep ...string) (leakssa.Input, *leakssa.Package) {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{},
		Scopes: map[ast.Node]*types.Scope{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	conf := types.Config{Importer: importer.ForCompiler(fset, "gc", nil)}
	pkg, err := conf.Check("p", fset, []*ast.File{f}, info)
	if err != nil {
		t.Fatal(err)
	}
	in := leakssa.Input{Fset: fset, Files: []*ast.File{f}, Pkg: pkg, Info: info, NoReturn: noReturn}
	if keep != nil {
		in.Keep = func(d *ast.FuncDecl) bool {
			if d == nil {
				return slices.Contains(keep, "init")
			}
			return slices.Contains(keep, d.Name.Name)
		}
	}
	return in, leakssa.Build(in)
}

func names(p *leakssa.Package) string {
	var list []string
	for _, fn := range p.Funcs {
		list = append(list, fn.Name())
	}
	return strings.Join(list, " ")
}

func TestPrune(t *testing.T) {
	in, pkg := build(t, nil, "wanted", "init")
	if got, want := names(pkg), "wanted wanted$1 init$1"; got != want {
		t.Errorf("built %s, want %s", got, want)
	}
	for _, name := range []string{"unwanted", "helper"} {
		fn := pkg.SSA.Func(name)
		if fn == nil || len(fn.Blocks) != 0 {
			t.Errorf("%s: %v", name, fn)
		}
	}
	for _, decl := range in.Files[0].Decls {
		if d, ok := decl.(*ast.FuncDecl); ok && d.Body == nil && d.Name.Name != "external" {
			t.Errorf("the syntax of %s has lost its body", d.Name.Name)
		}
	}
	if len(in.Info.InitOrder) != 2 {
		t.Errorf("the order of initialisation has changed: %v", in.Info.InitOrder)
	}
}

func TestImports(t *testing.T) {
	imported := func(p *leakssa.Package) string {
		var paths []string
		for _, dep := range p.SSA.Prog.AllPackages() {
			if dep != p.SSA {
				paths = append(paths, dep.Pkg.Path())
			}
		}
		slices.Sort(paths)
		return strings.Join(paths, " ")
	}
	for _, test := range []struct{ keep, want string }{
		{"helper", ""},
		{"wanted", "errors"},
		{"unwanted", "unicode"},
		{"init", "net/http"}, // only what function literals mention
	} {
		_, pkg := build(t, nil, test.keep)
		if got := imported(pkg); got != test.want {
			t.Errorf("%s: created %q, want %q", test.keep, got, test.want)
		}
	}
}

func TestAll(t *testing.T) {
	_, pkg := build(t, nil)
	if got, want := names(pkg), "wanted wanted$1 unwanted helper dies fail each mapped uses uses$1 uses$2 init$1"; got != want {
		t.Errorf("built %s, want %s", got, want)
	}
}

func TestNoReturn(t *testing.T) {
	calls := func(p *leakssa.Package) string {
		var list []string
		for _, b := range p.SSA.Func("dies").Blocks {
			for _, instr := range b.Instrs {
				switch instr := instr.(type) {
				case *ssa.Call:
					list = append(list, instr.Call.Value.Name())
				case *ssa.Return:
					list = append(list, "return")
				}
			}
		}
		return strings.Join(list, " ")
	}
	_, pkg := build(t, nil)
	if got := calls(pkg); got != "fail helper return" {
		t.Errorf("dies: %s", got)
	}
	_, pkg = build(t, func(fn *types.Func) bool { return fn.Name() == "fail" })
	if got := calls(pkg); got != "fail" {
		t.Errorf("dies, if fail never returns: %s", got)
	}
}

func TestGenerics(t *testing.T) {
	_, pkg := build(t, nil, "each", "mapped", "uses")
	for _, fn := range pkg.Funcs {
		if fn.Origin() != nil {
			t.Errorf("%s is an instance", fn)
		}
		if fn.Name() == "mapped" && fn.TypeParams().Len() != 2 {
			t.Errorf("%s has lost its type parameters", fn)
		}
	}
	if got, want := names(pkg), "each mapped uses uses$1 uses$2"; got != want {
		t.Errorf("built %s, want %s", got, want)
	}
}

func TestCallExpr(t *testing.T) {
	_, pkg := build(t, nil, "wanted", "uses")
	for _, fn := range pkg.Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				call, ok := instr.(*ssa.Call)
				if !ok {
					continue
				}
				if expr := leakssa.CallExpr(call); expr == nil || expr.Lparen != call.Pos() {
					t.Errorf("%s: no syntax for %s", fn, call)
				}
			}
		}
	}
}

func TestBounds(t *testing.T) {
	for _, test := range []struct {
		loop            string
		static, bounded bool
	}{
		{"for i := 0; i < 3; i++ { open() }", true, true},
		{"for range 3 { open() }", true, true},
		{"for range [4]int{} { open() }", true, true},
		{"for _, x := range [...]string{`a`, `b`} { _ = x; open() }", true, true},
		{"for i := 0; i < n; i++ { open() }", false, true},
		{"for range n { open() }", false, true},
		{"for { open() }", false, false},
		{"for range list { open() }", false, true},
		{"for range c { open() }", false, false},
		{"for range m { open() }", false, true},
		{"for range `text` { open() }", false, true},
		{"for more() { open() }", false, false},
		{"for i := 0; more() && i < 3; i++ { open() }", false, false},
		{"for i := range 3 { if i == n { return }; open() }", true, true},
		{"for i := 0; i < 3; i++ { if more() { return }; open(); if more() { continue } }", true, true},
		{"for range 3 { for more() { open() } }", false, false},
		{"for more() { for range 3 { open() } }", true, false},
		{"for range m { for range list { open() } }", false, true},
		{"for { for range list { open() } }", false, false},
		{"open()", false, true},
	} {
		src := "package p\nfunc open() {}\nfunc more() bool { return false }\nfunc f(n int, list []int, m map[int]int, c chan int) {\n" + test.loop + "\n}\n"
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, "p.go", src, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		info := &types.Info{
			Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
			Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{},
			Scopes: map[ast.Node]*types.Scope{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		}
		pkg, err := new(types.Config).Check("p", fset, []*ast.File{f}, info)
		if err != nil {
			t.Fatal(err)
		}
		built := leakssa.Build(leakssa.Input{Fset: fset, Files: []*ast.File{f}, Pkg: pkg, Info: info})
		for _, b := range built.SSA.Func("f").Blocks {
			for _, instr := range b.Instrs {
				call, ok := instr.(*ssa.Call)
				if !ok || call.Call.Value.Name() != "open" {
					continue
				}
				if got := leakssa.StaticBound(b); got != test.static {
					t.Errorf("%s: static %v, want %v", test.loop, got, test.static)
				}
				if got := leakssa.Bounded(b); got != test.bounded {
					t.Errorf("%s: bounded %v, want %v", test.loop, got, test.bounded)
				}
			}
		}
	}
}
