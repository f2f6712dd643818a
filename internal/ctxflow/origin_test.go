package ctxflow_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
)

// TestOrigin says of each call of wait and send where its context comes from.
func TestOrigin(t *testing.T) {
	c := build(t, `
func param(ctx context.Context) { wait(ctx) } // given ctx

func fresh(ctx context.Context) {
	wait(context.Background()) // fresh
	wait(context.TODO()) // fresh
	wait(nil) // fresh
	wait(root) // fresh
	wait(other) // unknown
}

func derived(ctx context.Context) {
	tctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	wait(tctx) // given ctx, limited, derived
	wait(context.WithValue(tctx, key{}, 1)) // given ctx, limited, derived
	vctx := context.WithValue(ctx, key{}, 1)
	wait(vctx) // given ctx
	cctx, stop := context.WithCancel(context.Background())
	defer stop()
	wait(cctx) // fresh, derived
	lctx, end := context.WithTimeout(context.TODO(), time.Second)
	defer end()
	wait(lctx) // fresh, limited, derived
}

func detached(ctx context.Context) {
	wait(context.WithoutCancel(ctx)) // detached
	dctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	wait(dctx) // detached, limited, derived
	wait(context.WithValue(context.Background(), key{}, ctx.Value(key{}))) // detached
	wait(context.WithValue(context.Background(), key{}, 1)) // fresh
}

func managed(register func(context.CancelFunc)) {
	ctx, cancel := context.WithCancel(context.Background())
	register(cancel)
	wait(ctx) // detached, derived
}

func phis(ctx context.Context, c bool) {
	filled := ctx
	if filled == nil {
		filled = context.Background()
	}
	wait(filled) // given ctx
	both := context.Background()
	if c {
		both = context.TODO()
	}
	wait(both) // fresh
	seen := ctx
	if c {
		seen = other
	}
	wait(seen) // unknown
	maybe := ctx
	if c {
		maybe = context.WithoutCancel(ctx)
	}
	wait(maybe) // detached
	late := ctx
	if c {
		var cancel func()
		late, cancel = context.WithTimeout(ctx, 1)
		defer cancel()
	}
	wait(late) // given ctx
}

func two(a, b context.Context, c bool) {
	ctx := a
	if c {
		ctx = b
	}
	wait(ctx) // unknown
}

func reassigned(ctx context.Context) {
	ctx = context.Background()
	wait(ctx) // fresh
}

func loops(ctx context.Context, n int) {
	for range n {
		ctx = context.WithValue(ctx, key{}, n)
		wait(ctx) // given ctx
	}
	bg := context.Background()
	for range n {
		bg = context.WithValue(bg, key{}, n)
	}
	wait(bg) // fresh
}

func captured(ctx context.Context) {
	bg := context.Background()
	func() {
		wait(ctx) // given ctx
		func() {
			wait(ctx) // given ctx
			wait(bg) // fresh
		}()
	}()
}

func cells(ctx context.Context) {
	cell := ctx
	fresh := context.Background()
	set := func() {
		cell = context.WithValue(cell, key{}, 1)
		fresh = context.TODO()
	}
	set()
	wait(cell) // given ctx
	wait(fresh) // fresh
	escaped := ctx
	leak(&escaped)
	wait(escaped) // unknown
}

func leak(*context.Context)

func own(ctx context.Context) func(context.Context) {
	return func(inner context.Context) {
		wait(inner) // given inner
		wait(ctx) // given ctx
	}
}

func converted(v any, ctx interface{ context.Context }) {
	wait(ctx) // given ctx
	wait(v.(context.Context)) // given v
	asserted, _ := v.(context.Context)
	wait(asserted) // given v
	wait(unknown(ctx, v)) // unknown
}

func requests(ctx context.Context) {
	send(newRequest()) // fresh
	send(newRequestWith(ctx)) // given ctx
	send(newRequest().with(ctx)) // given ctx
	send(newRequestWith(ctx).with(context.Background())) // fresh
	send(newRequest().with(context.Background())) // fresh
	r := newRequest()
	attach(r, ctx)
	send(r) // unknown
	b := newRequest()
	b.with(ctx)
	send(b) // unknown
}

func handler(r *http.Request) {
	wait(r.Context()) // given r
	ctx, cancel := context.WithTimeout(r.Context(), 1)
	defer cancel()
	wait(ctx) // given r, limited, derived
}

type job struct{ ctx context.Context }

func fields(j *job) { wait(j.ctx) } // unknown
`)
	tracer := ctxflow.NewTracer(&fake{})
	c.check(t, []string{"wait", "send"}, func(call *ssa.Call) string { return describe(tracer.Origin(call.Call.Args[0])) })
}

