// Package obligation follows one resource along every path of a function and
// says where each path leaves it: released, handed on, or open.
//
// It never knows what the resource is. A Spec says where it comes from and
// which methods release it; Effects answers what callees do with it.
package obligation

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// Alias is a way to the resource from a result, or from what a parameter points
// to.
type Alias struct {
	Result int // or ^i for parameter i, the receiver first
	Path   pathcond.Path
}

// Empty is a field whose value within bounds means that nothing is held.
type Empty struct {
	Result int
	Path   pathcond.Path // to the field
	Lo, Hi int64
	NotNil bool // it holds nothing if the field is not nil, instead
}

// Spec says what to follow.
type Spec struct {
	Root *ssa.Function // where paths begin

	// Either the call that acquires the resource, and the results through
	// which it can be reached, or the argument that is it from then on,
	Call    ssa.CallInstruction
	Aliases []Alias
	When    leakapi.When // the obligation exists only if the last result is so
	Empty   []Empty

	// or the parameter or free variable that leads to it at entry by Path.
	Entry ssa.Value
	Path  pathcond.Path

	Release []string   // methods of the handle that release it
	Sure    []string   // methods of the handle that hardly fail while it is not released
	Parts   []string   // methods of what lies in its fields that release it
	Fails   []string   // methods of the handle that release it if they return an error
	Handle  types.Type // the handle's static type, if known
	None    string     // where something is this text, there is nothing to release; "" for none

	// NotNil has a bit for each result of the call that is not nil, or true, where the
	// obligation exists.
	NotNil uint16

	// Until is the result of the call which is a function that says by returning
	// false that the obligation is over; -1 if there is none.
	Until int

	// Carried says that a context among the results of the call leads to the
	// resource, too, for whoever is given it for good.
	Carried bool

	// Alone says that nothing is known of what calls Root: what goes by its other
	// parameters is doubtful.
	Alone bool

	// Keeps says to follow what is stored in a field of a parameter on to where the
	// function returns, and to leave it open where it fails.
	Keeps bool

	// Waits says that a goroutine which waits for what need not come before it
	// releases the resource may never do so.
	Waits bool
}

// Mask is a set of fates.
type Mask uint8

const (
	Borrowed Mask = 1 << iota // left as it was
	Released
	Escaped // handed on, to someone who may release it
)

// Effect is what a call does with a resource that an argument leads to, told
// apart by the call's last result. An empty mask means that the call never
// returns so.
type Effect struct {
	Zero    Mask // the last result is nil or false, or is neither error nor bool
	NonZero Mask
	Aliases []Alias // results from which the resource can be reached, too
}

// Uniform is the effect of a call that does the same however it returns.
func Uniform(m Mask) Effect { return Effect{Zero: m, NonZero: m} }

// Effects answers what callees do.
type Effects interface {
	pathcond.Contracts
	// Arg returns what call does with the resource that its argument leads to
	// by path. Arguments are counted as in call.Args; for an interface method
	// the receiver is argument -1.
	Arg(call *ssa.CallCommon, arg int, path pathcond.Path, spec *Spec) Effect
	// Takes reports whether a field takes over what is stored in it.
	Takes(field *types.Var) bool
	// Captured returns what the function literal fn does, whenever it runs,
	// with the resource that its free variable leads to by path.
	Captured(fn *ssa.Function, freeVar int, path pathcond.Path, spec *Spec) Effect
	// FuncArg returns how call treats a function argument.
	FuncArg(call *ssa.CallCommon, arg int) leakapi.How
}

// Fate says how a path leaves the resource.
type Fate uint8

const (
	Open        Fate = iota + 1 // the path returns and nobody has it
	Done                        // released
	Returned                    // results lead to it
	Stored                      // kept in a field, variable or container
	Passed                      // handed to a callee, goroutine or channel
	Overwritten                 // the acquiring call runs again and nothing refers to it
	DeferLoop                   // released by a defer, but the acquiring call runs again first
)

// Exit is the end of a path.
type Exit struct {
	Fate     Fate
	Instr    ssa.Instruction // where: the return, the store, the repeated call
	Last     leakapi.When    // what is known of the function's last result; Always means nothing
	Aliases  []Alias         // for Returned
	NotNil   uint16          // for Returned: a bit for each result that is known not to be nil, or to be true
	Field    *types.Var      // for Stored in a field
	Kept     *types.Var      // for Stored and Passed: the field of what is handed on that alone holds it
	lent     *lending        // functions that cannot be seen, which have had the resource
	Within   bool            // for Open, if Spec.Keeps: a parameter still leads to it
	Doubtful bool            // a method has failed that hardly does, or the resource is of another type than it is taken for
	Beside   bool            // a goroutine has had the resource, and left it open
	Left     *ssa.Return     // of a helper or goroutine that releases it elsewhere, and had it last; nil if none
	Defer    *ssa.Defer      // for Overwritten: a deferred call that releases the last one
	Branches []Branch        // taken since the resource was acquired, in order
}

// Branch is a decision on a path.
type Branch struct {
	If   *ssa.If
	Cond bool // what the condition was
}

// Result is what was found.
type Result struct {
	Exits   []Exit
	Reached bool // some path acquires the resource
	GaveUp  bool // there were too many paths; Exits is incomplete
	Work    int  // what was spent
}

// Has reports whether some path ends with fate f.
func (r *Result) Has(f Fate) bool {
	for _, e := range r.Exits {
		if e.Fate == f {
			return true
		}
	}
	return false
}

// Effect folds the exits of an exploration from an entry into an effect.
func (r *Result) Effect() Effect {
	if r.GaveUp {
		return Uniform(Escaped)
	}
	var eff Effect
	for _, e := range r.Exits {
		var m Mask
		switch e.Fate {
		case Open:
			m = Borrowed
		case Done:
			m = Released
		case Returned:
			m = Borrowed
			for _, a := range e.Aliases {
				eff.add(a)
			}
		default:
			m = Escaped
		}
		if e.Last != leakapi.NonZero {
			eff.Zero |= m
		}
		if e.Last != leakapi.Zero {
			eff.NonZero |= m
		}
	}
	return eff
}

func (e *Effect) add(a Alias) {
	for _, b := range e.Aliases {
		if a == b {
			return
		}
	}
	e.Aliases = append(e.Aliases, a)
}
