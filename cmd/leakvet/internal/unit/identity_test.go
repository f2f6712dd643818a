package unit

import (
	"go/ast"
	goimporter "go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"
)

func TestIdentify(t *testing.T) {
	const text = `package p

import "net/http"

type T[K comparable] struct{ c *http.Client; m map[K]int; open func() (int, error) }

func (t *T[K]) Get(k K, ch chan int) {
	resp, err := /*1*/ t.c.Do(nil)
	_ = /*2*/ t.m[k]
	/*3*/ t.m[k] = 1
	x, y := 1, ( /*4*/ helper())
	go /*5*/ func() { x = /*6*/ helper() }()
	v, _ := /*7*/ t.open()
	client := &/*8*/ http.Client{}
	/*9*/ ch <- 1
	for range /*a*/ ch {}
	_, _, _, _, _, _ = resp, err, v, client, y, x
	use( /*b*/ helper())
	var local = /*e*/ helper()
	_ = local
}

func helper() int { return 1 }

func use(int) {}

var pool, other = /*c*/ helper(), 2

type pair struct{ /*d*/ a, b int }
`
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", text, 0)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}}
	pkg, err := (&types.Config{Importer: goimporter.ForCompiler(fset, "source", nil)}).Check("example.com/p", fset, []*ast.File{f}, info)
	if err != nil {
		t.Fatal(err)
	}
	src := &Source{Files: []*ast.File{f}, Info: info, Pkg: pkg}
	const get = "(*T).Get"
	for _, test := range []struct{ mark, code, function, subject string }{
		{"1", "t.c.Do(nil)", get, "(*net/http.Client).Do resp,err"},
		{"1", "t.c.Do", get, "(*net/http.Client).Do resp,err"},
		{"1", "", get, "(*net/http.Client).Do resp,err"},
		{"2", "t.m[k]", get, "t.m[k] _"},
		{"3", "t.m[k] = 1", get, "t.m[k]"},
		{"3", "t.m", get, "t.m"},
		{"3", "t.m[k]", get, "t.m[k]"},
		{"4", "helper()", get, "helper y"},
		{"5", "func() { x = /*6*/ helper() }", get, "func"},
		{"6", "helper()", get, "helper x"},
		{"7", "t.open()", get, "t.open v,_"},
		{"8", "http.Client{}", get, "http.Client{} client"},
		{"9", "ch <- 1", get, "ch"},
		{"a", "ch", get, "ch"},
		{"b", "helper()", get, "helper"},
		{"c", "helper()", "var pool,other", "helper pool,other"},
		{"d", "a", "type pair", "a"},
		{"e", "helper()", get, "helper local"},
	} {
		mark := "/*" + test.mark + "*/"
		offset := strings.Index(text, mark) + len(mark)
		for text[offset] == ' ' {
			offset++
		}
		if !strings.HasPrefix(text[offset:], test.code) {
			t.Fatalf("%s is not at %s", test.code, mark)
		}
		pos := f.FileStart + token.Pos(offset)
		end := pos + token.Pos(len(test.code))
		if test.code == "" {
			end = token.NoPos
		}
		if function, subject := src.Identify(pos, end); function != test.function || subject != test.subject {
			t.Errorf("%s %q is %q in %q, want %q in %q", mark, test.code, subject, function, test.subject, test.function)
		}
	}
	if function, subject := src.Identify(token.NoPos, token.NoPos); function+subject != "" {
		t.Errorf("nowhere is %q in %q", subject, function)
	}
}
