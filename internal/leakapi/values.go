package leakapi

import (
	"go/types"
	"strings"
)

// Ref is an argument, counted with the receiver first, or a part of it.
type Ref struct {
	Arg  int
	Path []string // fields from the argument to the part
}

// Label says that an argument names or labels a series.
type Label struct {
	Ref
	Vector int    // the argument that is the vector of the series; -1 if none
	Noun   string // how messages call the label, such as "metric name"
	Pairs  bool   // names and values alternate in the argument
	Lasts  bool   // what is registered through the result has the label until it is unregistered
	Kept   bool   // the series stays; otherwise it is made each time it is asked for
}

// Vector says that a call makes a vector of series, or hands one on.
type Vector struct {
	Of     int  // the argument that the result is the vector of; -1 if it is new
	Name   *Ref // the metric's name, or options with the fields Namespace, Subsystem and Name; nil if unknown
	Labels *Ref // the labels' names; nil if it has none
	Kept   bool // its series stay; otherwise they are made each time they are asked for
}

// Pair says that a call's result, or a value of a type, is a label.
type Pair struct {
	Key, Value           int    // arguments of a function; Key is -1 if its name says which
	KeyField, ValueField string // fields of a type
}

// Source says that a result can have more values than anyone can count.
type Source struct {
	Result int    // -1 if it is what a variable holds
	Arg    int    // the argument that it fills instead; -1 if it is a result
	Says   string // how messages call it, such as "a new id"
	Weak   bool   // worth a look, not a report
}

// Derive says that a result holds what arguments hold.
type Derive struct {
	Args   []int // nil means each of them
	Result int
	Format int // the argument that says how the others are written; -1 if none
}

// Fill says that a call fills what an argument points to with what another
// holds.
type Fill struct {
	Arg, From int
}

// Bound says that an argument is one of a fixed set of values where a call has
// a given outcome.
type Bound struct {
	Arg  int
	When When
}

// Route says that a call lets a handler serve what matches a pattern.
type Route struct {
	Pattern, Handler int
}

// Values is what a function's rows say of values and labels.
type Values struct {
	Labels   []Label
	Vector   *Vector
	Pair     *Pair
	Sources  []Source
	Derives  []Derive
	Fills    []Fill
	Bounds   []Bound
	Finite   []int // results that have few values
	Forgets  []int // arguments whose series the call deletes
	Register bool  // it registers a metric for as long as the process lives
	Route    *Route
}

// Request says that values of a type are what a client has sent.
type Request struct {
	Beside string // only where a function gets it together with this type; "" means always
}

// Parts says which fields of a type have few values, which are only worth a
// look, and which to use in place of others.
type Parts struct {
	Finite, Weak []string
	Routed       []string // what a route spells out
	Instead      []Instead
}

// Instead says which field with few values tells most of what others do.
type Instead struct {
	Field string
	Of    string // the fields that lead to the other, such as URL.Path
	Since string // the Go version that has the field, such as go1.23
}

// kept takes an attribute that can only be no, and reports whether it is not.
func (r *row) kept() bool { return !r.only("kept", "no") }

