package leakssa

import (
	"go/constant"

	"golang.org/x/tools/go/ssa"
)

// SelectCase takes apart the test for one case of a select statement: the statement and
// the number of the case, and false if it is no such test.
func SelectCase(cmp *ssa.BinOp) (*ssa.Select, int, bool) {
	ex, ok := cmp.X.(*ssa.Extract)
	if !ok || ex.Index != 0 {
		return nil, 0, false
	}
	sel, ok := ex.Tuple.(*ssa.Select)
	if !ok {
		return nil, 0, false
	}
	k, ok := cmp.Y.(*ssa.Const)
	if !ok || k.Value == nil || k.Value.Kind() != constant.Int {
		return nil, 0, false
	}
	i := int(k.Int64())
	return sel, i, i >= 0 && i < len(sel.States)
}
