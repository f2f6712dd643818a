package timerleak

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
	"github.com/leakvet/leakvet/internal/place"
	"github.com/leakvet/leakvet/internal/release"
	"github.com/leakvet/leakvet/internal/report"
)

//go:embed doc.go
var doc string

// Analyzer reports timers that outlive what they are for.
var Analyzer = &analysis.Analyzer{
	Name:     "timerleak",
	Doc:      report.Doc(doc, "timerleak"),
	URL:      "https://github.com/leakvet/leakvet/blob/main/docs/rules/timerleak.md",
	Requires: []*analysis.Analyzer{leakconfig.Analyzer, leaksummary.Analyzer},
	Run:      report.Rule(run),
}

func run(pass *analysis.Pass, r *report.Reporter) {
	c := &checker{pass: pass, r: r}
	rule := release.Rule{
		Left: func(_ *leaksummary.Result, a *leaksummary.Acquisition, call *ast.CallExpr) bool {
			_, stays := c.rangedFor(a.Call.Parent().Syntax(), call, false)
			return stays || c.collected(a.Class.Collected, call) || unnamed(a.Call.Parent().Syntax(), call) || a.Class.Audit && fires(a.Call)
		},
	}
	rule.Run(pass, r)
	if c.tables = r.Tables((*leakapi.Tables).Times); c.tables == nil {
		return
	}
	c.leaks = pass.ResultOf[leaksummary.Analyzer].(*leaksummary.Result)
	c.files = c.leaks.Files()
	for cur := range c.files.Preorder((*ast.CallExpr)(nil)) {
		c.call(cur)
	}
}

type checker struct {
	pass   *analysis.Pass
	r      *report.Reporter
	tables *leakapi.Tables
	leaks  *leaksummary.Result
	files  inspector.Cursor
}

// call looks at one call.
func (c *checker) call(cur inspector.Cursor) {
	call := cur.Node().(*ast.CallExpr)
	fn, ok := typeutil.Callee(c.pass.TypesInfo, call).(*types.Func)
	if !ok || fn.Pkg() == nil || !c.tables.Times(fn.Pkg().Path()) {
		return
	}
	row := c.tables.Func(fn)
	if row == nil {
		return
	}
	for _, a := range row.Acquires {
		if a.Class.Collected != "" {
			c.inline(cur, call, a.Class)
			c.named(cur, call, a.Class)
		}
	}
	if row.Block != nil && row.Block.On == leakapi.OnSleep {
		c.paced(cur, call)
	}
	t := row.Timer
	if t == nil {
		return
	}
	switch t.Kind {
	case leakapi.Once:
		c.once(cur, call, t)
	case leakapi.Ticking:
		c.ticking(cur, call, t)
	case leakapi.Later:
		c.later(cur, call, t)
	case leakapi.Until:
		c.until(cur, call, t)
	}
}

// collected reports whether nothing need stop what a call makes, in its file's version
// of Go.
func (c *checker) collected(since string, call *ast.CallExpr) bool {
	return leakapi.CollectedIn(since, place.Version(c.pass, call))
}

func (c *checker) line(n ast.Node) int { return c.pass.Fset.Position(n.Pos()).Line }

// text returns how the source writes an expression, if that is short.
func text(e ast.Expr) string {
	if s := types.ExprString(e); len(s) <= 40 {
		return s
	}
	return "its time"
}
