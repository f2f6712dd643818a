package pathcond_test

import (
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakssa/ssatest"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// BenchmarkPaths follows the paths of every function of a package, as long as a
// function's budget lasts.
func BenchmarkPaths(b *testing.B) {
	ssatest.Bench(b, func(b *testing.B, code *ssatest.Code) func() {
		return func() {
			for _, fn := range code.SSA.Funcs {
				blocks := 200
				w := &walker{t: b, u: pathcond.NewUniverse(fn, pathcond.NewShapes()), seen: map[string]bool{}, left: &blocks}
				w.know = func(*ssa.Call, pathcond.Truth) {}
				w.walk(pathcond.NewState(w.u), fn.Blocks[0], 0)
			}
		}
	})
}
