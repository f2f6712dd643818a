package leakssa

import "go/types"

// StructOf returns the struct that t is or points to, or nil.
func StructOf(t types.Type) *types.Struct {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, _ := t.Underlying().(*types.Struct)
	return st
}

// FieldAt returns field i of the struct that t is or points to, or nil. Of an instance it
// is the instance's.
func FieldAt(t types.Type, i int) *types.Var {
	if st := StructOf(t); st != nil && i < st.NumFields() {
		return st.Field(i)
	}
	return nil
}
