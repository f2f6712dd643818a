package origin_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/origin"
)

// entriesOf words what a call makes labels of: each label with where its value
// comes from.
func entriesOf(tracer *origin.Tracer, call *ssa.Call) string {
	var out []string
	for _, e := range tracer.Entries(call.Parent()) {
		if e.Call == ssa.CallInstruction(call) {
			s := e.What
			if len(e.Way) > 0 {
				s += " in " + strings.Join(e.Way, ", ")
			}
			out = append(out, s+": "+describe(e.Origin))
		}
	}
	return strings.Join(out, "; ")
}

// TestEntries takes apart what calls are given.
func TestEntries(t *testing.T) {
	c := build(t, `
var total = newVector(options{Namespace: "app", Subsystem: "http", Name: "total"}, []string{"path", "code"})

func positional(r *request, s string) {
	total.with("a", r.Path) // label "path" of app_http_total: finite; label "code" of app_http_total: any r.Path
	total.with(s) // label "path" of app_http_total: finite, by s
	total.with() //
	l := []string{"a", "b"}
	total.with(l...) // label "path" of app_http_total: finite; label "code" of app_http_total: finite
	l = append(l, r.Path)
	total.with(l...) // a label of app_http_total: finite; a label of app_http_total: finite; a label of app_http_total: any r.Path
	total.with(r.Parts...) // a label of app_http_total: any r.Parts
	total.with(fields(r.Path)...) // a label of app_http_total: any r.Path
	total.with(made(r.Path)...) // label "path" of app_http_total: finite; label "code" of app_http_total: any r.Path
}

var (
	prunedPaths = map[string]int{}
	keptPaths   = map[string]int{}
)

func visit(r *request) {
	prunedPaths[r.Path]++
	keptPaths[r.Path]++
}

// What is made for each scrape of what is deleted in between is gone then.
func scrape() {
	for p := range prunedPaths {
		export(p) // a label: unknown
		total.with(p, "a") // label "path" of app_http_total: any r.Path; label "code" of app_http_total: finite
	}
	for p := range keptPaths {
		export(p) // a label: any r.Path
	}
}

func made(s string) []string { return []string{"a", s} }

func maps(r *request) {
	total.of(labels{"path": r.Path, "code": "a"}) // label "path" of app_http_total: any r.Path; label "code" of app_http_total: finite
	l := labels{"path": r.Path}
	l["code"] = r.URL.Host
	total.of(l) // label "path" of app_http_total: any r.Path; label "code" of app_http_total: any r.URL.Host
	o := labels{"path": r.Path}
	o["path"] = "fixed"
	total.of(o) // label "path" of app_http_total: finite
	p := labels{"path": r.Path}
	if r.Secure {
		p["path"] = "fixed"
	}
	total.of(p) // label "path" of app_http_total: any r.Path; label "path" of app_http_total: finite
	total.of(labels{r.Path: "a"}) // a label of app_http_total: finite
	total.of(nil) //
	total.of(madeOf(r.Path)) // label "path" of app_http_total: any r.Path
}

func madeOf(s string) labels { return labels{"path": s} }

func pairs(r *request, s string) {
	span(r.Path) // a span name: any r.Path
	span("a", tag("user", r.Path), tag("b", "c")) // a span name: finite; attribute "user": any r.Path; attribute "b": finite
	span("a", pair{"user", r.Path}) // a span name: finite; attribute "user": any r.Path
	span("a", pair{Key: s, Value: r.Path}) // a span name: finite; an attribute: any r.Path
	p := []pair{tag("a", "b")}
	p = append(p, tag("c", r.Path))
	span(s, p...) // a span name: finite, by s; attribute "a": finite; attribute "c": any r.Path
	span("a", either(r)) // a span name: finite; attribute "d": any r.Path; attribute "e": finite
}

func either(r *request) pair {
	if r.Secure {
		return tag("d", r.Path)
	}
	return tag("e", "f")
}

func alternating(r *request, s string) {
	count("n", "path", r.Path, "code", "a") // a metric name: finite; label "path": any r.Path; label "code": finite
	count(r.Path) // a metric name: any r.Path
	count("n", r.Path, "a") // a metric name: finite; a label: finite
	count("n", "odd") // a metric name: finite
}

func parts(r *request) {
	watch(struct{ Title string }{r.Path}) // a title: any r.Path
	watch(struct{ Title string }{"a"}) // a title: finite
	newCounter(options{Name: r.Path}) // a metric name: any r.Path
	newCounter(options{Help: r.Path}) //
}

func others(r *request, s string) {
	tells("a", r.Path) // label "path" of total in tells, inner: any r.Path
	tells(r.Path, "a") // label "path" of total in tells, inner: finite
	tells("a", s) // label "path" of total in tells, inner: finite, by s
	picks(r) // label "host" of total in picks: any r.URL.Host
	silent(r.Path) //
}
`)
	tracer := origin.NewTracer(c.eff)
	c.check(t, []string{"with", "of", "span", "count", "watch", "newCounter", "export", "tells", "picks", "silent"}, func(call *ssa.Call) string {
		return entriesOf(tracer, call)
	})
}

