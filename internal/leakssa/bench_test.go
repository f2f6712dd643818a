package leakssa_test

import (
	"testing"

	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/leakssa/ssatest"
)

// BenchmarkBuild builds all functions of a package.
func BenchmarkBuild(b *testing.B) {
	for _, path := range ssatest.Corpus {
		b.Run(path, func(b *testing.B) {
			in := ssatest.Source(b, path)
			b.ReportAllocs()
			for b.Loop() {
				leakssa.Build(in)
			}
		})
	}
}
