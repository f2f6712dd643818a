package leakapi_test

import (
	"errors"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakapi/apitest"
)

func TestParseGrowth(t *testing.T) {
	tables, err := leakapi.Parse("t.txt", `
container p.Map noun=hash-map
container p/q.Cache noun=cache unless=Max
grow (*p.Map).Put       arg=0 key=1
grow (*p.Map).Merge     arg=0
shrink (*p.Map).Merge   arg=1
shrink (*p.Map).Swap    arg=0
shrink (*p.Map).Swap    arg=1
boundless p/q.New       if=0:0,1:-1 says=a-size-or-an-expiry
boundless p/q.New       if=0:0 says=a-size weak=yes
boundless p/q.Open      if=1.Limits.Max:0 unless=WithMax,WithTTL says=a-size
boundless p/q.Default   says=a-janitor
leaves p/q.Config       result=1 field=Max
pure p.Len
`)
	if err != nil {
		t.Fatal(err)
	}
	at := func(arg int, path ...string) leakapi.Ref { return leakapi.Ref{Arg: arg, Path: path} }
	growth := func(key string) *leakapi.Growth { return tables.FuncByKey(key).Growth }
	for _, test := range []struct {
		name      string
		got, want any
	}{
		{"container", tables.ContainerByKey("p.Map"), &leakapi.Container{Noun: "hash map"}},
		{"bounded by a field", tables.ContainerByKey("p/q.Cache"), &leakapi.Container{Noun: "cache", Unless: "Max"}},
		{"of no row", tables.ContainerByKey("p.Cache"), (*leakapi.Container)(nil)},
		{"containers", tables.ContainerKeys(), []string{"p.Map", "p/q.Cache"}},
		{"Put", growth("(*p.Map).Put"), &leakapi.Growth{Grows: []leakapi.Grow{{Arg: 0, Key: 1}}}},
		{"Merge", growth("(*p.Map).Merge"), &leakapi.Growth{Grows: []leakapi.Grow{{Arg: 0, Key: -1}}, Shrinks: []int{1}}},
		{"Swap", growth("(*p.Map).Swap"), &leakapi.Growth{Shrinks: []int{0, 1}}},
		{"New", growth("p/q.New"), &leakapi.Growth{Boundless: []leakapi.Boundless{
			{When: []leakapi.Setting{{Ref: at(0), Value: 0}, {Ref: at(1), Value: -1}}, Says: "a size or an expiry"},
			{When: []leakapi.Setting{{Ref: at(0), Value: 0}}, Says: "a size", Weak: true},
		}}},
		{"Open", growth("p/q.Open"), &leakapi.Growth{Boundless: []leakapi.Boundless{{
			When:   []leakapi.Setting{{Ref: at(1, "Limits", "Max"), Value: 0}},
			Unless: []string{"WithMax", "WithTTL"}, Says: "a size",
		}}}},
		{"Default", growth("p/q.Default"), &leakapi.Growth{Boundless: []leakapi.Boundless{{Says: "a janitor"}}}},
		{"Config", growth("p/q.Config"), &leakapi.Growth{Leaves: []leakapi.Leave{{Result: 1, Field: "Max"}}}},
		{"nothing of containers", growth("p.Len"), (*leakapi.Growth)(nil)},
	} {
		if !reflect.DeepEqual(test.got, test.want) {
			t.Errorf("%s: got %+v, want %+v", test.name, test.got, test.want)
		}
	}
}

func TestGrowthErrors(t *testing.T) {
	for _, test := range []struct{ row, want string }{
		{"container p.T", "container p.T lacks noun="},
		{"container T noun=map", `"T" is not a type's full name`},
		{"container (p.T).M noun=map", "is not a type's full name"},
		{"container p.T noun=map key=1", "unknown attribute key= in a row of container"},
		{"grow p.F", "grow p.F lacks arg="},
		{"grow p.F arg=x", "arg=x does not begin with an index"},
		{"grow p.F arg=*", "arg=* does not begin with an index"},
		{"grow p.F arg=0 key=x", "key=x does not begin with an index"},
		{"grow p.F arg=0.A", "arg=0.A is not an index alone"},
		{"shrink p.F", "shrink p.F lacks arg="},
		{"shrink p.F arg=0 key=1", "unknown attribute key= in a row of shrink"},
		{"shrink p.F[int] arg=0", "is not a function's full name"},
		{"boundless p.F if=0:0", "boundless p.F lacks says="},
		{"boundless p.F if=0 says=a-size", "if=0 is not a list of ARG:N or ARG.Field:N"},
		{"boundless p.F if=0:0, says=a-size", "if= is not a list of ARG:N or ARG.Field:N"},
		{"boundless p.F if=0:1s says=a-size", "if=0:1s is not a list of ARG:N or ARG.Field:N"},
		{"boundless p.F if=x:0 says=a-size", "if=x does not begin with an index"},
		{"boundless p.F if=0..A:0 says=a-size", "if=0..A holds an empty field name"},
		{"boundless p.F says=a-size weak=no", "weak=no: only weak=yes can be said"},
		{"leaves p.F field=Max", "leaves p.F lacks result="},
		{"leaves p.F result=0", "leaves p.F lacks field="},
	} {
		_, err := leakapi.Parse("t.txt", test.row+"\n")
		if err == nil {
			t.Errorf("%s: no error", test.row)
		} else if got := err.Error(); !strings.HasPrefix(got, "t.txt:1: ") || !strings.Contains(got, test.want) {
			t.Errorf("%s:\ngot  %s\nwant t.txt:1: %s", test.row, got, test.want)
		}
	}
}

