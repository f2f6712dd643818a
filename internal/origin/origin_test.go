package origin_test

import (
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakssa/ssatest"
	"github.com/leakvet/leakvet/internal/origin"
)

// world declares what the tests' tables speak of, and what they do not.
const world = `package p

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

var (
	_ context.Context
	_ = errors.Is
	_ = fmt.Sprint
	_ = slices.Contains[[]int]
	_ = strings.ToLower
)

// see, num and all tell the tests where to look.
func see(s string)
func num(n int)
func all(v any)

// request is what a client sends: any scheme is one of few, the method mostly.
type request struct {
	Path, Method, Scheme string
	Size                 int
	Secure               bool
	URL                  *url
	Header               map[string]string
	Parts                []string
	Body                 *body
	Prev                 *request
}

type url struct{ Host, Query string }

type body struct{}

func (r *request) Form(name string) string

// loose is a request for those who are given a writer, too.
type loose struct{ Path string }

type writer struct{}

// color is one of few.
type color string

const (
	red  color = "red"
	blue color = "blue"
)

func (c color) name() string

// Sources, and what has few values.
func id() string
func stamped() (string, error)
func often() string
func few() string

// mystery is something that nothing is known of.
func mystery(s string) string
func unseen() string

// What hands on what it is given.
func lower(s string) string
func concat(a, b string) string
func strip(s, what string) string
func format(f string, args ...any) string
func fields(s string) []string
func atoi(s string) (int, error)
func itoa(n int) string

// What fills something.
func decode(b *body, into any) error
func read(b *body, into []byte)
func scan(into ...any)
func stamp(into *string)

// entropy never holds the same for long.
var entropy *body

// What bounds something, and what may.
func oneOf(s string, list ...string) bool
func index(s string) int
func opaque(s string) bool
func opaqueCheck(s string) error

// dial waits for something outside, sum does not.
func dial() error
func sum() error

// message is a generated message.
type message struct {
	Name string
	Sub  *message
}

func (*message) ProtoMessage()
func (m *message) GetName() string
func (m *message) GetSub() *message

// Vectors and what labels their series.
type options struct{ Namespace, Subsystem, Name, Help string }
type named struct {
	options
	Labels []string
}
type vector struct{}
type counter struct{}
type labels map[string]string
type pair struct {
	Key   string
	Value string
}
type constrained struct {
	Name string
	How  func(string) string
}

func newVector(o options, labels []string) *vector
func newNamed(o *named) *vector
func newBounded(o options, labels []constrained) *vector
func newCounter(o options) *counter
func (v *vector) with(values ...string) *counter
func (v *vector) of(l labels) *counter
func (v *vector) curry(l labels) *vector
func tag(name, value string) pair
func span(name string, pairs ...pair)
func count(name string, keysAndValues ...string)
func watch(what struct{ Title string })
func export(value string)

// Functions of other packages, of which facts tell.
func elsewhere(a, b string) string
func remoteID() string
func remotePath(r *request) string
func remoteFew(s string) string
func tells(a, path string)
func picks(r *request)
func silent(s string)
`

// rows is what the tables say of the world.
const rows = `
request *p.request
request *p.loose beside=*p.writer
finite  p.request field=Scheme
weak    p.request field=Method
routed  p.request field=Path
derive  (*p.request).Form arg=0 result=0

source p.id      result=0 says=a-new-id
source p.stamped result=0 says=a-new-stamp
source p.often   result=0 says=a-rare-thing weak=yes
source p.stamp   arg=0 says=a-new-stamp
source p.scan    arg=0 says=what-a-user-types
finite p.few     result=0

derive p.lower  arg=0 result=0
derive p.concat arg=* result=0
derive p.strip  arg=0 result=0
derive p.format arg=* result=0 format=0
derive p.fields arg=0 result=0
derive p.atoi   arg=0 result=0
derive p.atoi   arg=0 result=1
derive p.itoa   arg=0 result=0
fill   p.decode arg=1 from=0
fill   p.read   arg=1 from=0
bound  p.oneOf   arg=0 when=ok==true

vector p.newVector         name=0 labels=1
vector p.newNamed          name=0.options labels=0.Labels
vector p.newBounded        name=0 labels=1
vector p.newCounter        name=0
label  p.newCounter        arg=0.Name noun=metric-name
label  (*p.vector).with    arg=1 vector=0
label  (*p.vector).of      arg=1 vector=0
label  (*p.vector).curry   arg=1 vector=0
vector (*p.vector).curry   of=0
pair   p.tag               key=0 value=1
pair   p.pair              field=Key,Value
pair   p.constrained       field=Name,How
label  p.span              arg=0 noun=span-name
label  p.span              arg=1 noun=attribute
label  p.count             arg=0 noun=metric-name
label  p.count             arg=1 pairs=yes
label  p.watch             arg=0.Title noun=title
label  p.export            arg=0 noun=label kept=no
`

// code is a package of the world and some functions.
type code struct {
	*ssatest.Code
	eff *fake
}

func build(t *testing.T, source string) *code {
	t.Helper()
	c := &code{Code: ssatest.Build(t, world, source, []string{"context", "errors", "fmt", "slices", "strings"}, true)}
	c.eff = newFake(t, c)
	return c
}

// check compares what get says of the calls of some functions with the comments
// behind them.
func (c *code) check(t *testing.T, callees []string, get func(*ssa.Call) string) {
	t.Helper()
	c.Check(t, c.calls(callees...), get)
}

func (c *code) calls(callees ...string) []*ssa.Call { return c.Calls(name, callees...) }

// seen are the functions that tell the tests where to look.
var seen = []string{"see", "num", "all"}

// checkSeen compares where the arguments of see, num and all come from with the
// comments behind the calls.
func checkSeen(t *testing.T, source string) {
	t.Helper()
	c := build(t, source)
	tracer := origin.NewTracer(c.eff)
	c.check(t, seen, func(call *ssa.Call) string { return describe(tracer.Of(call.Call.Args[0], call.Block())) })
}

// describe words an origin: what is known of its kind, with the source, and the
// parameters that it depends on.
func describe(o origin.Origin) string {
	s := []string{"finite", "unknown", "any"}[o.Kind]
	if src := o.Source; src != nil {
		if o.Kind != origin.Unbounded {
			return "a source without " + s
		}
		if src.Weak {
			s = "weak"
		}
		if src.Text != "" {
			s += " " + src.Text
		}
		if src.Says != "" {
			s += ", " + src.Says
		}
	}
	for _, d := range o.Deps {
		s += ", by " + strings.Join(append([]string{d.Param.Name()}, d.Path...), ".")
		if d.Weak {
			s += " weakly"
		}
	}
	return s
}