// valueRow reads a row on values, and reports whether it was one.
func (p *parser) valueRow(r *row, f *Func) bool {
	v := f.Values
	if v == nil {
		v = &Values{}
	}
	switch r.word {
	case "label":
		l := Label{Vector: -1, Noun: "label", Pairs: r.yes("pairs"), Lasts: r.yes("lasts"), Kept: r.kept()}
		l.Arg, l.Path = r.ref("arg", r.need("arg"))
		if of := r.take("vector"); of != "" {
			l.Vector = r.index("vector", of)
		}
		if noun := r.take("noun"); noun != "" {
			l.Noun = strings.ReplaceAll(noun, "-", " ")
		}
		v.Labels = append(v.Labels, l)
	case "vector":
		vec := &Vector{Of: -1, Name: r.optional("name"), Labels: r.optional("labels")}
		if of := r.take("of"); of != "" {
			vec.Of = r.index("of", of)
		}
		vec.Kept = r.kept()
		v.Vector = vec
	case "pair":
		v.Pair = &Pair{Key: -1, Value: r.index("value", r.need("value"))}
		if key := r.take("key"); key != "" {
			v.Pair.Key = r.index("key", key)
		}
	case "source":
		s := Source{Says: strings.ReplaceAll(r.need("says"), "-", " "), Weak: r.yes("weak")}
		if s.Arg, s.Result = -1, -1; r.attrs["arg"] != "" {
			s.Arg = r.index("arg", r.take("arg"))
		} else if result := r.take("result"); result != "" {
			s.Result = r.index("result", result)
		}
		v.Sources = append(v.Sources, s)
	case "derive":
		d := Derive{Result: r.index("result", r.need("result")), Format: -1}
		if format := r.take("format"); format != "" {
			d.Format = r.index("format", format)
		}
		if args := r.need("arg"); args != "*" {
			for a := range strings.SplitSeq(args, ",") {
				d.Args = append(d.Args, r.index("arg", a))
			}
		}
		v.Derives = append(v.Derives, d)
	case "fill":
		v.Fills = append(v.Fills, Fill{Arg: r.index("arg", r.need("arg")), From: r.index("from", r.need("from"))})
	case "bound":
		v.Bounds = append(v.Bounds, Bound{Arg: r.index("arg", r.need("arg")), When: r.when()})
	case "finite":
		v.Finite = append(v.Finite, r.index("result", r.need("result")))
	case "forget":
		v.Forgets = append(v.Forgets, r.index("arg", r.need("arg")))
	case "route":
		v.Route = &Route{r.index("pattern", r.need("pattern")), r.index("handler", r.need("handler"))}
	case "register":
		v.Register = true
	default:
		return false
	}
	f.Values = v
	return true
}

// optional parses N or N.Field, or nothing.
func (r *row) optional(name string) *Ref {
	v := r.take(name)
	if v == "" {
		return nil
	}
	n, path := r.ref(name, v)
	return &Ref{n, path}
}

// valueTypeRow reads a row on the values of a type, and reports whether it was
// one.
func (p *parser) valueTypeRow(r *row) bool {
	switch {
	case r.word == "request":
		p.rows.requests[r.key] = &Request{Beside: r.take("beside")}
	case r.word == "pair" && r.attrs["field"] != "":
		key, value, ok := strings.Cut(r.take("field"), ",")
		if !ok || key == "" || value == "" {
			r.fail("pair %s needs field=KEY,VALUE", r.key)
		}
		p.rows.pairs[r.key] = &Pair{KeyField: key, ValueField: value}
	case r.word == "instead":
		parts := p.partsOf(r)
		parts.Instead = append(parts.Instead, Instead{Field: r.need("field"), Of: r.need("of"), Since: r.need("since")})
	case r.word == "routed":
		parts := p.partsOf(r)
		parts.Routed = append(parts.Routed, strings.Split(r.need("field"), ",")...)
	case (r.word == "finite" || r.word == "weak") && r.attrs["field"] != "":
		parts := p.partsOf(r)
		fields := strings.Split(r.take("field"), ",")
		if r.word == "finite" {
			parts.Finite = append(parts.Finite, fields...)
		} else {
			parts.Weak = append(parts.Weak, fields...)
		}
	default:
		return false
	}
	if _, recv, _, ok := splitKey(strings.TrimPrefix(r.key, "*")); !ok || recv != "" {
		r.fail("%q is not a type's full name, such as net/http.Handler or *net/http.Response", r.key)
	}
	return true
}

func (p *parser) partsOf(r *row) *Parts {
	parts := p.rows.parts[r.key]
	if parts == nil {
		parts = &Parts{}
		p.rows.parts[r.key] = parts
	}
	return parts
}

// pairsRow reads which packages hold functions that make labels.
func (p *parser) pairsRow(r *row) {
	prefix, ok := strings.CutSuffix(r.key, "/...")
	if !ok || prefix == "" {
		r.fail("pairs %s: want a path that ends in /...", r.key)
	}
	p.t.pairPkgs = append(p.t.pairPkgs, prefix+"/")
}

