package leaksummary

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// callsOf returns how fn calls those of its parameters that are functions.
func (s *summarizer) callsOf(fn *ssa.Function) []leakapi.FuncArg {
	if found, ok := s.calls[fn]; ok {
		return found
	}
	s.calls[fn] = nil // recursion
	var found []leakapi.FuncArg
	for i, prm := range fn.Params {
		if _, ok := prm.Type().Underlying().(*types.Signature); !ok {
			continue
		}
		if how := s.howCalled(prm); how != leakapi.HowUnknown {
			found = append(found, leakapi.FuncArg{Index: i, How: how})
		}
	}
	s.calls[fn] = found
	return found
}

// howCalled looks at every use of a parameter: the strongest claim that holds
// for all of them.
func (s *summarizer) howCalled(prm *ssa.Parameter) leakapi.How {
	how := leakapi.HowUnknown
	for _, ref := range *prm.Referrers() {
		var one leakapi.How
		switch instr := ref.(type) {
		case *ssa.Call:
			one = s.howUsed(instr, prm)
		case *ssa.Go:
			if instr.Call.Value == ssa.Value(prm) {
				one = leakapi.Goroutine
			}
		case *ssa.Defer:
			if instr.Call.Value == ssa.Value(prm) {
				one = leakapi.NowMany
			}
		case *ssa.BinOp, *ssa.DebugRef:
			continue // compared with nil
		}
		switch {
		case one == leakapi.HowUnknown:
			return leakapi.HowUnknown
		case how == leakapi.HowUnknown:
			how = one
		case how != one || one == leakapi.NowOnce:
			if how == leakapi.Goroutine || one == leakapi.Goroutine {
				return leakapi.HowUnknown
			}
			how = leakapi.NowMany
		}
	}
	return how
}

func (s *summarizer) howUsed(call *ssa.Call, prm *ssa.Parameter) leakapi.How {
	if call.Call.Value == ssa.Value(prm) {
		if len(call.Parent().Blocks) == 1 || call.Block() == call.Parent().Blocks[0] {
			return leakapi.NowOnce
		}
		return leakapi.NowMany
	}
	for i, a := range call.Call.Args {
		if a == ssa.Value(prm) {
			return s.FuncArg(call.Common(), i)
		}
	}
	return leakapi.HowUnknown
}
