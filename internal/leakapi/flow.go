package leakapi

import (
	"go/types"
	"strings"
)

// Block says that a call waits for something outside the program.
type Block struct {
	On      string // what it waits for, such as "network"
	Ctx     int    // the argument that is, or carries, the context that ends the wait; -1 if none can
	Limiter int    // the argument whose limit fields can bound the wait; -1 if none
	Limited bool   // it gives up by itself
	Unless  Mark   // it does not wait if that argument is that constant
}

// Twin is what to call in place of a function that takes no context.
type Twin struct {
	With string // a function or method beside it that takes the context first
	Via  string // or a method of the receiver that takes a context and returns a receiver
	Use  string // or words for another way
	Weak bool   // the wait is short: worth a look, not a report

	Unless Mark // it is not needed if that argument is that constant
}

// ContextFrom says where a context comes from.
type ContextFrom uint8

const (
	FromArg  ContextFrom = iota // from an argument that is or carries one
	Fresh                       // newly made: nobody can cancel it
	Detached                    // cut off on purpose
)

// Context says where the context comes from that a call's result, or an
// argument once the call is done, is or carries.
type Context struct {
	Result  int // -1 if Into says what carries it
	Into    int // the argument that the call gives the context; -1 if it is a result
	From    ContextFrom
	Arg     int
	Limited bool // it ends by itself
}

// Offer says that a value of a type offers a context.
type Offer struct {
	Get  string // what to write behind the value's name, such as "Request.Context()"
	Weak bool   // such contexts often live as long as the process

	// Command is set if functions that get such a value are commands, which run once.
	Command bool
}

func (p *parser) block(r *row, f *Func) {
	b := &Block{On: strings.ReplaceAll(r.need("on"), "-", " "), Ctx: -1, Limiter: -1, Limited: r.yes("limited"), Unless: r.mark("unless")}
	if v := r.take("ctx"); v != "" {
		b.Ctx = r.index("ctx", v)
	}
	if v := r.take("limiter"); v != "" {
		b.Limiter = r.index("limiter", v)
	}
	f.Block = b
}

func (p *parser) twin(r *row, f *Func) {
	t := &Twin{With: r.take("with"), Via: r.take("via"), Use: strings.ReplaceAll(r.take("use"), "-", " "), Weak: r.yes("weak"), Unless: r.mark("unless")}
	n := 0
	for _, v := range []string{t.With, t.Via, t.Use} {
		if v != "" {
			n++
		}
	}
	if n != 1 {
		r.fail("twin %s needs one of with=, via= and use=", r.key)
	}
	f.Twin = t
}

func (p *parser) context(r *row, f *Func) {
	c := Context{Arg: -1, Result: -1, Into: -1, Limited: r.yes("limited")}
	if into := r.take("arg"); into != "" {
		c.Into = r.index("arg", into)
	} else {
		c.Result = r.index("result", r.need("result"))
	}
	is, from := r.take("is"), r.take("from")
	switch {
	case is == "fresh" && from == "":
		c.From = Fresh
	case is == "detached" && from == "":
		c.From = Detached
	case is == "" && from != "":
		c.Arg = r.index("from", from)
	default:
		r.fail("context %s needs one of is=fresh, is=detached and from=", r.key)
	}
	f.Contexts = append(f.Contexts, c)
}

func (p *parser) offer(r *row) {
	p.rows.offers[r.key] = &Offer{Get: r.need("get"), Weak: r.yes("weak"), Command: r.yes("command")}
}

func (p *parser) accept(r *row, f *Func) {
	i, _ := r.ref("result", r.need("result"))
	f.Accepts = append(f.Accepts, i)
}

func (p *parser) limit(r *row) {
	if strings.HasPrefix(r.key, "*") {
		r.fail("limit %s: name the type without *", r.key)
	}
	for name := range strings.SplitSeq(r.need("field"), ",") {
		if name == "" {
			r.fail("limit %s: an empty field name", r.key)
		}
		p.rows.limits[r.key] = append(p.rows.limits[r.key], name)
	}
}

// index parses an index alone.
func (r *row) index(name, v string) int {
	n, path := r.ref(name, v)
	if path != nil {
		r.fail("%s=%s is not an index alone", name, v)
	}
	return n
}

// yes takes an attribute that can only be yes.
func (r *row) yes(name string) bool { return r.only(name, "yes") }

// only takes an attribute that can only have one value, and reports whether it is
// there.
func (r *row) only(name, value string) bool {
	v := r.take(name)
	if v != "" && v != value {
		r.fail("%s=%s: only %s=%s can be said", name, v, name, value)
	}
	return v != ""
}