// NamesLabel reports whether a function of that name, of whatever package or
// type, has a row on labels.
func (t *Tables) NamesLabel(name string) bool {
	return t.has(name, func(x *index) words { return x.labelNames })
}

// Labels reports whether a package makes or labels metrics or spans.
func (t *Tables) Labels(pkg string) bool {
	return t.has(pkg, func(x *index) words { return x.labelPkgs })
}

// Variable returns what the tables say of what a package-level variable holds, or
// nil.
func (t *Tables) Variable(v *types.Var) *Source {
	if v.Pkg() == nil || v.IsField() || !t.speaksOf(v.Pkg().Path()) {
		return nil
	}
	f := t.FuncByKey(v.Pkg().Path() + "." + v.Name())
	if f == nil || f.Values == nil || len(f.Values.Sources) == 0 || !f.Values.Sources[0].OfVar() {
		return nil
	}
	return &f.Values.Sources[0]
}

// OfVar reports whether a source is what a variable holds.
func (s Source) OfVar() bool { return s.Arg < 0 && s.Result < 0 }

// Request returns what the tables say of values of a type as requests, or nil.
func (t *Tables) Request(typ types.Type) *Request {
	return typed(t, typ, requestRows)
}

// NamesRequest reports whether values of a type that is named so, or pointers
// to it, are requests.
func (t *Tables) NamesRequest(pkg, name string) bool {
	key := pkg + "." + name
	return t.speaksOf(pkg) && (t.RequestByKey(key) != nil || t.RequestByKey("*"+key) != nil)
}

// Pair returns which fields of a type make it a label, or nil.
func (t *Tables) Pair(typ types.Type) *Pair {
	return typed(t, pointee(typ), pairRows)
}

// PairOf returns what makes the result of fn a label: its row, or that it is
// one of a package's functions that make a label of their only argument.
func (t *Tables) PairOf(fn *types.Func) *Pair {
	if f := t.Func(fn); f != nil && f.Values != nil && f.Values.Pair != nil {
		return f.Values.Pair
	}
	sig := fn.Signature()
	if fn.Pkg() == nil || sig.Recv() != nil || sig.Params().Len() != 1 || sig.Results().Len() != 1 || t.Pair(sig.Results().At(0).Type()) == nil {
		return nil
	}
	for ; t != nil; t = t.base {
		for _, prefix := range t.pairPkgs {
			if strings.HasPrefix(fn.Pkg().Path(), prefix) {
				return &Pair{Key: -1}
			}
		}
	}
	return nil
}

// Parts returns what the tables say of the fields of a type, or of what it points
// to, or nil.
func (t *Tables) Parts(typ types.Type) *Parts {
	return typed(t, pointee(typ), partsRows)
}

// IsMessage reports whether t is a generated message of a remote call: a
// pointer to a struct with the methods that protocol buffers give it.
func IsMessage(t types.Type) bool {
	p, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	if _, ok := p.Elem().Underlying().(*types.Struct); !ok {
		return false
	}
	return Method(t, nil, "ProtoMessage") != nil
}

// IsResponse reports whether t is what an HTTP client gets for a request.
func IsResponse(t types.Type) bool { return namedKey(pointee(t)) == "net/http.Response" }

// IsRequest reports whether t is an HTTP request.
func IsRequest(t types.Type) bool { return namedKey(pointee(t)) == "net/http.Request" }

// Requests reports whether a type has a method that returns what an HTTP client gets for
// a request.
func Requests(t types.Type) bool {
	for m := range types.NewMethodSet(t).Methods() {
		if res := m.Obj().(*types.Func).Signature().Results(); res.Len() > 0 && IsResponse(res.At(0).Type()) {
			return true
		}
	}
	return false
}

// IsResponseWriter reports whether t is what a handler writes a response to.
func IsResponseWriter(t types.Type) bool { return namedKey(t) == "net/http.ResponseWriter" }

// IsQuantity reports whether t is a type whose constants are units, not all its
// values.
func IsQuantity(t types.Type) bool { return namedKey(t) == "time.Duration" }

// IsMoment reports whether a value of t says when.
func IsMoment(t types.Type) bool { return namedKey(pointee(t)) == "time.Time" || IsQuantity(t) }
