package leakapi_test

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakapi/apitest"
)

func TestIsStd(t *testing.T) {
	list, err := exec.Command("go", "list", "std", "cmd/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for path := range strings.FieldsSeq(string(list)) {
		if !leakapi.IsStd(path) {
			t.Errorf("%s is not listed: run go generate", path)
		}
	}
	for _, path := range []string{"", "shop", "main", "net/http/", "http", "golang.org/x/net/http2", "github.com/leakvet/leakvet", "example"} {
		if leakapi.IsStd(path) {
			t.Errorf("%q is listed", path)
		}
	}
}

func TestStandardRows(t *testing.T) {
	tables := leakapi.Builtin()
	paths := slices.DeleteFunc(apitest.Paths(tables), func(path string) bool { return !leakapi.IsStd(path) })
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
	lookup := func(path string) (*types.Package, error) {
		if p := byPath[path]; p != nil {
			return p, nil
		}
		return nil, fmt.Errorf("no package %s", path)
	}
	for _, path := range paths {
		if _, err := lookup(path); err != nil {
			t.Error(err)
		}
	}
	n, errs := apitest.Check(tables, leakapi.IsStd, lookup)
	for _, err := range errs {
		t.Error(err)
	}
	if n < 100 {
		t.Errorf("only %d rows were looked at", n)
	}
}

