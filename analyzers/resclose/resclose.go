package resclose

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

// Analyzer reports files, connections, rows and the like that some path does not
// release.
var Analyzer = &analysis.Analyzer{
	Name:     "resclose",
	Doc:      report.Doc(doc, "resclose"),
	URL:      "https://github.com/leakvet/leakvet/blob/main/docs/rules/resclose.md",
	Requires: []*analysis.Analyzer{leakconfig.Analyzer, leaksummary.Analyzer},
	Run:      report.Rule(release.Rule{}.Run),
}