func TestGrowthDuplicates(t *testing.T) {
	for _, row := range []string{
		"container p.T noun=map",
		"grow p.F arg=0",
		"shrink p.F arg=0",
		"boundless p.F if=0:0 says=a-size",
		"leaves p.F result=0 field=Max",
	} {
		_, err := leakapi.Parse("t.txt", row+"\n"+row+"\n")
		words := strings.Fields(row)
		want := "t.txt:2: " + words[0] + " " + words[1] + " stands already at t.txt:1"
		if err == nil || err.Error() != want {
			t.Errorf("%s:\ngot  %v\nwant %s", row, err, want)
		}
	}
	if _, err := leakapi.Parse("t.txt", "boundless p.F if=0:0 says=a-size\nboundless p.F if=0:-1 says=a-size\nshrink p.F arg=0\nshrink p.F arg=1\n"); err != nil {
		t.Error(err)
	}
}

func TestGrowthWith(t *testing.T) {
	base, err := leakapi.Parse("base.txt", `
container p.T noun=map
container p.U noun=set
grow (*p.T).Put arg=0 key=1
shrink (*p.T).Drop arg=0
`)
	if err != nil {
		t.Fatal(err)
	}
	with, err := base.With("user.txt", `
container p.T noun=cache unless=Max
container p.V noun=list
grow (*p.T).Put arg=0
`)
	if err != nil {
		t.Fatal(err)
	}
	if got := with.ContainerByKey("p.T"); got.Noun != "cache" || got.Unless != "Max" {
		t.Errorf("a user's container row does not replace the built-in one: %+v", got)
	}
	if want := []string{"p.T", "p.U", "p.V"}; !slices.Equal(with.ContainerKeys(), want) {
		t.Errorf("containers are not merged: got %q, want %q", with.ContainerKeys(), want)
	}
	if g := with.FuncByKey("(*p.T).Put").Growth; len(g.Grows) != 1 || g.Grows[0].Key != -1 {
		t.Errorf("a user's row does not replace the built-in one: %+v", g)
	}
	if !slices.Equal(with.FuncByKey("(*p.T).Drop").Growth.Shrinks, []int{0}) || base.ContainerByKey("p.T").Noun != "map" {
		t.Error("the tables merged over have changed, or rows are lost")
	}
}

// store is a package with containers of all kinds.
const store = `package store

type Map[K comparable, V any] struct{ items map[K]V }

func (m *Map[_, V]) Put(k string, v V) {}
func (m *Map[K, V]) Remove(k K)        {}
func (m *Map[K, V]) Len() int          { return len(m.items) }

type Set interface {
	Add(s string)
	Clear()
}

type Cache struct{ *cache; Max int; Name string }

type cache struct{}

func (c *cache) Set(k string, v any) {}
func (c *cache) Flush()              {}

type Config[K any] struct{ Max int; TTL interface{ Of(K) int }; Name string }

type Option[K any] func(*Config[K])

func WithMax[K any](n int) Option[K] { return nil }
func WithName(s string) string       { return s }

func New[K any](n int, opts ...Option[K]) (*Cache, error) { return nil, nil }
func Open[K any](c *Config[K]) *Cache                    { return nil }
func Defaults() Config[string]                           { return Config[string]{} }
func Fill(m map[string]int, n int)                       {}
func Other() *Config[int]                                { return nil }
`

func storePackage(t *testing.T) *types.Package {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "store.go", store, 0)
	if err != nil {
		t.Fatal(err)
	}
	config := &types.Config{Importer: importer.Default()}
	pkg, err := config.Check("store", fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return pkg
}

