// Package leakapi knows what the world's APIs do with resources.
//
// The knowledge lives in embedded, line-oriented tables; docs/tables.md has
// their grammar. Keys are spelled exactly as types.Func.FullName prints them,
// so that no other package of the suite names an API.
package leakapi

import "fmt"

// Class is a kind of resource.
type Class struct {
	Name      string   // the word tables use, such as "body"
	Rule      string   // the rule that speaks for it
	Holder    string   // the rule that speaks for a value that keeps one in a field and has a method that releases it
	Noun      string   // how messages call it
	Release   []string // methods of the handle that end the obligation; Call if calling it does
	Done      string   // how messages call a released one, such as "closed"
	Fails     []string // methods of the handle that end the obligation if they return an error
	Sure      []string // methods of the handle that hardly fail while it is not released
	Context   bool     // the end of the context that the acquiring call is given ends it, too
	Over      bool     // so does the end of that context, but a release would be better
	None      string   // a call that is given this text acquires nothing; "" if there is none
	Again     bool     // releasing twice does no harm
	Collected string   // the Go version since which one that nothing refers to is collected, or ""
	Few       bool     // a few that stay open until a function returns do no harm
	Tests     bool     // told in tests, too, if no path releases it
	Meant     bool     // who does not take it means to leave it
	Carried   bool     // a context beside it leads to it, too
	Audit     bool     // to leave one is worth a look, not a report
}

// Call stands among the methods of a class for calling the handle itself.
const Call = "()"

// Methods reports whether handles of the class are released by methods, rather than
// by functions that get them.
func (c *Class) Methods() bool { return len(c.Release) > 0 && !c.Calls() }

// Calls reports whether handles of the class are released by calling them.
func (c *Class) Calls() bool { return len(c.Release) == 1 && c.Release[0] == Call }

// When says under which outcome of a call an obligation exists or an effect
// takes place.
type When uint8

const (
	Always  When = iota
	Zero         // the last result is nil or false
	NonZero      // the last result is not nil, or true
)

// Acquire is an obligation that a call lays on its caller.
type Acquire struct {
	Class   *Class
	Result  int      // index of the result that holds the handle
	Path    []string // fields from that result to the handle
	When    When
	Failed  string // it holds nothing if that field of the result is not nil
	Unless  Mark   // no obligation if the argument carries this mark
	Only    Mark   // an obligation only if the argument carries this mark
	Until   int    // the obligation is over once a call of that result returns false; -1 if there is none
	Maker   bool   // the release of what the method is called on ends the obligation, too, but later
	NoIface bool   // a user's interface method of the same shape does not inherit the row
}

// Mark names a property that a constructor gives to its result.
type Mark struct {
	Arg  int // index among the call's arguments, receiver first
	Name string
}

// NilMark is the mark of what is written as nil, which no row gives.
const NilMark = "nil"

// Made says that a call's result carries a mark if a constant argument has a
// given value.
type Made struct {
	Result int
	Arg    int
	Value  string
	Mark   string
}

// Effect says what a call does with an argument.
type Effect uint8

const (
	Unknown Effect = iota
	Borrow         // uses it and gives it back
	Keep           // takes it over
	Close          // releases it
	Wrap           // the result reads through it but does not release it
	Through        // the result's release releases it
	Alias          // the result is that part of the argument
)

// Arg is the effect of a call on one argument.
type Arg struct {
	Index  int // among the call's arguments, receiver first; -1 means each of them
	Path   []string
	Effect Effect
	When   When
	Result int  // for Wrap and Through
	Cell   bool // for Keep: argument In is a cell that holds it from then on
	In     int
}

// How says how a function argument is called.
type How uint8

const (
	HowUnknown How = iota
	NowOnce        // before the call returns, exactly once
	NowMany        // before the call returns, any number of times
	Deferred       // later, surely
	Goroutine      // on another goroutine
	Stored         // kept
)

// FuncArg says how a call treats a function argument.
type FuncArg struct {
	Index int
	How   How
}

// NilIff says that a result is nil if, and only if, all of some arguments are. Of a
// variadic one, all that are given for it.
type NilIff struct {
	Args   []int // among the call's arguments, receiver first
	Result int
}

// OfNil says what a result is if an argument is nil, or is not: of a variadic one, all
// that are given for it; of a number, if it is 0, or is not.
type OfNil struct {
	Arg    int // among the call's arguments, receiver first
	Result int
	Is     Is
	NonNil bool  // the argument is not nil
	Const  int64 // what it is, with IsConst
}

// Is is what is known of a value.
type Is uint8

const (
	IsUnknown Is = iota
	IsNil
	IsNotNil
	IsFalse
	IsTrue
	IsEmpty // "" or 0
	IsConst // another whole number
)

// Assume says what holds for an argument once the call returns.
type Assume struct {
	Arg  int  // among the call's arguments, receiver first
	Nil  bool // it is nil, or else it is not
	Cond bool // it is a condition instead, and
	True bool // true, or else false
}

// Func is everything the tables say of one function or method.
type Func struct {
	Acquires []Acquire
	Args     []Arg
	FuncArgs []FuncArg
	Makes    []Made
	NotOwned []int // results that are lent, whatever their type says
	NoReturn bool
	Fails    bool  // a test that gets here has failed: what follows shows nothing
	NeverNil []int // results that are never nil
	NilIff   []NilIff
	Assumes  []Assume
	OfNil    []OfNil
	Prefix   bool  // with Pure: it reports whether a text begins with the last argument
	Pure     bool  // equal arguments give equal results
	NoWait   bool  // it does not wait, whatever its code looks like
	Shared   []int // function arguments that work for other callers too
	Sets     []int // arguments on which the call sets a deadline
	Accepts  []int // results that are connections which a peer has opened
	Block    *Block
	Twin     *Twin
	Contexts []Context
	Values   *Values // what it does with values and labels; nil if nothing
	Growth   *Growth // what it does with containers; nil if nothing
	Caching  *Caching
	Timer    *Timer
	Serving  *Serving
}

// Type says that values of a type carry an obligation wherever they come from.
type Type struct {
	Key   string // as types.TypeString prints it
	Class *Class
	Path  []string
	Empty []Empty
	Lent  bool // what a callee that is not known returns of the type is lent

	Embedded bool // the row speaks of interfaces that have all methods of the type, too
}

// Empty is a condition under which a value of a type holds nothing.
type Empty struct {
	Field  string
	Lo, Hi int64 // both included
}

// String returns the word that tables use for e.
func (e Effect) String() string {
	for word, effect := range effectWords {
		if effect == e {
			return word
		}
	}
	return fmt.Sprintf("Effect(%d)", uint8(e))
}