// TestVectors finds what vectors are called, and the names of their labels.
func TestVectors(t *testing.T) {
	c := build(t, `
const name = "constant"

var (
	plain   = newVector(options{Name: "plain"}, []string{"a", "b"})
	spaced  = newVector(options{Namespace: "n", Name: "spaced"}, []string{"a"})
	short   = newVector(options{Name: name + "_total"}, nil)
	other   = newNamed(&named{options: options{Name: "named"}, Labels: []string{"x", "y"}})
	bounded = newBounded(options{Name: "bounded"}, []constrained{{Name: "a", How: lower}, {Name: "b"}})
	curried = plain.curry(labels{"a": "1"})
	unknown *vector
	Known   *vector
)

type server struct {
	field *vector
	never *vector
	sub   struct{ deep *vector }
	list  []*vector
}

func newServer() *server {
	s := &server{field: newVector(options{Name: "field"}, []string{"f"})}
	s.sub.deep = newVector(options{Name: "deep"}, []string{"d"})
	return s
}

func use(s *server, v *vector, names []string) {
	plain.with() // plain is plain(a, b)
	spaced.with() // spaced is n_spaced(a)
	short.with() // short is constant_total()
	other.with() // other is named(x, y)
	bounded.with() // bounded is bounded(a, b), bounds a
	curried.with() // curried is plain(a, b)
	unknown.with() // unknown is ()
	Known.with() // Known is known(k)
	s.field.with() // field is field(f)
	s.never.with() // never is ()
	s.sub.deep.with() // deep is deep(d)
	v.with() // is ()
	local := newVector(options{Name: "local"}, []string{"l"})
	local.with() // is local(l)
	func() {
		local.with() // is local(l)
	}()
	newVector(options{Name: "direct"}, names).with() // is direct()
	plain.curry(nil).with() // plain is plain(a, b)
}
`)
	c.eff.known = map[string]origin.Vector{"Known": {Name: "known", Labels: []string{"k"}}}
	tracer := origin.NewTracer(c.eff)
	c.check(t, []string{"with"}, func(call *ssa.Call) string {
		vec := tracer.VectorOf(call.Call.Args[0])
		s := fmt.Sprintf("is %s(%s)", vec.Name, strings.Join(vec.Labels, ", "))
		if vec.Var != nil {
			s = vec.Var.Name() + " " + s
		}
		if vec.Bound != nil {
			s += ", bounds " + strings.Join(vec.Bound, ", ")
		}
		return s
	})
}

// TestBoundLabels: what a vector bounds itself is no label to speak of.
func TestBoundLabels(t *testing.T) {
	c := build(t, `
var bounded = newBounded(options{Name: "total"}, []constrained{{Name: "a", How: lower}, {Name: "b"}})

func use(r *request) {
	bounded.with(r.Path, r.URL.Host) // label "b" of total: any r.URL.Host
	bounded.of(labels{"a": r.Path}) //
}
`)
	tracer := origin.NewTracer(c.eff)
	c.check(t, []string{"with", "of"}, func(call *ssa.Call) string { return entriesOf(tracer, call) })
}

