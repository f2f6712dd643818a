package ctxflow_test

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
)

// TestScopes names the contexts at hand, the innermost first.
func TestScopes(t *testing.T) {
	c := build(t, `
type command struct{}

func (*command) Context() context.Context { return nil }

type worker struct{ life context.Context }

func (w *worker) field() { is("w.life weak") }
func (w *worker) param(ctx context.Context) { is("ctx; w.life weak") }
func none(n int) { is("") }
func blank(_ context.Context) { is("_ blank") }
func handler(w http.ResponseWriter, r *http.Request) { is("r.Context()") }
func run(cmd *command) { is("cmd.Context() weak") }

func nested(ctx context.Context) {
	func(inner context.Context) {
		is("inner; ctx")
		go func() {
			is("inner beside; ctx beside")
			func() { is("inner beside; ctx beside") }()
		}()
	}(ctx)
	defer func() { is("ctx at exit") }()
	keep(func() { is("ctx later") })
}
`)
	tracer := ctxflow.NewTracer(&fake{})
	found := 0
	for _, fn := range c.SSA.Funcs {
		for _, instr := range fn.Blocks[0].Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok || name(call.Common()) != "is" {
				continue
			}
			found++
			var words []string
			for _, s := range tracer.Scopes(fn) {
				text := s.Expr
				if s.Blank {
					text += " blank"
				}
				if s.Weak {
					text += " weak"
				}
				text += []string{" later", "", " joined", " beside", " at exit"}[s.Running]
				words = append(words, text)
			}
			if got := strings.Join(words, "; "); got != stringArg(call) {
				t.Errorf("line %d: got %q, want %q", c.Line(call.Pos()), got, stringArg(call))
			}
		}
	}
	if found != 11 {
		t.Errorf("%d functions were looked at", found)
	}
}

// TestSummary says how calling a function can wait.
func TestSummary(t *testing.T) {
	c := build(t, `
// WANT: 0:network wait
func hands(ctx context.Context) { wait(ctx) }

// WANT: 1:network wait
func second(n int, ctx context.Context) { wait(context.WithValue(ctx, key{}, n)) }

// WANT: -1:network dial
func blocks(n int) { dial() }

// WANT: -1:network fresh wait
func anew() { wait(context.Background()) }

// WANT: -1:network fresh limited wait
func inTime() {
	ctx, cancel := context.WithTimeout(context.Background(), 1)
	defer cancel()
	wait(ctx)
}

// Whoever takes a context answers for what is done without it.
// WANT:
func ignores(ctx context.Context) { dial() }

// WANT:
func sleeps() {
	sleep()
	join()
}

// WANT:
func cutOff(ctx context.Context) { wait(context.WithoutCancel(ctx)) }

// WANT:
func afterwards(sig chan os.Signal) {
	<-sig
	dial()
}

// WANT:
func beside() {
	go dial()
	go func() { dial() }()
	defer dial()
}

// WANT: 0:network wait
func literal(ctx context.Context) {
	transact(func() error { return wait(ctx) })
}

// WANT: -1:network dial
func inLiteral() {
	func() { dial() }()
}

// WANT: 0:event
func listens(ctx context.Context) { <-ctx.Done() }

// One context of two is enough.
// WANT: 0:network sendUnder
func both(ctx context.Context) { sendUnder(ctx, newRequest()) }

// WANT: -1:network fresh sendUnder
func neither() { sendUnder(context.Background(), newRequest()) }
`)
	tracer := ctxflow.NewTracer(&fake{})
	for _, decl := range c.Files[1].Decls {
		d, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		_, want, _ := strings.Cut(d.Doc.Text(), "WANT:")
		var words []string
		for _, b := range tracer.Summary(c.Fn(t, d.Name.Name), func(call *ssa.Call) string { return name(call.Common()) }) {
			text := []string{fmt.Sprintf("%d:%s", b.Ctx, b.On)}
			if b.Fresh {
				text = append(text, "fresh")
			}
			if b.Limited {
				text = append(text, "limited")
			}
			words = append(words, strings.Join(slices.Concat(text, b.Path), " "))
		}
		if got := strings.Join(words, ", "); got != strings.TrimSpace(want) {
			t.Errorf("%s: got %q, want %q", d.Name.Name, got, strings.TrimSpace(want))
		}
	}
}
