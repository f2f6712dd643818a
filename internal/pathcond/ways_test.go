package pathcond

import (
	"maps"
	"math/rand/v2"
	"testing"

	"golang.org/x/tools/go/ssa"
)

// TestWaysStay changes memory at random: the ways that are remembered are those that
// would be found anew.
func TestWaysStay(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		u := NewUniverse(new(ssa.Function), NewShapes())
		var syms []Sym
		for i := range 12 {
			x := u.intern(node{kind: Init, i: int32(i)})
			syms = append(syms, x, u.AddrOf(x, 0), u.AddrOf(x, 1))
		}
		syms = append(syms, u.Resource())
		s := NewState(u)
		any := func() Sym { return syms[r.IntN(len(syms))] }
		for range 60 {
			if r.IntN(3) > 0 {
				s.set(any(), any())
			} else {
				gone := any()
				s.unset(func(addr, _ Sym) bool { return addr == gone })
			}
			if r.IntN(2) == 0 {
				if got, want := s.paths(), s.findPaths(); !maps.Equal(got, want) {
					t.Fatalf("seed %d: remembered %v, found %v", seed, got, want)
				}
			}
		}
	}
}
