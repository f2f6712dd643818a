package ctxflow_test

import (
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa/ssatest"
)

// BenchmarkSummary says of every function of a package how it can wait, and of
// every context in it where it comes from.
func BenchmarkSummary(b *testing.B) {
	ssatest.Bench(b, func(b *testing.B, code *ssatest.Code) func() {
		var contexts []ssa.Value
		for _, fn := range code.SSA.Funcs {
			for _, block := range fn.Blocks {
				for _, instr := range block.Instrs {
					call, ok := instr.(*ssa.Call)
					if !ok {
						continue
					}
					for _, arg := range call.Call.Args {
						if leakapi.IsContext(arg.Type()) {
							contexts = append(contexts, arg)
						}
					}
				}
			}
		}
		return func() {
			tracer := ctxflow.NewTracer(&fake{funcs: code.SSA.Funcs})
			for _, fn := range code.SSA.Funcs {
				tracer.Scopes(fn)
				tracer.Summary(fn, func(call *ssa.Call) string { return name(call.Common()) })
			}
			for _, v := range contexts {
				tracer.Origin(v)
			}
		}
	})
}
