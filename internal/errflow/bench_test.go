package errflow_test

import (
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/errflow"
	"github.com/leakvet/leakvet/internal/leakssa/ssatest"
)

// keeping takes every store into memory for one that keeps.
type keeping struct{ fake }

func (keeping) Keeps(instr ssa.Instruction) []errflow.Put {
	switch instr := instr.(type) {
	case *ssa.MapUpdate:
		return []errflow.Put{{Instr: instr, Value: instr.Value}}
	case *ssa.Store:
		if _, local := instr.Addr.(*ssa.Alloc); !local {
			return []errflow.Put{{Instr: instr, Value: instr.Val}}
		}
	}
	return nil
}

// BenchmarkExplore follows the errors in every function of a package to all that
// it stores.
func BenchmarkExplore(b *testing.B) {
	ssatest.Bench(b, func(b *testing.B, code *ssatest.Code) func() {
		return func() {
			for _, fn := range code.SSA.Funcs {
				errflow.Explore(fn, errflow.Plain, keeping{})
			}
		}
	})
}