// TestWrongRows shows that the check finds what can be wrong.
func TestWrongRows(t *testing.T) {
	pkg := types.NewPackage("p", "p")
	src := `package p
import "context"
type T struct{ R *R; N string; E }
type E struct{ D *R }
type R struct{}
func (*R) Close() error { return nil }
type S struct{ *R }
func Take() *S { return nil }
func (*T) M(n int, f func()) (*T, error) { return nil, nil }
type I interface{ Get(b []byte) *R }
func F(t *T, s string) (int, *R) { return 0, nil }
type W struct{ Max int; Name string; Ctx context.Context; hidden context.Context; In *W }
func (*W) Get(s ...string) error { return nil }
func (*W) GetContext(ctx context.Context, s ...string) error { return nil }
func (*W) GetSlice(ctx context.Context, s []string) error { return nil }
func (*W) GetMore(ctx context.Context, s ...string) (int, error) { return 0, nil }
func (*W) Context() context.Context { return nil }
func (*W) Of(n int) context.Context { return nil }
func (*W) With(ctx context.Context) *W { return nil }
func (W) Copy(ctx context.Context) *W { return nil }
func Get(s string) error { return nil }
func GetContext(ctx context.Context, s string) error { return nil }
func Make(n int) (*W, context.Context, error) { return nil, nil, nil }
`
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	config := &types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	if err := types.NewChecker(config, fset, pkg, nil).Files([]*ast.File{file}); err != nil {
		t.Fatal(err)
	}
	lookup := func(path string) (*types.Package, error) {
		if path == "p" {
			return pkg, nil
		}
		return nil, fmt.Errorf("no package %s", path)
	}
	for _, test := range []struct{ row, want string }{
		{"acquire (*p.T).M result=0.R class=c when=err==nil unless=1:m", ""},
		{"acquire p.F result=1 class=c", ""},
		{"acquire p.Take result=0.R class=c", ""},
		{"acquire p.Take result=0 class=c", "Close releases an embedded field: name that"},
		{"borrow (p.I).Get arg=0", ""},
		{"type *p.R class=c", ""},
		{"type *p.T class=c field=R", ""},
		{"calls (*p.T).M arg=2 how=stored", ""},
		{"pure p.Nope", "p.Nope: no function has this name"},
		{"pure (p.T).M", "(p.T).M: no function has this name"},
		{"pure (*p.R).M", "no function has this name"},
		{"pure gopkg.in/q.v3.F", "no package gopkg.in/q.v3"},
		{"acquire p.F result=2 class=c", "there is no result 2"},
		{"acquire p.F result=0 class=c", "int has none of the methods [Close]"},
		{"acquire p.F result=1 class=c when=err==nil", "neither an error nor a bool"},
		{"acquire p.F result=1 class=c iface=no", "iface=no says nothing"},
		{"acquire (*p.T).M result=0.Q class=c", "has no field Q"},
		{"acquire (*p.T).M result=0.D class=c", "has no field D of its own"},
		{"acquire (*p.T).M result=0.R class=c only=3:m", "there is no argument 3"},
		{"borrow p.F arg=1", "string holds no resource"},
		{"keep (p.I).Get arg=1", "[]byte holds no resource"},
		{"borrow p.F arg=2", "there is no argument 2"},
		{"through p.F arg=0.R result=7", "there is no result 7"},
		{"calls (*p.T).M arg=1 how=stored", "argument 1 is int, not a function"},
		{"make p.F arg=0 value=x result=0 mark=m", "has no constants"},
		{"never-nil p.F result=0", "int is never nil"},
		{"never-nil p.F result=0 unless=0", "int is never nil"},
		{"nil-iff p.F arg=1 result=1", "string is never nil"},
		{"assume p.F arg=0 is=true", "not a condition"},
		{"true-needs p.F arg=0", "result 0 is no bool"},
		{"type p.Nope class=c", "no type has this name"},
		{"type *p.T class=c", "*p.T has none of the methods"},
		{"type *p.T class=c field=R empty=N:0", "field N is string, not an integer"},
		{"block p.GetContext on=n ctx=0", ""},
		{"block (*p.W).Get on=n ctx=0", ""},
		{"block (*p.W).Get on=n limiter=0\nlimit p.W field=Max", ""},
		{"block (*p.W).Get on=n limiter=0\ndeadline (*p.W).With arg=0", ""},
		{"block p.GetContext on=n ctx=1", "string carries no context"},
		{"block p.Get on=n ctx=1", "there is no argument 1"},
		{"block (*p.W).Get on=n limiter=0", "*p.W has no limit row"},
		{"block (*p.W).Get on=n limiter=2", "there is no argument 2"},
		{"twin p.Get with=GetContext", ""},
		{"twin (*p.W).Get with=GetContext", ""},
		{"twin (*p.W).Get via=With", ""},
		{"twin p.Get with=Nope", "there is no Nope beside it"},
		{"twin p.Get with=Get", "Get does not take a context first"},
		{"twin p.Make with=GetContext", "GetContext is not of the same shape"},
		{"twin (*p.W).Get with=GetSlice", "GetSlice is not of the same shape"},
		{"twin (*p.W).Get with=GetMore", "GetMore is not of the same shape"},
		{"twin (*p.W).Get with=Max", "there is no Max beside it"},
		{"twin p.Get via=GetContext", "via= says nothing"},
		{"twin (*p.W).Get via=Nope", "there is no Nope beside it"},
		{"twin (*p.W).Get via=Of", "Of does not turn a context into a *p.W"},
		{"twin (p.W).Copy via=Copy", "Copy does not turn a context into a p.W"},
		{"context p.Make result=0 is=fresh", ""},
		{"context p.Make result=1 is=detached", ""},
		{"context (*p.W).With result=0 from=1", ""},
		{"context p.GetContext result=0 from=0", ""},
		{"context (*p.W).Get result=0 from=0", "error carries no context"},
		{"context p.Make result=2 is=fresh", "error carries no context"},
		{"context p.Make result=3 is=fresh", "there is no result 3"},
		{"context p.Make result=0 from=0", "int carries no context"},
		{"context p.Make result=0 from=1", "there is no argument 1"},
		{"deadline (*p.W).Get arg=0", ""},
		{"deadline p.Get arg=0", "argument 0 is string, which has no deadline"},
		{"deadline p.Get arg=1", "there is no argument 1"},
		{"accept p.Make result=0\ndeadline (*p.W).With arg=0", ""},
		{"accept p.Make result=0", "*p.W has no method with a deadline row"},
		{"accept p.Make result=3", "there is no result 3"},
		{"offer *p.W get=In.Context()", ""},
		{"offer p.W get=Ctx", ""},
		{"offer p.Nope get=Ctx", "no type has this name"},
		{"offer p.W get=Nope()", "p.W has no Nope"},
		{"offer p.W get=hidden", "p.W has no hidden"},
		{"offer p.W get=Context", "Context is a func() context.Context"},
		{"offer p.W get=Ctx()", "Ctx is a context.Context"},
		{"offer p.W get=Of()", "Of is a func(n int) context.Context"},
		{"offer p.W get=In.Max", "In.Max is a int, not a context"},
		{"limit p.W field=Max", ""},
		{"limit p.Nope field=Max", "no type has this name"},
		{"limit p.W field=Nope", "p.W has no field Nope of its own"},
		{"limit p.W field=Max,Name", "field Name is string, neither an integer, a time nor a pointer"},
	} {
		tables, err := leakapi.Parse("t.txt", "class c rule=r noun=n release=Close done=d\n"+test.row+"\n")
		if err != nil {
			t.Error(err)
			continue
		}
		n, errs := apitest.Check(tables, func(string) bool { return true }, lookup)
		if test.want == "" && len(errs) == 0 && n == 1+strings.Count(test.row, "\n") {
			continue
		}
		if test.want == "" || len(errs) != 1 || !strings.Contains(errs[0].Error(), test.want) {
			t.Errorf("%s: got %v, want %s", test.row, errs, test.want)
		}
	}
}
