package connconf

import (
	_ "embed"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/leaksummary"
	"github.com/leakvet/leakvet/internal/report"
)

//go:embed doc.go
var doc string

// Analyzer reports clients and servers whose connections stay for ever.
var Analyzer = &analysis.Analyzer{
	Name:     "connconf",
	Doc:      report.Doc(doc, "connconf"),
	URL:      "https://github.com/leakvet/leakvet/blob/main/docs/rules/connconf.md",
	Requires: []*analysis.Analyzer{leakconfig.Analyzer, leaksummary.Analyzer},
	Run:      report.Rule(run),
}

func run(pass *analysis.Pass, r *report.Reporter) {
	tables := r.Tables((*leakapi.Tables).Serves)
	if tables == nil {
		return
	}
	c := &checker{
		pass: pass, r: r, tables: tables, sum: pass.ResultOf[leaksummary.Analyzer].(*leaksummary.Result),
		told: map[ast.Node]bool{},
	}
	defer c.sum.Use()()
	files := c.sum.Files()
	for f := range files.Children() {
		c.perCall(f)
	}
	c.settings(files)
	for cur := range files.Preorder((*ast.CallExpr)(nil)) {
		c.call(cur)
		c.unread(cur)
	}
}

type checker struct {
	pass   *analysis.Pass
	r      *report.Reporter
	tables *leakapi.Tables
	sum    *leaksummary.Result
	told   map[ast.Node]bool // literals of which something is said
	uses   map[*types.Var][]inspector.Cursor
	// listeners are those on which servers serve, by what holds the server.
	listeners map[types.Object][]inspector.Cursor
}

// usesOf returns where the analysed files mention a variable.
func (c *checker) usesOf(v *types.Var) []inspector.Cursor {
	if c.uses == nil {
		c.uses = map[*types.Var][]inspector.Cursor{}
		for cur := range c.sum.Files().Preorder((*ast.Ident)(nil)) {
			if v, ok := c.pass.TypesInfo.Uses[cur.Node().(*ast.Ident)].(*types.Var); ok && !v.IsField() {
				c.uses[v] = append(c.uses[v], cur)
			}
		}
	}
	return c.uses[v]
}

// callee returns the function that a call names, or nil.
func (c *checker) callee(call *ast.CallExpr) *types.Func {
	fn, _ := typeutil.Callee(c.pass.TypesInfo, call).(*types.Func)
	return fn
}

// typeName returns how messages call the type of an expression.
func (c *checker) typeName(e ast.Expr) string {
	t := c.pass.TypesInfo.TypeOf(e)
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	return types.TypeString(t, func(p *types.Package) string { return p.Name() })
}
