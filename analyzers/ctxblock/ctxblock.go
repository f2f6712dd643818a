package ctxblock

import (
	_ "embed"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/leaksummary"
	"github.com/leakvet/leakvet/internal/report"
)

//go:embed doc.go
var doc string

// Analyzer reports waits that nothing can end.
var Analyzer = &analysis.Analyzer{
	Name:     "ctxblock",
	Doc:      report.Doc(doc, "ctxblock"),
	URL:      "https://github.com/leakvet/leakvet/blob/main/docs/rules/ctxblock.md",
	Requires: []*analysis.Analyzer{leakconfig.Analyzer, leaksummary.Analyzer},
	Run:      report.Rule(run),
}

func run(pass *analysis.Pass, r *report.Reporter) {
	sum := pass.ResultOf[leaksummary.Analyzer].(*leaksummary.Result)
	defer sum.Use()()
	flow := sum.Flow()
	c := &checker{pass: pass, r: r, sum: sum, flow: flow}
	for _, fn := range sum.Functions() {
		if fn.Syntax() != nil && !r.Tests(fn) {
			c.abandoned(fn)
		}
	}
	if flow == nil {
		return
	}
	c.reach = c.findReach()
	for _, fn := range sum.Functions() {
		if fn.Syntax() == nil || r.Tests(fn) {
			continue
		}
		if len(flow.Scopes(fn)) == 0 && !report.InCleanup(fn) {
			c.unbounded(fn)
		}
		c.accepting(fn)
		for _, scope := range flow.Scopes(fn) {
			if scope.Param != nil && !scope.Weak && scope.Running != ctxflow.AtExit && scope.Running != ctxflow.Later {
				c.worker(fn, scope)
				c.channels(fn, scope)
				break
			}
		}
	}
}

type checker struct {
	pass  *analysis.Pass
	r     *report.Reporter
	sum   *leaksummary.Result
	flow  *ctxflow.Tracer
	reach *reach
}

// reach is which code runs again and again in the background, and which is
// called by code that holds a context.
type reach struct {
	looped map[*ssa.Function]bool   // called, or started, in a loop of a goroutine
	blocks map[*ssa.BasicBlock]bool // in such a loop
	held   map[*ssa.Function]bool   // called where a context is at hand
}

func (c *checker) findReach() *reach {
	r := &reach{looped: map[*ssa.Function]bool{}, blocks: map[*ssa.BasicBlock]bool{}, held: map[*ssa.Function]bool{}}
	for _, fn := range c.sum.Functions() {
		if syntax := fn.Syntax(); syntax != nil && c.r.IsTest(syntax.Pos()) {
			continue // what tests hold says nothing of the program
		}
		holds := len(c.flow.Scopes(fn)) > 0
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				switch instr := instr.(type) {
				case *ssa.Go:
					if body := c.started(instr); body != nil {
						c.background(r, body)
					}
				case *ssa.Call:
					if _, body := c.sum.Callee(instr); holds && body != nil {
						c.mark(r.held, body)
					}
				}
			}
		}
	}
	return r
}

// started returns the body of a goroutine, or nil.
func (c *checker) started(g *ssa.Go) *ssa.Function {
	fn := g.Call.StaticCallee()
	if fn == nil || len(fn.Blocks) == 0 {
		return nil
	}
	return fn
}

// background marks what the loops of a goroutine's body run.
func (c *checker) background(r *reach, body *ssa.Function) {
	for _, l := range ctxflow.Loops(body) {
		for _, b := range l.Blocks {
			r.blocks[b] = true
			for _, instr := range b.Instrs {
				switch instr := instr.(type) {
				case *ssa.Go:
					if started := c.started(instr); started != nil {
						c.mark(r.looped, started)
					}
				case *ssa.Call:
					if _, callee := c.sum.Callee(instr); callee != nil {
						c.mark(r.looped, callee)
					}
				}
			}
		}
	}
}

// mark adds a function and what it calls to a set.
func (c *checker) mark(set map[*ssa.Function]bool, fn *ssa.Function) {
	if set[fn] {
		return
	}
	set[fn] = true
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok {
				if _, callee := c.sum.Callee(call); callee != nil {
					c.mark(set, callee)
				}
			}
		}
	}
	for _, lit := range fn.AnonFuncs {
		if c.flow.Runs(lit) == ctxflow.Now {
			c.mark(set, lit)
		}
	}
}

// unbounded reports where fn, which has no context at hand, waits for something
// that may never come.
func (c *checker) unbounded(fn *ssa.Function) {
	for _, s := range c.flow.Sites(fn) {
		call := s.Call()
		if call == nil || s.Block.Limited || s.Block.Ctx >= 0 && (s.Origin.Kind != ctxflow.Fresh || s.Origin.Limited) ||
			leakapi.Transient(s.Block.On) || c.flow.AfterEnd(call) == ctxflow.Over {
			continue
		}
		obj, body := c.sum.Callee(call)
		if obj == nil || body != nil || report.CleansUp(obj.Name()) || c.reach.held[leakssa.Declared(fn)] {
			continue
		}
		f := c.wait(s)
		if !c.certain(s, fn) {
			f.Tier = leakconfig.Audit
		}
		c.r.Report(f)
	}
}

// certain reports whether a wait without end surely does harm: it recurs in the
// background, or a peer decides how long it takes.
func (c *checker) certain(s ctxflow.Site, fn *ssa.Function) bool {
	if c.flow.FromPeer(s.Call()) {
		return true
	}
	return (s.Block.On == "network" || s.Block.On == "process") && !s.Block.SetsUp() && (c.reach.blocks[s.Call().Block()] || c.reach.looped[fn])
}