func TestContainerOfType(t *testing.T) {
	tables, err := leakapi.Parse("t.txt", "container store.Map noun=map\ncontainer store.Set noun=set\ngrow (*store.Map).Put arg=0 key=1\n")
	if err != nil {
		t.Fatal(err)
	}
	pkg := storePackage(t)
	generic := pkg.Scope().Lookup("Map").Type().(*types.Named)
	inst, err := types.Instantiate(nil, generic, []types.Type{types.Typ[types.String], types.Typ[types.Int]}, true)
	if err != nil {
		t.Fatal(err)
	}
	alias := types.NewAlias(types.NewTypeName(token.NoPos, pkg, "A", nil), types.NewPointer(inst))
	for _, test := range []struct {
		typ  types.Type
		want string
	}{
		{generic, "map"},
		{inst, "map"},
		{types.NewPointer(inst), "map"},
		{alias, "map"},
		{pkg.Scope().Lookup("Set").Type(), "set"},
		{pkg.Scope().Lookup("Cache").Type(), ""},
		{types.NewSlice(inst), ""},
		{types.Typ[types.String], ""},
		{types.Universe.Lookup("error").Type(), ""},
	} {
		got := ""
		if c := tables.Container(test.typ); c != nil {
			got = c.Noun
		}
		if got != test.want {
			t.Errorf("%s: got %q, want %q", test.typ, got, test.want)
		}
	}
	// A method of a generic type has one row for all that the type is made of,
	// whatever names it gives to its type parameters.
	for m := range types.NewMethodSet(types.NewPointer(inst)).Methods() {
		fn := m.Obj().(*types.Func)
		if row := tables.Func(fn); (row != nil) != (fn.Name() == "Put") {
			t.Errorf("%s: got %+v", fn.FullName(), row)
		}
	}
}

// TestGrowthChecks holds the checks on rows to right and wrong ones.
func TestGrowthChecks(t *testing.T) {
	pkg := storePackage(t)
	const right = `
container store.Map noun=map
grow (*store.Map).Put arg=0 key=1
shrink (*store.Map).Remove arg=0
container store.Set noun=set
grow (store.Set).Add arg=0 key=1
shrink (store.Set).Clear arg=0
container store.Cache noun=cache unless=Max
grow (*store.cache).Set arg=0 key=1
shrink (*store.cache).Flush arg=0
`
	for _, test := range []struct{ rows, want string }{
		{"", ""},
		{"boundless store.New if=0:0 unless=WithMax says=a-size", ""},
		{"boundless store.Open if=0.Max:0,0.TTL:0 says=a-size", ""},
		{"leaves store.Defaults result=0 field=Max", ""},
		{"grow store.Fill arg=0", ""},
		{"boundless store.New if=2:0 says=a-size", "there is no argument 2"},
		{"boundless store.New if=1:0 says=a-size", "is never 0"},
		{"boundless store.New unless=WithTTL says=a-size", "there is no function WithTTL beside it"},
		{"boundless store.New unless=WithName says=a-size", "WithName makes a string"},
		{"boundless store.Open unless=WithMax says=a-size", "WithMax makes no argument of"},
		{"boundless store.Open if=0.Size:0 says=a-size", "has no field Size"},
		{"boundless store.Open if=0.Name:0 says=a-size", "string is never 0"},
		{"boundless store.Open if=0.TTL:1 says=a-size", "is never 1"},
		{"boundless store.Other says=a-size", "has no container row"},
		{"leaves store.Defaults result=0 field=Size", "has no field Size"},
		{"leaves store.Defaults result=1 field=Max", "there is no result 1"},
		{"grow store.Fill arg=1", "int has no container row"},
		{"grow store.Fill arg=0 key=0", "argument 0 is not put into itself"},
		{"grow store.Fill arg=0 key=2", "there is no argument 2"},
		{"shrink store.Open arg=0", "has no container row"},
		{"shrink store.Gone arg=0", "no function has this name"},
		{"container store.Option noun=map", "no row says what puts something into it"},
		{"container store.Gone noun=map", "no type has this name"},
		{"container *store.Config noun=map", "a container is named without *"},
	} {
		checkStore(t, pkg, right+test.rows, test.want)
	}
	checkStore(t, pkg, strings.Replace(right, "shrink (*store.Map).Remove arg=0\n", "", 1), "no row says that Remove takes something out")
	checkStore(t, pkg, strings.Replace(right, "shrink (*store.cache).Flush arg=0\n", "", 1), "no row says that Flush takes something out")
	checkStore(t, pkg, strings.Replace(right, "unless=Max", "unless=Name", 1), "string is never 0")
}

func checkStore(t *testing.T, pkg *types.Package, rows, want string) {
	t.Helper()
	tables, err := leakapi.Parse("t.txt", rows)
	if err != nil {
		t.Errorf("%s: %v", rows, err)
		return
	}
	n, errs := apitest.Check(tables, func(string) bool { return true }, func(string) (*types.Package, error) { return pkg, nil })
	if n == 0 {
		t.Errorf("%s: nothing was looked at", rows)
	}
	if err := errors.Join(errs...); want == "" && err != nil {
		t.Errorf("%s: %v", rows, err)
	} else if want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
		t.Errorf("%s:\ngot  %v\nwant %s", rows, err, want)
	}
}
