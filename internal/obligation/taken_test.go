package obligation_test

import "go/types"

// Takes: in the fixtures, fields of that name take over what they get.
func (fakeEffects) Takes(f *types.Var) bool { return f.Name() == "taken" }