// Flow reports whether a row speaks of waits or contexts.
func (f *Func) Flow() bool {
	return f.Block != nil || f.Twin != nil || f.Contexts != nil || f.Sets != nil || f.Accepts != nil || f.Shared != nil || f.NoWait
}

// Resources reports whether a row speaks of resources or of the path.
func (f *Func) Resources() bool {
	return f.Acquires != nil || f.Args != nil || f.FuncArgs != nil || f.Makes != nil || f.NotOwned != nil || f.NoReturn ||
		f.Fails || f.NeverNil != nil || f.NilIff != nil || f.Assumes != nil || f.OfNil != nil || f.Pure
}

// Offer returns what the tables say of contexts that values of a type offer,
// or nil.
func (t *Tables) Offer(typ types.Type) *Offer {
	return typed(t, typ, offerRows)
}

// Limits returns the fields that bound how long calls on a value of a type,
// or on what it points to, can take.
func (t *Tables) Limits(typ types.Type) []string {
	return typed(t, pointee(typ), limitRows)
}

// IfaceBlock returns the row with a block that a call on a user's interface
// method inherits: that of a tabled method with the same name and an identical
// signature. lookup finds a package by its path, or returns nil.
func (t *Tables) IfaceBlock(m *types.Func, lookup func(string) *types.Package) *Func {
	if sig := m.Signature(); sig.Params().Len() < 2 && sig.Results().Len() < 2 {
		return nil // too many things have a method Ping(ctx) error
	}
	for _, key := range t.named(m.Name(), func(x *index) keyed { return x.blockers }) {
		if tabled := findMethod(key, lookup); tabled != nil && sameSignature(m, tabled) {
			return t.FuncByKey(key)
		}
	}
	return nil
}

// NamesBlocking reports whether a function of that name, of whatever package
// or type, has a row that matters to contexts.
func (t *Tables) NamesBlocking(name string) bool {
	return t.has(name, func(x *index) words { return x.flowNames })
}

// Waits reports whether a package has functions that wait, or that make or
// hand on contexts.
func (t *Tables) Waits(pkg string) bool {
	return t.has(pkg, func(x *index) words { return x.flowPkgs })
}

// Transient reports whether a wait is for nothing outside the program, or is
// soon over.
func Transient(on string) bool { return transient[on] }

var transient = map[string]bool{OnSleep: true, OnWait: true, OnEvent: true, OnResolver: true}

// The waits that this program, or time, ends.
const (
	OnSleep = "sleep" // for time to pass
	OnWait  = "wait"  // for other goroutines
	OnEvent = "event" // for other goroutines, or for a context to end

	// OnResolver is a wait for a name server, which takes seconds at most.
	OnResolver = "resolver"
)

// IsContext reports whether t is a context: an interface with the methods of
// context.Context.
func IsContext(t types.Type) bool {
	iface, ok := t.Underlying().(*types.Interface)
	if !ok || iface.NumMethods() < 4 {
		return false
	}
	found := 0
	for m := range iface.Methods() {
		switch m.Name() {
		case "Deadline", "Done", "Err", "Value":
			found++
		}
	}
	return found == 4
}

// IsSignal reports whether channels of t tell of ends: they carry nothing, or
// signals of the operating system.
func IsSignal(t types.Type) bool {
	if st, ok := t.Underlying().(*types.Struct); ok {
		return st.NumFields() == 0
	}
	return types.TypeString(t, nil) == "os.Signal"
}

// IsEndError reports whether a variable is one of the errors with which
// contexts end.
func IsEndError(obj types.Object) bool {
	return obj != nil && obj.Pkg() != nil && obj.Pkg().Path() == "context" &&
		(obj.Name() == "Canceled" || obj.Name() == "DeadlineExceeded")
}

// Unlimited reports whether a variable holds a client, or a client's transport, without any
// limit on how long an answer takes.
func Unlimited(v types.Object) bool {
	return v != nil && v.Pkg() != nil && v.Pkg().Path() == "net/http" && (v.Name() == "DefaultClient" || v.Name() == "DefaultTransport")
}

// IsMeta reports whether values of t stand for types: a program has as many as
// its text says.
func IsMeta(t types.Type) bool { return namedKey(t) == "reflect.Type" }

// IsLock reports whether values of t keep goroutines apart.
func IsLock(t types.Type) bool {
	switch namedKey(pointee(t)) {
	case "sync.Map", "sync.Mutex", "sync.Once", "sync.RWMutex":
		return true
	}
	return false
}

// IsTime reports whether t is the type of points in time.
func IsTime(t types.Type) bool { return namedKey(t) == "time.Time" }
