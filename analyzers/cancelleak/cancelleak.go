package cancelleak

import (
	_ "embed"
	"go/ast"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/leaksummary"
	"github.com/leakvet/leakvet/internal/release"
	"github.com/leakvet/leakvet/internal/report"
)

//go:embed doc.go
var doc string

// Analyzer reports cancel and stop functions that some path does not call.
var Analyzer = &analysis.Analyzer{
	Name:     "cancelleak",
	Doc:      report.Doc(doc, "cancelleak"),
	URL:      "https://github.com/leakvet/leakvet/blob/main/docs/rules/cancelleak.md",
	Requires: []*analysis.Analyzer{leakconfig.Analyzer, leaksummary.Analyzer},
	Run:      report.Rule(run),
}

func run(pass *analysis.Pass, r *report.Reporter) {
	release.RunUnless(pass, r, func(sum *leaksummary.Result, call *ast.CallExpr, fn *ssa.Function) bool {
		v := vet{info: pass.TypesInfo, never: sum.NeverReturns, fn: fn.Syntax()}
		return v.waived(call) || !r.Config().Vet && v.says(call)
	})
}
