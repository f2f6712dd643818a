// Package origin finds where a value comes from, and whether few values or any
// number of them can come from there.
//
// It goes backward from a use through what a function computes, its variables
// and what the package's fields hold, and joins what it finds on all ways: one
// way from a source without a bound is enough. What it cannot see is unknown,
// and says nothing.
package origin

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// Kind says how many values there can be, as far as that is known.
type Kind uint8

const (
	Finite    Kind = iota // few, which the program's text settles
	Unknown               // nothing is known
	Unbounded             // as many as somebody outside likes, or as time goes by
)

// Hop is a step on the way from a source.
type Hop struct {
	Pos  token.Pos
	Says string
}

// Source is something with any number of values.
type Source struct {
	Text   string // how the code names it, such as "r.URL.Path"
	Says   string // what it is, such as "a new id"; "" if clients choose it
	Weak   bool   // it mostly has few values
	Pos    token.Pos
	Hops   []Hop      // from the source on
	Picked bool       // a callee picks it out of what it is given
	Held   *types.Var // the field or variable whose map or channel it comes out of; nil if none
}

// Dep is a parameter that a value depends on.
type Dep struct {
	Param *ssa.Parameter
	Path  []string // the field of it, from outside to inside
	// Text names the part of the parameter that the value is, if the function
	// picks one itself.
	Text string
	Weak bool
	Pos  token.Pos
	Hops []Hop
}

// Origin is what is known of where a value comes from.
type Origin struct {
	Kind   Kind
	Source *Source // of an unbounded value
	Deps   []Dep   // the parameters that it depends on besides
}

// maxDeps is how many parameters one value is followed to.
const maxDeps = 6

// join returns what is known of a value that comes from a or from b.
func join(a, b Origin) Origin {
	switch {
	case b.Kind == Unbounded && (a.Kind < Unbounded || a.Source.Weak && !b.Source.Weak):
		a.Source = b.Source
	}
	a.Kind = max(a.Kind, b.Kind)
	for _, d := range b.Deps {
		if len(a.Deps) < maxDeps && !slices.ContainsFunc(a.Deps, func(o Dep) bool { return o.Param == d.Param && slices.Equal(o.Path, d.Path) }) {
			a.Deps = append(slices.Clip(a.Deps), d)
		}
	}
	return a
}

// hop adds a step to the ways of o.
func (o Origin) hop(pos token.Pos, says string) Origin {
	h := Hop{pos, says}
	if o.Source != nil {
		s := *o.Source
		s.Hops = append(slices.Clip(s.Hops), h)
		o.Source = &s
	}
	o.Deps = slices.Clone(o.Deps)
	for i := range o.Deps {
		o.Deps[i].Hops = append(slices.Clip(o.Deps[i].Hops), h)
	}
	return o
}

// Flow is what is known of a function's result.
type Flow struct {
	Result int
	Kind   Kind
	Text   string // of the source of an unbounded one
	Says   string
	Weak   bool
	Deps   []FlowDep
}

// FlowDep is an argument that a result depends on.
type FlowDep struct {
	Arg  int
	Path []string
	Text string
	Weak bool
}

