// Package leaksummary computes what each function does with the resources
// that flow through it. It is the only owner of facts.
package leaksummary

import (
	"fmt"
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/internal/guard"
	"github.com/leakvet/leakvet/internal/leakconfig"
)

// Result answers the rules' questions about the functions of one package.
type Result struct{}

// LeakFunc is what importers learn of a function.
type LeakFunc struct {
	Data []byte
}

// AFact marks LeakFunc as a fact.
func (*LeakFunc) AFact() {}

func (f *LeakFunc) String() string { return fmt.Sprintf("%x", f.Data) }

// Analyzer computes and exports the summaries.
var Analyzer = &analysis.Analyzer{
	Name:       "leaksummary",
	Doc:        "leaksummary: summarise what functions do with resources\n\nIt reports nothing; the rules of the suite build on it.",
	URL:        "https://github.com/leakvet/leakvet",
	Requires:   []*analysis.Analyzer{leakconfig.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{(*LeakFunc)(nil)},
	Run:        guard.Run(func() any { return (*Result)(nil) }, run),
}

func run(pass *analysis.Pass) (any, error) {
	return &Result{}, nil
}
