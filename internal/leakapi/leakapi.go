// Package leakapi knows what the world's APIs do with resources.
//
// The knowledge lives in embedded, line-oriented tables; docs/tables.md has
// their grammar. Keys are spelled exactly as types.Func.FullName prints them,
// so that no other package of the suite names an API.
package leakapi

import (
	"embed"
	"fmt"
	"go/types"
	"io/fs"
	"path"
	"slices"
	"sync"
)

//go:embed tables/*.txt
var embedded embed.FS

// Class is a kind of resource.
type Class struct {
	Name    string   // the word tables use, such as "body"
	Rule    string   // the rule that speaks for it
	Noun    string   // how messages call it
	Release []string // methods of the handle that end the obligation
	Done    string   // how messages call a released one, such as "closed"
	Again   bool     // releasing twice does no harm
}

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
	Unless  Mark // no obligation if the argument carries this mark
	Only    Mark // an obligation only if the argument carries this mark
	NoIface bool // a user's interface method of the same shape does not inherit the row
}

// Mark names a property that a constructor gives to its result.
type Mark struct {
	Arg  int // index among the call's arguments, receiver first
	Name string
}

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
	Result int // for Wrap and Through
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

// NilIff says that a result is nil if, and only if, an argument is.
type NilIff struct {
	Arg    int // among the call's arguments, receiver first
	Result int
}

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
	TrueIf   []int // arguments that are not nil if the result is true
	Pure     bool  // equal arguments give equal results
	NoWait   bool  // it does not wait, whatever its code looks like
	Shared   []int // function arguments that work for other callers too
	Sets     []int // arguments on which the call sets a deadline
	Accepts  []int // results that are connections which a peer has opened
	Block    *Block
	Twin     *Twin
	Contexts []Context
	Values   *Values // what it does with values and labels; nil if nothing
}

// Type says that values of a type carry an obligation wherever they come from.
type Type struct {
	Key   string // as types.TypeString prints it
	Class *Class
	Path  []string
	Empty []Empty
}

// Empty is a condition under which a value of a type holds nothing.
type Empty struct {
	Field  string
	Lo, Hi int64 // both included
}

// Tables is the compiled, immutable content of all tables.
type Tables struct {
	classes  map[string]*Class
	funcs    map[string]*Func
	types    map[string]*Type
	packages map[string]Effect
	methods  map[string][]ifaceRow // acquire rows of methods, by name

	offers    map[string]*Offer
	limits    map[string][]string // fields by type
	blockers  map[string][]string // keys of methods with a context argument, by name
	flowNames map[string]bool     // names of functions that wait or make contexts
	flowPkgs  map[string]bool     // packages with rows on contexts

	requests   map[string]*Request
	pairs      map[string]*Pair
	parts      map[string]*Parts
	pairPkgs   []string // prefixes of packages whose functions make labels
	labelNames map[string]bool // names of functions with rows on labels
	labelPkgs  map[string]bool // packages that make or label metrics
}

type ifaceRow struct {
	key string
	acq Acquire
}

// Builtin returns the embedded tables. It panics if they are malformed, which
// a test rules out.
var Builtin = sync.OnceValue(func() *Tables {
	t, err := load(embedded)
	if err != nil {
		panic(err)
	}
	return t
})

func load(fsys fs.FS) (*Tables, error) {
	names, err := fs.Glob(fsys, "tables/*.txt")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	p := newParser()
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		if err := p.parse(path.Base(name), string(data)); err != nil {
			return nil, err
		}
	}
	return p.finish(), nil
}

// With returns the tables with a user's rows merged over them: a user's row
// replaces what the built-in tables say of the same key. Errors name file, the
// line and the mend.
func (t *Tables) With(file, rows string) (*Tables, error) {
	if rows == "" {
		return t, nil
	}
	p := newParser()
	for name, c := range t.classes {
		p.t.classes[name] = c
	}
	if err := p.parse(file, rows); err != nil {
		return nil, err
	}
	merged := p.t
	fillIn(merged.funcs, t.funcs)
	fillIn(merged.types, t.types)
	fillIn(merged.offers, t.offers)
	fillIn(merged.limits, t.limits)
	fillIn(merged.packages, t.packages)
	fillIn(merged.requests, t.requests)
	fillIn(merged.pairs, t.pairs)
	fillIn(merged.parts, t.parts)
	merged.pairPkgs = append(merged.pairPkgs, t.pairPkgs...)
	return p.finish(), nil
}

// fillIn adds to dst what it lacks of src.
func fillIn[V any](dst, src map[string]V) {
	for k, v := range src {
		if _, ok := dst[k]; !ok {
			dst[k] = v
		}
	}
}

// Class returns the class of that name, or nil.
func (t *Tables) Class(name string) *Class { return t.classes[name] }

// Func returns what the tables say of fn, or nil.
func (t *Tables) Func(fn *types.Func) *Func {
	if fn == nil || fn.Pkg() == nil {
		return nil
	}
	return t.funcs[fn.Origin().FullName()]
}

// Package returns the effect that all functions of a package have on arguments
// for which no row speaks.
func (t *Tables) Package(path string) Effect { return t.packages[path] }

// Type returns the row for values of type typ, or nil.
func (t *Tables) Type(typ types.Type) *Type {
	if key := namedKey(typ); key != "" {
		return t.types[key]
	}
	return nil
}

// NamesType reports whether there is a row for the type of that name, or for
// pointers to it.
func (t *Tables) NamesType(pkg, name string) bool {
	key := pkg + "." + name
	return t.types[key] != nil || t.types["*"+key] != nil
}

// Iface returns the acquire rows that a call on a user's interface method
// inherits: those of a tabled method with the same name and an identical
// signature. lookup finds a package by its path, or returns nil.
func (t *Tables) Iface(m *types.Func, lookup func(string) *types.Package) []Acquire {
	for _, row := range t.methods[m.Name()] {
		if row.acq.NoIface {
			continue
		}
		if tabled := findMethod(row.key, lookup); tabled != nil && sameSignature(m, tabled) {
			return t.funcs[row.key].Acquires
		}
	}
	return nil
}

func sameSignature(a, b *types.Func) bool {
	x, y := a.Signature(), b.Signature()
	return x.Variadic() == y.Variadic() && types.Identical(x.Params(), y.Params()) && types.Identical(x.Results(), y.Results())
}

// Keys returns the keys of all function rows, sorted.
func (t *Tables) Keys() []string { return sortedKeys(t.funcs) }

// FuncByKey returns the row for a key as Keys returns it.
func (t *Tables) FuncByKey(key string) *Func { return t.funcs[key] }

// TypeKeys returns the keys of all type rows, sorted.
func (t *Tables) TypeKeys() []string { return sortedKeys(t.types) }

// TypeByKey returns the row for a key as TypeKeys returns it.
func (t *Tables) TypeByKey(key string) *Type { return t.types[key] }

// String returns the word that tables use for e.
func (e Effect) String() string {
	for word, effect := range effectWords {
		if effect == e {
			return word
		}
	}
	return fmt.Sprintf("Effect(%d)", uint8(e))
}
