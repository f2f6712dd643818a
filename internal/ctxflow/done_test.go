package ctxflow_test

import (
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
)

// TestAfterEnd says at each call of mark whether a context is known to be over.
func TestAfterEnd(t *testing.T) {
	c := build(t, `
func received(ctx context.Context) {
	mark() // live
	<-ctx.Done()
	mark() // over
}

func selected(ctx context.Context, work chan int) {
	select {
	case <-work:
		mark() // live
	case <-ctx.Done():
		mark() // over
	}
	mark() // over
}

func returned(ctx context.Context, work chan int) {
	select {
	case <-ctx.Done():
		mark() // over
		return
	case n := <-work:
		_ = n
		mark() // live
	case work <- 1:
		mark() // live
	}
	mark() // live
}

func polled(ctx context.Context) {
	select {
	case <-ctx.Done():
		mark() // over
		return
	default:
		mark() // live
	}
	mark() // live
}

func looped(ctx context.Context, ticks chan int) {
	for {
		select {
		case <-ctx.Done():
			mark() // over
			return
		case <-ticks:
			mark() // live
		}
	}
}

func variable(ctx context.Context) {
	done := ctx.Done()
	mark() // live
	<-done
	mark() // over
}

func err(ctx context.Context) {
	if ctx.Err() != nil {
		mark() // over
		return
	}
	mark() // live
	if err := ctx.Err(); err == nil {
		mark() // live
	} else {
		mark() // over
	}
}

func cause(ctx context.Context) {
	if context.Cause(ctx) != nil {
		mark() // over
		return
	}
	mark() // live
}

func isEnd(ctx context.Context, err error) {
	if errors.Is(err, context.Canceled) {
		mark() // over
		return
	}
	if !errors.Is(err, context.DeadlineExceeded) {
		mark() // live
		return
	}
	mark() // over
}

func otherIs(err error) {
	if errors.Is(err, os.ErrNotExist) {
		mark() // live
	}
	if err != nil {
		mark() // live
	}
}

func equal(err error) {
	if err == context.DeadlineExceeded {
		mark() // over
		return
	}
	if err != context.Canceled {
		mark() // live
		return
	}
	mark() // over
}

func child(ctx context.Context) {
	tctx, cancel := context.WithTimeout(ctx, 1)
	defer cancel()
	<-tctx.Done()
	mark() // child
	<-ctx.Done()
	mark() // over
}

func ownTimer() {
	ctx, cancel := context.WithTimeout(context.Background(), 1)
	defer cancel()
	<-ctx.Done()
	mark() // over
}

func notified(ctx context.Context) {
	sctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	mark() // live
	<-sctx.Done()
	mark() // over
}

func signalled(sig <-chan os.Signal) {
	mark() // live
	s := <-sig
	_ = s
	mark() // over
}

func stopped(stop chan struct{}, work chan int) {
	select {
	case <-stop:
		mark() // over
	case <-work:
		mark() // live
	}
}

// What the function makes itself is no news from outside.
func ownChannel() {
	ready := make(chan struct{})
	go close(ready)
	<-ready
	mark() // live
}

func ownCaptured() {
	ready := make(chan struct{})
	func() {
		close(ready)
		<-ready
		mark() // live
	}()
}

func inLiteral(ctx context.Context) {
	go func() {
		<-ctx.Done()
		mark() // over
	}()
	mark() // live
	<-ctx.Done()
	func() {
		mark() // over
	}()
}
`)
	tracer := ctxflow.NewTracer(&fake{})
	c.check(t, []string{"mark"}, func(call *ssa.Call) string {
		return []string{"live", "child", "over"}[tracer.AfterEnd(call)]
	})
}

// TestRuns says of literals how they run: their calls of is hold what is wanted.
func TestRuns(t *testing.T) {
	c := build(t, `
func f(handlers map[string]func(), ch chan func(), c bool) {
	func() { is("now") }()
	now(func() { is("now") })
	each(func() { is("now") })
	transact(func() error { is("now"); return nil })
	defer func() { is("at exit") }()
	atExit(func() { is("at exit") })
	go func() { is("beside") }()
	spawn(func() { is("beside") })
	keep(func() { is("later") })
	mystery(func() { is("later") })
	handlers["a"] = func() { is("later") }
	ch <- func() { is("later") }
	local := func() { is("now") }
	local()
	if c {
		local()
	}
	reused := func() { is("later") }
	reused()
	go reused()
	var declared func(n int)
	declared = func(n int) {
		is("now")
		if n > 0 {
			declared(n - 1)
		}
	}
	declared(3)
}

func g() func() {
	return func() { is("later") }
}

func joined() {
	go func() { is("joined") }()
	spawn(func() { is("joined") })
	join()
}
`)
	tracer := ctxflow.NewTracer(&fake{})
	found := 0
	for _, fn := range c.SSA.Funcs {
		if fn.Parent() == nil {
			continue
		}
		for _, instr := range fn.Blocks[0].Instrs {
			if call, ok := instr.(*ssa.Call); ok && name(call.Common()) == "is" {
				found++
				if got := []string{"later", "now", "joined", "beside", "at exit"}[tracer.Runs(fn)]; got != stringArg(call) {
					t.Errorf("line %d: got %q, want %q", c.Line(fn.Pos()), got, stringArg(call))
				}
			}
		}
	}
	if found < 18 {
		t.Errorf("only %d literals were looked at", found)
	}
}
