package growth_test

import (
	"go/types"
	"testing"

	"github.com/leakvet/leakvet/internal/growth"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa/ssatest"
	"github.com/leakvet/leakvet/internal/origin"
)

// BenchmarkContainers judges every container that a package has in a variable or
// a field.
func BenchmarkContainers(b *testing.B) {
	ssatest.Bench(b, func(b *testing.B, code *ssatest.Code) func() {
		var vars []*types.Var
		scope := code.SSA.SSA.Pkg.Scope()
		for _, name := range scope.Names() {
			switch obj := scope.Lookup(name).(type) {
			case *types.Var:
				vars = append(vars, obj)
			case *types.TypeName:
				if st, ok := obj.Type().Underlying().(*types.Struct); ok {
					for f := range st.Fields() {
						vars = append(vars, f)
					}
				}
			}
		}
		return func() {
			f := &fake{tables: leakapi.Builtin(), code: code}
			tracer := growth.NewTracer(f, origin.NewTracer(f))
			for _, c := range tracer.Containers(vars) {
				if tracer.Owned(c) {
					tracer.Growing(c)
				}
			}
		}
	})
}
