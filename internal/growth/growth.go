// Package growth finds containers that only ever grow.
//
// A container is a package-level variable or a field of the package that holds a
// map, a list or a cache, or a local variable of a function that makes something for
// which it lives on. The engine follows it through the package's functions
// and notes what puts something into it and what could take something out. What
// it cannot follow may take something out, so that it proves nothing; but of
// the keys it is few values that must be proven, and unknown ones count.
package growth

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/fixpoint"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/origin"
)

// Effects is what the engine asks about calls and the package.
type Effects interface {
	// Growth returns what the tables say of what a call calls, or nil.
	Growth(c *ssa.CallCommon) *leakapi.Growth
	// Container returns what the tables say of a type as a container, or nil.
	Container(t types.Type) *leakapi.Container
	// Std reports whether a call calls something of the standard library, or a
	// builtin.
	Std(c *ssa.CallCommon) bool
	// Bodies returns the functions of the package that a call may run, or nil
	// if it may run others.
	Bodies(c *ssa.CallCommon) []*ssa.Function
	// Calls returns the calls of a function of the package, if all are known.
	Calls(fn *ssa.Function) (calls []ssa.CallInstruction, ok bool)
	// Serves reports whether a function is given a client's request.
	Serves(fn *ssa.Function) bool
	// Accepts returns the results of a call that are connections which a peer has opened.
	Accepts(c *ssa.CallCommon) []int
	// Beside reports whether a literal runs on a goroutine of its own.
	Beside(lit *ssa.Function) bool
	// GetsContext reports whether a function has a parameter that is a context.
	GetsContext(fn *ssa.Function) bool
	// Once reports whether a function runs once in the life of the process, or of
	// what it belongs to.
	Once(fn *ssa.Function) bool
	// Pruned reports whether the package deletes entries of a container.
	Pruned(v *types.Var) bool
	// Forgets reports whether the package deletes single entries of a container for good:
	// in the function in, or in one that puts none there itself, as a switch does.
	Forgets(v *types.Var, in *ssa.Function) bool
	// Routes reports whether a call lets something serve requests.
	Routes(c *ssa.CallCommon) bool
	// Own reports whether a type is of the package.
	Own(obj *types.TypeName) bool
	// Functions returns the package's functions that are no tests, what sets
	// package-level variables first.
	Functions() []*ssa.Function
	// RunsNow reports whether a literal runs before the function around it goes
	// on.
	RunsNow(lit *ssa.Function) bool
	// Daemon reports whether values of a type of the package serve requests, or
	// run until they are stopped.
	Daemon(owner *types.TypeName) bool
}

// Container is what the package does with one of its containers.
type Container struct {
	Var     *types.Var
	Noun    string // how messages call it, such as "map"
	Inserts []*Insert
	Sets    []*ssa.Store          // of the container itself, other than by appending to it
	Shrunk  bool                  // something takes out of it, or bounds it, or may
	Emptied bool                  // something other than Deletes does
	Deletes []ssa.CallInstruction // what deletes one entry each
	Ends    []*ssa.Function       // what ends what holds it, and empties it then
	Shared  bool                  // others get hold of it, who may
	Inner   *Container            // the maps that are its entries, taken together; nil if there are none

	in *ssa.Alloc // the local variable that it is, or nil
}

// Insert is a place where something is put into a container.
type Insert struct {
	At    ssa.Instruction
	Key   ssa.Value // nil if each puts one more there
	Value ssa.Value // nil if unknown
	Call  ssa.CallInstruction
	Base  ssa.Value // what the container is a field of; nil if a variable
}

// Tracer answers questions about one package.
type Tracer struct {
	eff    Effects
	values *origin.Tracer
	found  map[*types.Var]*Container
	locals map[token.Pos]*Container // of found, by where they are declared
	args   map[argument]bool
	loops  map[*ssa.Function][]ctxflow.Loop
	swaps  map[*types.TypeName]bool // nil until it is asked for
	lives  fixpoint.Memo[*types.TypeName, Life]
	setups fixpoint.Memo[*ssa.Function, bool]
}

// NewTracer returns a tracer for a package; values follows its values.
func NewTracer(eff Effects, values *origin.Tracer) *Tracer {
	t := &Tracer{eff: eff, values: values, args: map[argument]bool{}, loops: map[*ssa.Function][]ctxflow.Loop{}}
	t.lives = fixpoint.Memo[*types.TypeName, Life]{Assumed: LifeUnknown, Unknown: LifeUnknown, Answer: t.lifeOf, Equal: fixpoint.Same[Life]}
	t.setups = fixpoint.Memo[*ssa.Function, bool]{Assumed: true, Unknown: true, Answer: t.setsUp, Equal: fixpoint.Same[bool]}
	return t
}

// IsContainer reports whether a variable of type t can hold a container, and how
// messages call it.
func (t *Tracer) IsContainer(typ types.Type) (noun string, ok bool) {
	if row := t.eff.Container(typ); row != nil {
		return row.Noun, true
	}
	switch typ.Underlying().(type) {
	case *types.Map:
		return "map", true
	case *types.Slice:
		return "slice", true
	}
	return "", false
}
