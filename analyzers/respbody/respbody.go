package respbody

import (
	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/leaksummary"
	"github.com/leakvet/leakvet/internal/report"
)

// Analyzer reports response bodies that are not closed on some path.
var Analyzer = &analysis.Analyzer{
	Name:     "respbody",
	Doc:      "respbody: report response bodies that are not closed on some path",
	URL:      "https://github.com/leakvet/leakvet/blob/main/docs/rules/respbody.md",
	Requires: []*analysis.Analyzer{leakconfig.Analyzer, leaksummary.Analyzer},
	Run:      report.Rule(run),
}

func run(pass *analysis.Pass, r *report.Reporter) {
	sum := pass.ResultOf[leaksummary.Analyzer].(*leaksummary.Result)
	for _, a := range sum.Acquisitions("respbody") {
		if f, ok := report.Unreleased(pass.Fset, sum, a, r); ok {
			r.Report(f)
		}
	}
}
