package report_test

import (
	"go/ast"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/leakssa/ssatest"
	"github.com/leakvet/leakvet/internal/report"
)

// BenchmarkRule reports every call of a package, which is far more than any rule
// finds: sorting, directives and one finding a line are what is left to measure.
func BenchmarkRule(b *testing.B) {
	for _, path := range ssatest.Corpus {
		b.Run(path, func(b *testing.B) {
			in := ssatest.Source(b, path)
			run := report.Rule(func(pass *analysis.Pass, r *report.Reporter) {
				for _, f := range pass.Files {
					ast.Inspect(f, func(n ast.Node) bool {
						if call, ok := n.(*ast.CallExpr); ok {
							r.Report(report.Finding{Pos: call.Pos(), End: call.End(), Message: "a call"})
						}
						return true
					})
				}
			})
			found := 0
			pass := &analysis.Pass{
				Analyzer: &analysis.Analyzer{Name: "rule", URL: "https://example.com/rule.md"},
				Fset:     in.Fset, Files: in.Files, Pkg: in.Pkg, TypesInfo: in.Info,
				ResultOf: map[*analysis.Analyzer]any{leakconfig.Analyzer: new(leakconfig.Config)},
				Report:   func(analysis.Diagnostic) { found++ },
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := run(pass); err != nil {
					b.Fatal(err)
				}
			}
			if found == 0 {
				b.Fatal("nothing is reported")
			}
		})
	}
}
