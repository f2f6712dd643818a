package respbody

import (
	_ "embed"

	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/leaksummary"
	"github.com/leakvet/leakvet/internal/release"
	"github.com/leakvet/leakvet/internal/report"
)

//go:embed doc.go
var doc string

// Analyzer reports response bodies that are not closed on some path.
var Analyzer = &analysis.Analyzer{
	Name:     "respbody",
	Doc:      report.Doc(doc, "respbody"),
	URL:      "https://github.com/leakvet/leakvet/blob/main/docs/rules/respbody.md",
	Requires: []*analysis.Analyzer{leakconfig.Analyzer, leaksummary.Analyzer},
	Run:      report.Rule(release.Rule{}.Run),
}
