package origin_test

import (
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakssa/ssatest"
	"github.com/leakvet/leakvet/internal/origin"
)

// indexed remembers who calls a function, as the fake need not.
type indexed struct {
	*fake
	calls map[*ssa.Function][]ssa.CallInstruction
}

func (x indexed) Calls(fn *ssa.Function) ([]ssa.CallInstruction, bool) {
	return x.calls[fn], fn.Object() != nil && !fn.Object().Exported()
}

// BenchmarkOf says of every string that is handed to a call where it comes from.
func BenchmarkOf(b *testing.B) {
	ssatest.Bench(b, func(b *testing.B, built *ssatest.Code) func() {
		c := &code{Code: built}
		eff := indexed{newFake(b, c), map[*ssa.Function][]ssa.CallInstruction{}}
		type use struct {
			value ssa.Value
			at    *ssa.BasicBlock
		}
		var uses []use
		for _, fn := range c.SSA.Funcs {
			for _, block := range fn.Blocks {
				for _, instr := range block.Instrs {
					call, ok := instr.(ssa.CallInstruction)
					if !ok {
						continue
					}
					callee := call.Common().StaticCallee()
					eff.calls[callee] = append(eff.calls[callee], call)
					for _, arg := range call.Common().Args {
						if arg.Type().String() == "string" {
							uses = append(uses, use{arg, block})
						}
					}
				}
			}
		}
		if len(uses) == 0 {
			b.Fatal("no strings")
		}
		return func() {
			tracer := origin.NewTracer(eff)
			for _, u := range uses {
				tracer.Of(u.value, u.at)
			}
		}
	})
}
