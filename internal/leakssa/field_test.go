package leakssa_test

import (
	"go/token"
	"go/types"
	"testing"

	"github.com/leakvet/leakvet/internal/leakssa"
)

func TestFieldAt(t *testing.T) {
	f := types.NewField(token.NoPos, nil, "f", types.Typ[types.Int], false)
	st := types.NewStruct([]*types.Var{f}, nil)
	named := types.NewNamed(types.NewTypeName(token.NoPos, nil, "T", nil), st, nil)
	for _, test := range []struct {
		of   types.Type
		i    int
		want *types.Var
	}{
		{st, 0, f},
		{st, 1, nil},
		{named, 0, f},
		{types.NewPointer(named), 0, f},
		{types.NewPointer(types.NewPointer(named)), 0, nil},
		{types.Typ[types.Int], 0, nil},
	} {
		if got := leakssa.FieldAt(test.of, test.i); got != test.want {
			t.Errorf("field %d of %s is %v, want %v", test.i, test.of, got, test.want)
		}
	}
}
