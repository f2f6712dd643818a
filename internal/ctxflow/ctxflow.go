// Package ctxflow finds what functions wait for, where the contexts come from
// that could end the wait, and which contexts are at hand.
//
// It knows no API: what calls wait for and where contexts come from is asked
// of an Effects.
package ctxflow

import (
	"cmp"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// Block is one way in which a call can wait for something outside the program.
type Block struct {
	On      string   // what it waits for, such as "network"
	Ctx     int      // the argument, receiver first, that is or carries the context that ends the wait; -1: none can
	Fresh   bool     // of Ctx -1: the callee makes a context of its own
	Limited bool     // it gives up by itself, or may: only false is proven
	Weak    bool     // of Ctx -1: no reason for a report by itself: there is no form that takes a context, or the work is for others too
	Path    []string // the functions on the way to what waits, the callee not among them; of Ctx 0 and up the last alone
}

// maxPath is how many functions a path names.
const maxPath = 5

// Effects answers what is known of calls.
type Effects interface {
	// Blocks returns how a call can wait; none if that is unknown.
	Blocks(c *ssa.CallCommon) []Block
	// Context returns where the context comes from that a call's result is or
	// carries.
	Context(c *ssa.CallCommon, result int) (leakapi.Context, bool)
	// Into returns the argument that a call gives a context.
	Into(c *ssa.CallCommon) (int, bool)
	// Global returns where the context comes from that a package-level
	// variable always holds.
	Global(v *types.Var) leakapi.ContextFrom
	// FuncArg returns how a call treats a function argument.
	FuncArg(c *ssa.CallCommon, arg int) leakapi.How
	// Shared reports whether a function argument works for other callers too.
	Shared(c *ssa.CallCommon, arg int) bool
	// Offer returns what values of a type offer.
	Offer(t types.Type) *leakapi.Offer
	// Limiter returns the argument that can bound how long a call waits; -1 if
	// none can.
	Limiter(c *ssa.CallCommon) int
	// Limits returns the fields of a type that bound how long calls wait.
	Limits(t types.Type) []string
	// Unlimited reports whether a variable of another package surely holds
	// something without limits.
	Unlimited(v types.Object) bool
	// Sets returns the arguments on which a call sets a deadline.
	Sets(c *ssa.CallCommon) []int
	// Tabled reports whether the tables know what a call does.
	Tabled(c *ssa.CallCommon) bool
	// Callers returns the calls of a function in the package, deferred ones and
	// goroutines among them.
	Callers(fn *ssa.Function) []*ssa.CallCommon
	// Fixed reports whether a call enters other people's code that takes no
	// context there and has nothing beside it that does.
	Fixed(c *ssa.CallCommon) bool
	// HasTwin reports whether there is something to call instead that takes a
	// context.
	HasTwin(c *ssa.CallCommon) bool
	// Accepts returns the results that are connections which a peer has opened.
	Accepts(c *ssa.CallCommon) []int
}

// compare orders blocks by how much they say: first what no context can end,
// and of these what never gives up and is near.
func compare(a, b Block) int {
	return cmp.Or(
		cmp.Compare(a.Ctx, b.Ctx),
		compareBool(leakapi.Transient(a.On), leakapi.Transient(b.On)),
		compareBool(a.Weak, b.Weak),
		compareBool(a.Limited, b.Limited),
		compareBool(b.Fresh, a.Fresh),
		cmp.Compare(len(a.Path), len(b.Path)),
		slices.Compare(a.Path, b.Path),
		cmp.Compare(a.On, b.On),
	)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// Equal reports whether two blocks are the same.
func (b Block) Equal(c Block) bool { return compare(b, c) == 0 }

// Reduce keeps the first block for each context argument.
func Reduce(blocks []Block) []Block {
	slices.SortFunc(blocks, compare)
	return slices.CompactFunc(blocks, func(a, b Block) bool { return a.Ctx == b.Ctx })
}

// SetsUp reports whether what waits is on the way to setting something up, which
// happens once.
func (b Block) SetsUp() bool {
	return len(b.Path) > 0 && slices.ContainsFunc(b.Path[:len(b.Path)-1], SetsUp)
}

// SetsUp reports whether a function's name says that it sets something up.
func SetsUp(name string) bool {
	name = name[strings.LastIndexByte(name, '.')+1:]
	for _, prefix := range []string{"New", "Open", "Init", "Must", "new", "open", "init", "must"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return strings.HasSuffix(name, "Factory")
}
