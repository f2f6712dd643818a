package ctxflow_test

import (
	"go/constant"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa/ssatest"
)

// world declares what the fake Effects know, and what they do not.
const world = `package p

import (
	"context"
	"errors"
	"net/http"
	"os"
	"os/signal"
	"time"
)

var (
	_ = errors.Is
	_ os.Signal
	_ = signal.NotifyContext
	_ time.Time
	_ http.Handler
)

type key struct{}

var root = context.Background()

var other context.Context

// wait waits for the world under its context, and dial without one; sleep only
// lets time pass, and join waits for goroutines.
func wait(ctx context.Context) error
func dial() error
func sleep()
func join()

// request carries a context.
type request struct{ ctx context.Context }

func newRequest() *request
func newRequestWith(ctx context.Context) *request
func (r *request) with(ctx context.Context) *request
func attach(r *request, ctx context.Context)
func send(r *request) error
func sendUnder(ctx context.Context, r *request) error

// unknown is all that it seems, or not.
func unknown(ctx context.Context, v any) context.Context

// How functions call their arguments.
func now(f func())
func each(f func())
func spawn(f func())
func atExit(f func())
func keep(f func())
func mystery(f func())
func transact(f func() error) error

// Clients and connections, and what bounds them.
type client struct {
	Timeout   int
	Name      string
	Transport any
}

func (c *client) get() error

var shared = &client{}

type conn interface {
	read() error
	setDeadline()
}

func accept() conn
func secure(raw conn) conn
func connect() conn
func configure(c *client)

// mark and is tell the tests where to look.
func mark()
func is(how string)
`

// fake is an Effects that goes by names.
type fake struct {
	ctxflow.Effects                 // nil: what the tests do not need
	contexts        int             // calls of Context
	funcs           []*ssa.Function // for Callers
}

func name(c *ssa.CallCommon) string {
	if c.IsInvoke() {
		return c.Method.Name()
	}
	if fn := c.StaticCallee(); fn != nil && fn.Object() != nil {
		if obj := fn.Object().(*types.Func); obj.Pkg().Name() != "p" {
			return obj.FullName()
		}
		return fn.Name()
	}
	return ""
}

func (*fake) Fixed(*ssa.CallCommon) bool   { return false }
func (*fake) HasTwin(*ssa.CallCommon) bool { return false }

func (*fake) Blocks(c *ssa.CallCommon) []ctxflow.Block {
	switch name(c) {
	case "wait", "send":
		return []ctxflow.Block{{On: "network", Ctx: 0}}
	case "sendUnder":
		return []ctxflow.Block{{On: "network", Ctx: 0}, {On: "network", Ctx: 1}}
	case "dial", "get", "read":
		return []ctxflow.Block{{On: "network", Ctx: -1}}
	case "sleep":
		return []ctxflow.Block{{On: leakapi.OnSleep, Ctx: -1}}
	case "join":
		return []ctxflow.Block{{On: leakapi.OnWait, Ctx: -1}}
	}
	return nil
}

func (f *fake) Context(c *ssa.CallCommon, result int) (leakapi.Context, bool) {
	f.contexts++
	known := leakapi.Context{Result: result, Into: -1}
	if result != 0 {
		return known, false
	}
	switch name(c) {
	case "context.Background", "context.TODO", "newRequest":
		known.From, known.Arg = leakapi.Fresh, -1
	case "context.WithoutCancel":
		known.From, known.Arg = leakapi.Detached, -1
	case "context.WithTimeout", "context.WithDeadline":
		known.Limited = true
	case "context.WithCancel", "context.WithValue", "context.Cause", "os/signal.NotifyContext", "newRequestWith", "Done", "Err", "Context":
	case "(*net/http.Request).Context":
	case "with":
		known.Arg = 1
	default:
		return known, false
	}
	return known, true
}

func (*fake) Into(c *ssa.CallCommon) (int, bool) { return 0, name(c) == "attach" }

