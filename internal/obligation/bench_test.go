package obligation_test

import (
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa/ssatest"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// BenchmarkExplore follows, in every function of a package, the first result of each
// call that returns an error, too, as if it had to be closed.
func BenchmarkExplore(b *testing.B) {
	ssatest.Bench(b, func(b *testing.B, code *ssatest.Code) func() {
		var specs []*obligation.Spec
		for _, fn := range code.SSA.Funcs {
			for _, block := range fn.Blocks {
				for _, instr := range block.Instrs {
					call, ok := instr.(*ssa.Call)
					if !ok {
						continue
					}
					results := call.Call.Signature().Results()
					if n := results.Len(); n < 2 || !pathcond.IsError(results.At(n-1).Type()) {
						continue
					}
					specs = append(specs, &obligation.Spec{
						Root: fn, Call: call, Aliases: []obligation.Alias{{Result: 0}}, When: leakapi.Zero, Release: []string{"Close"}, Until: -1,
					})
				}
			}
		}
		if len(specs) == 0 {
			b.Fatal("nothing to follow")
		}
		return func() {
			for _, spec := range specs {
				obligation.Explore(spec, borrowing{})
			}
		}
	})
}
