package place_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/leakvet/leakvet/internal/place"
)

const source = `package p

var global int

func f(param int) {
	local := 60 * 1000
	go func() { inner := 1.5; _ = inner }()
	defer func() { _ = local }()
	func() { _ = param }()
	g(func() { _ = global })
}

func g(func()) {}
`

func load(t *testing.T) (*analysis.Pass, inspector.Cursor) {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
	}
	pkg, err := new(types.Config).Check("p", fset, []*ast.File{f}, info)
	if err != nil {
		t.Fatal(err)
	}
	return &analysis.Pass{Fset: fset, Files: []*ast.File{f}, Pkg: pkg, TypesInfo: info}, inspector.New([]*ast.File{f}).Root()
}

func TestRunBy(t *testing.T) {
	_, root := load(t)
	want := []token.Token{token.GO, token.DEFER, token.ILLEGAL, token.ILLEGAL}
	for lit := range root.Preorder((*ast.FuncLit)(nil)) {
		if got := place.RunBy(lit); got != want[0] {
			t.Errorf("the literal at %d is run by %s, want %s", lit.Node().Pos(), got, want[0])
		}
		want = want[1:]
	}
	for decl := range root.Preorder((*ast.FuncDecl)(nil)) {
		if got := place.RunBy(decl); got != token.ILLEGAL {
			t.Errorf("a declaration is run by %s", got)
		}
	}
}

func TestVariable(t *testing.T) {
	pass, root := load(t)
	body := pass.Files[0].Decls[1].(*ast.FuncDecl).Body
	within := map[string]bool{"local": true, "inner": true, "param": false}
	found := map[string]bool{}
	for cur := range root.Preorder((*ast.Ident)(nil)) {
		id := cur.Node().(*ast.Ident)
		v := place.Variable(pass, id)
		want, local := within[id.Name]
		if id.Name != "_" && (v != nil) != local {
			t.Errorf("%s is %v", id.Name, v)
		} else if local && place.Within(body, v) != want {
			t.Errorf("%s within the body of f: %v", id.Name, !want)
		}
		found[id.Name] = true
	}
	for name := range within {
		if !found[name] {
			t.Errorf("nothing names %s", name)
		}
	}
}

func TestInt(t *testing.T) {
	pass, root := load(t)
	for cur := range root.Preorder((*ast.AssignStmt)(nil)) {
		e := cur.Node().(*ast.AssignStmt).Rhs[0]
		n, known := place.Int(pass, e)
		if _, product := e.(*ast.BinaryExpr); known != product || known && n != 60000 {
			t.Errorf("%s is %d, %v", types.ExprString(e), n, known)
		}
	}
	if _, known := place.Int(pass, nil); known {
		t.Error("nothing is a number")
	}
}
