package growth_test

import (
	"go/types"
	"testing"

	"github.com/leakvet/leakvet/internal/growth"
)

// TestKeys tells few keys from many.
func TestKeys(t *testing.T) {
	checkContainers(t, `
var constant = map[string]int{} // finite

func f1(r *request) { constant["a"] = 1 }

var chosen = map[string]int{} // finite

func f2(r *request) {
	k := "a"
	if r.Size > 3 {
		k = "b"
	}
	chosen[k] = 1
}

var passed = map[string]int{} // finite

func bump(k string) { passed[k]++ }

func f3(r *request) { bump("a"); bump("b") }

var passedDeep = map[string]int{} // finite

func bump1(k string) { bump2(k) }

func bump2(k string) { passedDeep[k]++ }

func f4(r *request) { bump1("a"); bump2("c") }

var passedOne = map[string]int{} // bump3 request

func bump3(k string) { passedOne[k]++ }

func f5(r *request) {
	bump3("a")
	bump3(r.Path)
}

var recursive = map[string]int{} // bump4 request

func bump4(k string, n int) {
	if n > 0 {
		bump4(k, n-1)
	}
	recursive[k]++
}

func f6(r *request) { bump4("a", r.Size) }

var bools = map[bool]int{} // finite

func f7(r *request) { bools[r.Size > 3]++ }

var replaced = map[string]int{} // finite

func f8(r *request) {
	for k := range replaced {
		replaced[k] = 1
	}
}

var otherRange = map[string]int{} // f9 request

func f9(r *request, m map[string]int) {
	for k := range m {
		otherRange[k] = 1
	}
}

var found = map[string]int{} // finite

func f10(r *request) {
	if _, ok := found[r.Path]; ok {
		found[r.Path] = 1
	}
}

var foundNot = map[string]int{} // f11 request

func f11(r *request) {
	if _, ok := foundNot[r.Path]; !ok {
		foundNot[r.Path] = 1
	}
}

var foundElse = map[string]int{} // finite

func f12(r *request) {
	if _, ok := foundElse[r.Path]; !ok {
		return
	}
	foundElse[r.Path] = 1
}

var foundNil = map[string]*request{} // finite

func f13(r *request) {
	if foundNil[r.Path] != nil {
		foundNil[r.Path] = r
	}
}

var foundTrue = map[string]bool{} // finite

func f14(r *request) {
	if foundTrue[r.Path] {
		foundTrue[r.Path] = false
	}
}

var foundOther = map[string]bool{} // f15 request

func f15(r *request) {
	if !foundOther["a"] {
		foundOther[r.Form("x")] = false
	}
}

var bagged bag // finite

func f16(r *request) {
	if _, ok := bagged.has(r.Path); ok {
		bagged.put(r.Path, 1)
	}
}

var times = map[time.Time]int{} // f17 request never equal

func f17(r *request) { times[time.Now()] = 1 }

type both struct {
	name string
	req  *request
}

var structs = map[both]int{} // f18 request never equal

func f18(r *request) { structs[both{r.Path, r}] = 1 }

var pointers = map[*request]int{} // f19 request

func f19(r *request) { pointers[r] = 1 }

var boxes = map[any]int{} // f20 request never equal

func f20(r *request) { boxes[both{r.Path, r}] = 1 }

var lists, prunedLists = map[string]int{}, map[string]int{} // f21 request beside prunedLists

func f21(r *request) {
	prunedLists[r.Path] = 1
	lists[r.Path] = 1
}
`)
}

func TestFewKeys(t *testing.T) {
	pkg := types.NewPackage("p", "p")
	field := func(t types.Type) *types.Var { return types.NewField(0, pkg, "f"+t.String(), t, false) }
	str, boolean, u8 := types.Typ[types.String], types.Typ[types.Bool], types.Typ[types.Uint8]
	for _, tt := range []struct {
		t    types.Type
		want bool
	}{
		{str, false}, {boolean, true}, {u8, true}, {types.Typ[types.Int], false}, {types.Typ[types.Float64], false},
		{types.NewStruct(nil, nil), true},
		{types.NewStruct([]*types.Var{field(boolean), field(u8)}, nil), true},
		{types.NewStruct([]*types.Var{field(boolean), field(str)}, nil), false},
		{types.NewArray(boolean, 1), true}, {types.NewArray(u8, 16), false},
		{types.NewPointer(boolean), false}, {types.NewChan(types.SendRecv, boolean), false},
		{types.NewInterfaceType(nil, nil), false},
	} {
		if got := growth.FewKeys(tt.t); got != tt.want {
			t.Errorf("FewKeys(%s) = %t", tt.t, got)
		}
	}
}