// Effects is what the engine asks about calls, types and the package.
type Effects interface {
	// Values returns what the tables say of what a call calls, or nil.
	Values(c *ssa.CallCommon) *leakapi.Values
	// PairOf returns how a call's result is a label, or nil.
	PairOf(c *ssa.CallCommon) *leakapi.Pair
	// Std reports whether a call calls something of the standard library.
	Std(c *ssa.CallCommon) bool
	// Bodies returns the functions of the package that a call may run, or nil
	// if it may run others.
	Bodies(c *ssa.CallCommon) []*ssa.Function
	// MayRun returns functions of the package that a call of what a field or
	// variable holds may run, besides others.
	MayRun(c *ssa.CallCommon) []*ssa.Function
	// Flows returns what is known of the results of what another package
	// holds; ok is false if nothing is.
	Flows(c *ssa.CallCommon) (flows []Flow, ok bool)
	// Waits reports whether a call waits for something outside the program,
	// so that its errors tell of addresses and times.
	Waits(c *ssa.CallCommon) bool
	// NeverNil reports whether a result of a call is never nil.
	NeverNil(c *ssa.CallCommon, result int) bool
	// Request returns what the tables say of values of t as requests, or nil.
	Request(t types.Type) *leakapi.Request
	// Parts returns what the tables say of the fields of a type, or of what it
	// points to, or nil.
	Parts(t types.Type) *leakapi.Parts
	// Pair returns which fields of a type make it a label, or nil.
	Pair(t types.Type) *leakapi.Pair
	// Variable returns what the tables say of what a package-level variable
	// holds, or nil.
	Variable(v *types.Var) *leakapi.Source
	// Few reports whether a variable, field or type is said to have few values.
	Few(obj types.Object) bool
	// Writers returns all that the package stores in one of its fields or
	// variables; ok is false if others may store there.
	Writers(v *types.Var) (stores []*ssa.Store, ok bool)
	// Puts returns what the package puts into the map or channel that one of its
	// fields or variables holds.
	Puts(v *types.Var) []Put
	// Pruned reports whether the package deletes entries of the map that one of
	// its fields or variables holds.
	Pruned(v *types.Var) bool
	// Calls returns the calls of a function of the package, if all are known.
	Calls(fn *ssa.Function) (calls []ssa.CallInstruction, ok bool)
	// Vector returns what another package says of the vector in one of its
	// variables or fields.
	Vector(v *types.Var) (Vector, bool)
	// Labels returns the labels that arguments of a call become in the callee.
	Labels(c *ssa.CallCommon) []SiteFlow
	// Routed reports whether a function serves nothing but requests for routes
	// that the program's text spells out, without wildcards.
	Routed(fn *ssa.Function) bool
}

// Put is a value put into a map, under a key, or sent to a channel.
type Put struct {
	Key, Value ssa.Value
	At         ssa.Instruction
}

// Tracer answers questions about one package.
type Tracer struct {
	eff     Effects
	results map[resultKey]Origin
	bounds  map[boundKey]answer
	vars    map[*types.Var]Vector
	fills   map[*ssa.Parameter]fillOf
	held    map[heldKey]held
	checked map[check]answer
	asking  int // questions that led to the one being answered
}

type resultKey struct {
	fn     *ssa.Function
	result int
	object bool
}

// NewTracer returns a tracer for a package.
func NewTracer(eff Effects) *Tracer {
	return &Tracer{eff: eff, results: map[resultKey]Origin{}, bounds: map[boundKey]answer{}, vars: map[*types.Var]Vector{}, fills: map[*ssa.Parameter]fillOf{},
		held: map[heldKey]held{}, checked: map[check]answer{}}
}

// maxSteps bounds the work on one question.
const maxSteps = 600

// maxBlocks bounds the search for stores.
const maxBlocks = 5000

// Of returns where v comes from, as used in block at.
func (t *Tracer) Of(v ssa.Value, at *ssa.BasicBlock) Origin {
	w := t.walk()
	return w.trace(v, at)
}

func (t *Tracer) walk() *walker {
	return &walker{t: t, seen: map[ssa.Value]bool{}, owning: map[*ssa.Alloc]bool{}}
}

// Result returns where a result of fn comes from.
func (t *Tracer) Result(fn *ssa.Function, i int) Origin { return t.resultAs(fn, i, false) }

func (t *Tracer) resultAs(fn *ssa.Function, i int, object bool) Origin {
	key := resultKey{fn, i, object}
	if o, ok := t.results[key]; ok {
		return o
	}
	t.results[key] = Origin{} // what recursion adds, others have already
	o := Origin{}
	w := t.walk()
	w.object = object
	for _, b := range fn.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && i < len(ret.Results) {
			o = join(o, w.trace(ret.Results[i], b))
		}
	}
	t.results[key] = o
	return o
}

// walker answers one question.
type walker struct {
	t      *Tracer
	seen   map[ssa.Value]bool  // on the way here
	owning map[*ssa.Alloc]bool // structs on the way here
	blocks int                 // visited in search of stores
	steps  int
	// object says that structs are asked for as such, not for what was put into
	// their fields.
	object bool
	depth  int  // calls entered
	later  bool // the question is what holds when the function ends
}

// maxDepth bounds the callers that a parameter is followed to.
const maxDepth = 4