func (*fake) Global(v *types.Var) leakapi.ContextFrom {
	if v.Name() == "root" {
		return leakapi.Fresh
	}
	return leakapi.FromArg
}

func (*fake) FuncArg(c *ssa.CallCommon, arg int) leakapi.How {
	return map[string]leakapi.How{
		"now": leakapi.NowOnce, "each": leakapi.NowMany, "spawn": leakapi.Goroutine, "atExit": leakapi.Deferred, "keep": leakapi.Stored,
	}[name(c)]
}

func (*fake) Shared(*ssa.CallCommon, int) bool { return false }

func (*fake) Offer(t types.Type) *leakapi.Offer {
	switch {
	case leakapi.IsContext(t):
		return &leakapi.Offer{}
	case t.String() == "*net/http.Request":
		return &leakapi.Offer{Get: "Context()"}
	case strings.HasSuffix(t.String(), "/p.command"), t.String() == "*p.command":
		return &leakapi.Offer{Get: "Context()", Weak: true}
	}
	return nil
}

func (*fake) Limiter(c *ssa.CallCommon) int {
	switch name(c) {
	case "get", "read":
		return 0
	}
	return -1
}

func (*fake) Limits(t types.Type) []string {
	if strings.HasSuffix(t.String(), "p.client") {
		return []string{"Timeout"}
	}
	return nil
}

func (*fake) Unlimited(v types.Object) bool { return v.Name() == "shared" }

func (*fake) Sets(c *ssa.CallCommon) []int {
	if name(c) == "setDeadline" {
		return []int{0}
	}
	return nil
}

func (*fake) Accepts(c *ssa.CallCommon) []int {
	if n := name(c); n == "accept" || n == "secure" {
		return []int{0}
	}
	return nil
}

func (f *fake) Tabled(c *ssa.CallCommon) bool {
	return f.Blocks(c) != nil || f.Sets(c) != nil || f.Accepts(c) != nil
}

func (f *fake) Callers(fn *ssa.Function) (found []*ssa.CallCommon) {
	for _, caller := range f.funcs {
		for _, b := range caller.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(ssa.CallInstruction); ok && call.Common().StaticCallee() == fn {
					found = append(found, call.Common())
				}
			}
		}
	}
	return found
}

// code is a package of the world and some functions.
type code struct{ *ssatest.Code }

func build(t *testing.T, source string) *code {
	t.Helper()
	return &code{ssatest.Build(t, world, source, []string{"context", "errors", "net/http", "os", "os/signal", "time"}, false)}
}

// check compares what get says of each call of some function with the comment
// behind it.
func (c *code) check(t *testing.T, callees []string, get func(*ssa.Call) string) {
	t.Helper()
	c.Check(t, c.Calls(name, callees...), get)
}

func TestReduce(t *testing.T) {
	blocks := []ctxflow.Block{
		{On: "network", Ctx: 1},
		{On: "network", Ctx: -1, Path: []string{"a", "b"}},
		{On: "network", Ctx: -1, Path: []string{"z"}, Limited: true},
		{On: "network", Ctx: -1, Path: []string{"y"}, Weak: true},
		{On: "database", Ctx: 1},
		{On: "network", Ctx: -1, Path: []string{"c"}},
	}
	got := ctxflow.Reduce(slices.Clone(blocks))
	if len(got) != 2 || !got[0].Equal(blocks[5]) || !got[1].Equal(blocks[4]) {
		t.Errorf("got %v", got)
	}
	slices.Reverse(blocks)
	if again := ctxflow.Reduce(blocks); !slices.EqualFunc(got, again, ctxflow.Block.Equal) {
		t.Errorf("the order matters: %v, %v", got, again)
	}
}

// stringArg returns a call's only argument, a constant.
func stringArg(c *ssa.Call) string { return constant.StringVal(c.Call.Args[0].(*ssa.Const).Value) }
