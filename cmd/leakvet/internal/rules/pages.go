package rules

//go:generate go run ./gen ../../../../docs/rules

import (
	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/unit"
)

// Pages returns the content of the pages of all rules by file name.
func Pages(analyzers []*analysis.Analyzer) map[string]string {
	pages := make(map[string]string)
	for _, a := range unit.Rules(analyzers) {
		pages[a.Name+".md"] = Parse(a).Markdown()
	}
	return pages
}
