package leaksummary_test

import (
	"go/build"
	"go/types"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/leakssa/ssatest"
	"github.com/leakvet/leakvet/internal/leaksummary"
)

// BenchmarkSummarise summarises a whole package, of whose imports nothing but the
// tables is known.
func BenchmarkSummarise(b *testing.B) {
	for _, path := range ssatest.Corpus {
		b.Run(path, func(b *testing.B) {
			in := ssatest.Source(b, path)
			pass := &analysis.Pass{
				Analyzer: leaksummary.Analyzer, Fset: in.Fset, Files: in.Files, Pkg: in.Pkg, TypesInfo: in.Info,
				TypesSizes:        types.SizesFor("gc", build.Default.GOARCH),
				ImportObjectFact:  func(types.Object, analysis.Fact) bool { return false },
				ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
				ExportObjectFact:  func(types.Object, analysis.Fact) {},
				ExportPackageFact: func(analysis.Fact) {},
				AllObjectFacts:    func() []analysis.ObjectFact { return nil },
				AllPackageFacts:   func() []analysis.PackageFact { return nil },
				ResultOf:          map[*analysis.Analyzer]any{leakconfig.Analyzer: config(b)},
			}
			functions := 0
			b.ReportAllocs()
			for b.Loop() {
				result, err := leaksummary.Analyzer.Run(pass)
				if err != nil {
					b.Fatal(err)
				}
				functions, _ = result.(*leaksummary.Result).Work()
			}
			if functions == 0 {
				b.Fatal("nothing is summarised")
			}
		})
	}
}

func config(b *testing.B) any {
	b.Helper()
	cfg, err := leakconfig.Analyzer.Run(&analysis.Pass{Analyzer: leakconfig.Analyzer})
	if err != nil {
		b.Fatal(err)
	}
	return cfg
}