// TestFlows: parameters become labels, in a function or what it calls.
func TestFlows(t *testing.T) {
	c := build(t, `
var total = newVector(options{Name: "total"}, []string{"a", "b"})

func one(x, y string) { total.with("c", x) }

func two(x, y string) { total.with(y, lower(x)); total.with(y) }

func none(x string) { total.with("a", few()) }

func field(r *url) { total.with(r.Host) }

func sure(r *request, x string) { total.with(r.Path + x) }

func weak(r *request, x string) { total.with(r.Method + x) }

func checked(x string) {
	if x == "a" {
		total.with(x)
	}
}

func hidden(x string) { total.with(mystery(x)) }

func inner(x string) { one(x, "a") }

func outer(x string) { inner(x) }

func far(x string) { tells("a", x) }
`)
	c.eff.labels = map[string][]origin.SiteFlow{}
	tracer := origin.NewTracer(c.eff)
	for _, tt := range []struct{ fn, want string }{
		{"one", `0 becomes label "b" of total`},
		{"two", `1 becomes label "a" of total; 0 becomes label "b" of total`},
		{"none", ""},
		{"field", `0.Host becomes label "a" of total`},
		{"sure", ""},
		{"weak", `1 becomes label "a" of total`},
		{"checked", ""},
		{"hidden", ""},
		{"inner", `0 becomes label "b" of total in one`},
		{"outer", `0 becomes label "b" of total in inner, one`},
		{"far", `0 becomes label "path" of total in tells, inner`},
	} {
		fn := c.Fn(t, tt.fn)
		flows := origin.Flows(fn, tracer.Entries(fn))
		c.eff.labels[tt.fn] = flows
		var got []string
		for _, f := range flows {
			s := strings.Join(append([]string{fmt.Sprint(f.Arg)}, f.Path...), ".") + " becomes " + f.What
			if len(f.Way) > 0 {
				s += " in " + strings.Join(f.Way, ", ")
			}
			got = append(got, s)
			if f.Site == nil || f.Site.Site != nil {
				t.Errorf("%s: the site is %v", tt.fn, f.Site)
			}
		}
		if got := strings.Join(got, "; "); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.fn, got, tt.want)
		}
	}
}

// TestFlowsLimit: what is remembered of one function has a limit.
func TestFlowsLimit(t *testing.T) {
	c := build(t, "var total = newVector(options{Name: \"total\"}, nil)\nfunc many(s string) {\n"+
		strings.Repeat("\tspan(s)\n", 40)+strings.Repeat("\ttotal.with(s)\n", 40)+
		strings.Join(slices.Collect(func(yield func(string) bool) {
			for i := range 40 {
				if !yield(fmt.Sprintf("\tcount(\"n\", \"l%d\", s)\n", i)) {
					return
				}
			}
		}), "")+"}\n")
	fn := c.Fn(t, "many")
	if n := len(origin.Flows(fn, origin.NewTracer(c.eff).Entries(fn))); n < 3 || n > 20 {
		t.Errorf("%d labels are remembered", n)
	}
}

// TestHops: the way from a source is remembered, step by step.
func TestHops(t *testing.T) {
	c := build(t, `
type server struct{ last string }

func path(r *request) string { return r.Path }

func (s *server) keep(what string) { s.last = what }

func (s *server) serve(r *request) { s.keep(path(r)) }

func (s *server) flush() {
	see(s.last) // what path returns, passed to keep, kept in last
}

func (s *server) other(r *request) {
	see(lower(path(r))) // what path returns
	see(r.Path) //
}
`)
	tracer := origin.NewTracer(c.eff)
	c.check(t, seen, func(call *ssa.Call) string {
		var hops []string
		for _, h := range tracer.Of(call.Call.Args[0], call.Block()).Source.Hops {
			hops = append(hops, h.Says)
			if !h.Pos.IsValid() {
				t.Errorf("%q is nowhere", h.Says)
			}
		}
		return strings.Join(hops, ", ")
	})
}
