package ctxflow_test

import (
	"go/ast"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
)

// TestLoops compares the loops of each function with its comment.
func TestLoops(t *testing.T) {
	c := build(t, `
// WANT:
func none(ctx context.Context) { wait(ctx) }

// WANT: endless
func deaf(ctx context.Context) {
	for {
		sleep()
	}
}

// WANT: endless consults
func hands(ctx context.Context) {
	for {
		wait(ctx)
	}
}

// WANT: ends
func counted(ctx context.Context, n int) {
	for range n {
		sleep()
	}
}

// WANT: ends consults
func asks(ctx context.Context) {
	for ctx.Err() == nil {
		sleep()
	}
}

// WANT: ends consults
func selects(ctx context.Context, work chan int) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-work:
		}
	}
}

// WANT: ends
func breaks(ctx context.Context) {
	for {
		if dial() != nil {
			break
		}
	}
}

// WANT: endless
func spins(ctx context.Context, a, b chan int) {
	for {
		select {
		case <-a:
		case <-b:
		}
	}
}

// WANT: endless
func panics(ctx context.Context, a chan int) {
	for {
		if <-a == 0 {
			panic("zero")
		}
	}
}

// Only the outermost loop counts.
// WANT: endless
func nested(ctx context.Context, n int) {
	for {
		for range n {
			sleep()
		}
	}
}

// WANT: ends, endless
func second(ctx context.Context, n int) {
	for range n {
		sleep()
	}
	for {
		sleep()
	}
}

// WANT: ends
func jumps(ctx context.Context) {
again:
	sleep()
	if dial() != nil {
		goto again
	}
}

// WANT: endless consults
func made(ctx context.Context) {
	r := newRequestWith(ctx)
	for {
		send(r)
	}
}

// What was handed over beside it may keep it.
// WANT: endless consults
func attached(ctx context.Context) {
	r := newRequest()
	attach(r, ctx)
	for {
		send(r)
	}
}

// WANT: endless consults
func literal(ctx context.Context) {
	for {
		now(func() { wait(ctx) })
	}
}

// WANT: endless consults
func stored(ctx context.Context) {
	j := &request{}
	j.ctx = ctx
	for {
		send(j)
	}
}

// To compare it is not to look at it.
// WANT: endless
func compares(ctx context.Context) {
	given := ctx != nil
	for {
		if given {
			sleep()
		}
	}
}
`)
	tracer := ctxflow.NewTracer(&fake{})
	checked := 0
	for _, decl := range c.Files[1].Decls {
		d, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		_, want, ok := strings.Cut(d.Doc.Text(), "WANT:")
		if !ok {
			continue
		}
		checked++
		fn := c.Fn(t, d.Name.Name)
		var words []string
		for _, l := range ctxflow.Loops(fn) {
			word := "ends"
			if l.Endless {
				word = "endless"
			}
			if tracer.Consults(l, fn.Params[0]) {
				word += " consults"
			}
			words = append(words, word)
		}
		if got := strings.Join(words, ", "); got != strings.TrimSpace(want) {
			t.Errorf("%s: got %q, want %q", d.Name.Name, got, strings.TrimSpace(want))
		}
	}
	if checked < 17 {
		t.Errorf("only %d functions were looked at", checked)
	}
}

// TestLimits says of each call of get and read whether something may bound it,
// and whether a peer decides how long it takes.
func TestLimits(t *testing.T) {
	c := build(t, `
type holder struct{ c *client }

func clients(c *client, h *holder, limit int, b bool, pick func() *client) {
	(&client{}).get() // never
	(&client{Name: "a"}).get() // never
	new(client).get() // never
	shared.get() // never
	(&client{Timeout: 1}).get() // bounded
	(&client{Transport: 1}).get() // bounded
	c.get() // bounded
	h.c.get() // bounded
	pick().get() // bounded
	var v client
	v.get() // never
	v.get() // never
	var set client
	set.Timeout = limit
	set.get() // bounded
	given := &client{}
	configure(given)
	given.get() // bounded
	maybe := &client{}
	if b {
		maybe = &client{Timeout: limit}
	}
	maybe.get() // bounded
	either := &client{}
	if b {
		either = &client{Name: "b"}
	}
	either.get() // never
	captured := &client{}
	func() {
		captured.get() // never
	}()
	late := &client{}
	func() {
		late.get() // bounded
	}()
	late.Timeout = limit
}

func conns(given conn) {
	a := accept()
	a.read() // never, peer
	b := accept()
	b.setDeadline()
	b.read() // bounded, peer
	connect().read() // bounded
	given.read() // bounded
	d := accept()
	func() {
		d.read() // never, peer
	}()
	e := accept()
	mayLimit(e)
	e.read() // bounded, peer
	secure(given).read() // never, peer
	f := connect()
	f.setDeadline()
	secure(f).read() // bounded, peer
	w := accept()
	after(func() { w.setDeadline() })
	w.read() // bounded, peer
}

func mayLimit(c conn)
func after(f func())

func serve() {
	raw := connect()
	raw.setDeadline()
	go shake(raw)
	bare(connect())
}

func shake(raw conn) {
	secure(raw).read() // bounded, peer
}

func bare(raw conn) {
	secure(raw).read() // never, peer
}
`)
	tracer := ctxflow.NewTracer(&fake{funcs: c.SSA.Funcs})
	c.check(t, []string{"get", "read"}, func(call *ssa.Call) string {
		text := "no site"
		for _, s := range tracer.Sites(call.Parent()) {
			if s.Call() == call {
				text = "never"
				if s.Block.Limited {
					text = "bounded"
				}
			}
		}
		if tracer.FromPeer(call) {
			text += ", peer"
		}
		return text
	})
}