func describe(o ctxflow.Origin) string {
	text := []string{"none", "unknown", "fresh", "given", "detached"}[o.Kind]
	if o.Kind == ctxflow.Given {
		text += " " + o.Value.(*ssa.Parameter).Name()
	}
	if o.Limited {
		text += ", limited"
	}
	if o.Derived {
		text += ", derived"
	}
	return text
}

// TestOriginFresh wants to be told what makes a fresh context: the first of
// several, whatever the order of the branches.
func TestOriginFresh(t *testing.T) {
	c := build(t, `
func f(c bool) {
	var ctx context.Context
	if c {
		ctx = context.TODO() // here
	} else {
		ctx = context.Background()
	}
	wait(ctx)
}
`)
	want := c.Expected()
	for _, b := range c.Fn(t, "f").Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok && name(call.Common()) == "wait" {
				if o := ctxflow.NewTracer(&fake{}).Origin(call.Call.Args[0]); o.Kind != ctxflow.Fresh || want[c.Line(o.Value.Pos())] != "here" {
					t.Errorf("got %s from line %d", describe(o), c.Line(o.Value.Pos()))
				}
			}
		}
	}
}

// TestOriginLinear follows a captured variable through many stores, each of
// which depends on all others. To double them must not do more than double the
// work.
func TestOriginLinear(t *testing.T) {
	steps := func(n int) (ctxflow.Origin, int) {
		var src strings.Builder
		src.WriteString("func f(ctx context.Context) {\n\tuse := func() { wait(ctx) }\n")
		for i := range n {
			fmt.Fprintf(&src, "\tctx = context.WithValue(ctx, key{}, %d)\n", i)
		}
		src.WriteString("\tuse()\n}\n")
		c := build(t, src.String())
		eff := &fake{}
		tracer := ctxflow.NewTracer(eff)
		for _, b := range c.Fn(t, "f").AnonFuncs[0].Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(*ssa.Call); ok {
					return tracer.Origin(call.Call.Args[0]), eff.contexts
				}
			}
		}
		t.Fatal("no call")
		return ctxflow.Origin{}, 0
	}
	small, few := steps(100)
	big, many := steps(200)
	if got := describe(small); got != "given ctx" {
		t.Errorf("100 stores: %s", got)
	}
	if got := describe(big); got != "given ctx" {
		t.Errorf("200 stores: %s", got)
	}
	if few < 100 || many > 2*few+10 {
		t.Errorf("%d calls asked for with 100 stores, %d with 200", few, many)
	}
	huge, bounded := steps(4000)
	if huge.Kind != ctxflow.Unknown || bounded > 4000 {
		t.Errorf("4000 stores: %s, %d calls asked for", describe(huge), bounded)
	}
}

// TestResults says where the contexts come from that functions return.
func TestResults(t *testing.T) {
	c := build(t, `
func plain(ctx context.Context) context.Context { return ctx }

func either(ctx context.Context, c bool) context.Context {
	if c {
		return context.Background()
	}
	return context.WithValue(ctx, key{}, 1)
}

func made() context.Context { return root }

func failing(ctx context.Context, c bool) (*request, error) {
	if c {
		return nil, errors.New("no")
	}
	return newRequestWith(ctx), nil
}
`)
	for fn, want := range map[string]string{"plain": "given ctx", "either": "given ctx", "made": "fresh", "failing": "given ctx"} {
		if got := describe(ctxflow.NewTracer(&fake{}).Results(c.Fn(t, fn), 0)); got != want {
			t.Errorf("%s: got %s, want %s", fn, got, want)
		}
	}
}
