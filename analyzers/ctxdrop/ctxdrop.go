package ctxdrop

import (
	_ "embed"
	"go/types"

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

// Analyzer reports contexts that are at hand and not passed on.
var Analyzer = &analysis.Analyzer{
	Name:     "ctxdrop",
	Doc:      report.Doc(doc, "ctxdrop"),
	URL:      "https://github.com/leakvet/leakvet/blob/main/docs/rules/ctxdrop.md",
	Requires: []*analysis.Analyzer{leakconfig.Analyzer, leaksummary.Analyzer},
	Run:      report.Rule(run),
}

func run(pass *analysis.Pass, r *report.Reporter) {
	sum := pass.ResultOf[leaksummary.Analyzer].(*leaksummary.Result)
	defer sum.Use()()
	flow := sum.Flow()
	if flow == nil {
		return
	}
	c := &checker{pass: pass, r: r, sum: sum, flow: flow, drops: map[any]*drop{}}
	for _, fn := range sum.Functions() {
		if fn.Syntax() != nil && !r.Tests(fn) && !report.InCleanup(fn) {
			c.function(fn)
		}
	}
	for _, d := range c.order {
		f := c.finding(d)
		if fix, ok := c.fix(d); ok {
			f.Fixes = append(f.Fixes, fix)
		}
		r.Report(f)
	}
}

type checker struct {
	pass  *analysis.Pass
	r     *report.Reporter
	sum   *leaksummary.Result
	flow  *ctxflow.Tracer
	drops map[any]*drop // by what is to change: a fresh context, a callee, a call
	order []*drop
}

// drop is one place where a context is not passed on.
type drop struct {
	kind  kind
	call  *ssa.Call // what blocks, or leads to it
	fresh ssa.Value // of madeAnew and madeBelow: what makes the context
	below *ssa.Call // of madeBelow: the call that gets it
	block ctxflow.Block
	scope ctxflow.Scope
	tier  leakconfig.Tier
	whole bool        // it changes something, for a client that may go away
	also  []*ssa.Call // other calls of the same
}

type kind uint8

const (
	madeAnew        kind = iota // a fresh context is passed
	hasTwin                     // the callee has a twin that takes one
	madeBelow                   // a function of the package makes a fresh one
	mayWait                     // a fresh context is passed to what cannot be seen
	takesNoneItself             // an exported function makes a fresh context
	takesNone                   // the callee takes none, and blocks
	forCaller                   // the function returns a fresh context to its caller
)

func (c *checker) function(fn *ssa.Function) {
	scopes := c.flow.Scopes(fn)
	if len(scopes) == 0 {
		c.exported(fn)
		return
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok {
				if twin, ok := c.twin(call, fn); ok {
					d := &drop{kind: hasTwin, call: call}
					if obj, _ := c.sum.Callee(call); twin.Weak || ctxflow.SetsUp(obj.Name()) {
						d.tier = leakconfig.Audit
					}
					c.add(d, call, fn, scopes)
				}
			}
		}
	}
	known := map[*ssa.Call]bool{}
	for _, s := range c.flow.Sites(fn) {
		call := s.Call()
		if call == nil {
			continue
		}
		known[call] = true
		switch {
		case s.Block.Ctx >= 0 && s.Origin.Kind == ctxflow.Fresh:
			d := &drop{kind: madeAnew, call: call, fresh: s.Origin.Value, block: s.Block}
			if s.Origin.Limited && c.flow.AfterWork(call) {
				d.tier = leakconfig.Audit // it tells how that ended, and does not take for ever
			}
			c.add(d, s.Origin.Value, fn, scopes)
		case s.Block.Ctx < 0 && (len(s.Block.Path) > 0 || c.sum.SaidToWait(call) && !leakapi.Transient(s.Block.On)):
			c.chain(fn, call, s.Block, scopes)
		}
	}
	c.unseen(fn, known, scopes)
	c.handedBack(fn, scopes)
}

// exported adds, in the audit tier, the fresh contexts that an exported function
// makes for what blocks: callers in other packages may hold one, and facts do
// not flow from them to here. What has a twin need not change.
func (c *checker) exported(fn *ssa.Function) {
	obj, ok := fn.Object().(*types.Func)
	if !ok || !obj.Exported() || c.r.Config().Tier != leakconfig.Audit || fn.Pkg.Pkg.Name() == "main" {
		return
	}
	if _, ok := c.sum.Twin(obj); ok {
		return
	}
	for _, s := range c.flow.Sites(fn) {
		if call := s.Call(); call != nil && s.Block.Ctx >= 0 && s.Origin.Kind == ctxflow.Fresh && !ctxflow.SetsUp(fn.Name()) {
			c.add(&drop{kind: takesNoneItself, call: call, fresh: s.Origin.Value, block: s.Block}, s.Origin.Value, fn,
				[]ctxflow.Scope{{Weak: true, Running: ctxflow.Now}})
		}
	}
}

// chain adds a call of a function that takes no context and blocks.
func (c *checker) chain(fn *ssa.Function, call *ssa.Call, b ctxflow.Block, scopes []ctxflow.Scope) {
	obj, body := c.sum.Callee(call)
	if obj == nil {
		return
	}
	if _, ok := c.twin(call, fn); ok {
		return
	}
	if body != nil && b.Fresh {
		if s, ok := c.freshIn(body, map[*ssa.Function]bool{}); ok {
			d := &drop{kind: madeBelow, call: call, fresh: s.Origin.Value, below: s.Call(), block: s.Block}
			if b.Weak || c.flow.Keeps(call) || c.flow.Keeps(s.Call()) || s.Origin.Limited && c.flow.AfterWork(call) {
				d.tier = leakconfig.Audit
			}
			c.add(d, s.Origin.Value, fn, scopes)
			return
		}
	}
	d := &drop{kind: takesNone, call: call, block: b}
	if b.Weak || ctxflow.SetsUp(obj.Name()) || b.SetsUp() || c.sum.Fixed(call) || c.flow.Keeps(call) {
		d.tier = leakconfig.Audit
	}
	c.add(d, obj, fn, scopes)
}

// freshIn finds where fn, or what it calls in this package, passes a fresh
// context to something that blocks.
func (c *checker) freshIn(fn *ssa.Function, seen map[*ssa.Function]bool) (ctxflow.Site, bool) {
	if seen[fn] {
		return ctxflow.Site{}, false
	}
	seen[fn] = true
	sites := c.flow.Sites(fn)
	for _, s := range sites {
		if s.Call() != nil && s.Block.Ctx >= 0 && s.Origin.Kind == ctxflow.Fresh {
			return s, true
		}
	}
	for _, s := range sites {
		if call := s.Call(); call != nil && s.Block.Ctx < 0 && s.Block.Fresh {
			if _, body := c.sum.Callee(call); body != nil {
				if deeper, ok := c.freshIn(body, seen); ok {
					return deeper, true
				}
			}
		}
	}
	for _, lit := range fn.AnonFuncs {
		if r := c.flow.Runs(lit); r == ctxflow.Now || r == ctxflow.Joined {
			if s, ok := c.freshIn(lit, seen); ok {
				return s, true
			}
		}
	}
	return ctxflow.Site{}, false
}

// add records a drop unless the context may well be left out. Drops with the
// same key are one finding.
func (c *checker) add(d *drop, key any, fn *ssa.Function, scopes []ctxflow.Scope) {
	obj, _ := c.sum.Callee(d.call)
	if obj != nil && report.CleansUp(obj.Name()) {
		return
	}
	scope, tier, ok := choose(scopes, d.call)
	if !ok || c.r.Silenced(d.call.Pos()) || c.flow.Watched(d.call) {
		return
	}
	undoes := ctxflow.AfterFailure(d.call) || obj != nil && report.Undoes(obj.Name()) && ctxflow.Failed(d.call)
	if undoes || ctxflow.SetsUp(topName(fn)) || c.flow.Answered(d.call) {
		tier = leakconfig.Audit
	}
	switch c.flow.AfterEnd(d.call) {
	case ctxflow.Over:
		return
	case ctxflow.Child:
		tier = leakconfig.Audit
	}
	d.scope, d.tier = scope, max(d.tier, tier)
	c.weaken(d)
	if first := c.drops[key]; first != nil {
		whole := first.whole || d.whole
		if d.tier < first.tier || d.tier == first.tier && d.scope.Request() && !first.scope.Request() {
			d.also = append(first.also, first.call)
			*first = *d
		} else {
			first.also = append(first.also, d.call)
		}
		if first.whole = whole; whole {
			first.tier = leakconfig.Audit // whoever else calls it
		}
		return
	}
	c.drops[key] = d
	c.order = append(c.order, d)
}

// ownedBy reports whether a context is what the receiver of a call offers: the method
// knows it, and a connection's ends with the connection anyway.
func ownedBy(s ctxflow.Scope, call *ssa.Call) bool {
	c := call.Common()
	recv := c.Value
	if !c.IsInvoke() {
		if c.Signature().Recv() == nil || len(c.Args) == 0 {
			return false
		}
		recv = c.Args[0]
	}
	return s.Request() && recv == ssa.Value(s.Param)
}

// choose picks the context to name that a call should get, and the tier that it stands
// for.
func choose(scopes []ctxflow.Scope, call *ssa.Call) (ctxflow.Scope, leakconfig.Tier, bool) {
	for _, weak := range []bool{false, true} {
		for _, s := range scopes {
			if s.Weak != weak || s.Running == ctxflow.AtExit || s.Running == ctxflow.Later || ownedBy(s, call) {
				continue
			}
			if weak || s.Running == ctxflow.Beside {
				return s, leakconfig.Audit, true
			}
			return s, leakconfig.Default, true
		}
	}
	return ctxflow.Scope{}, 0, false
}

// twin returns what a call has beside it that takes a context.
func (c *checker) twin(call *ssa.Call, fn *ssa.Function) (t twin, ok bool) {
	obj, _ := c.sum.Callee(call)
	if obj == nil || c.sum.Makes(obj) {
		return twin{}, false
	}
	found, ok := c.sum.TwinOf(call)
	for _, b := range c.sum.Blocks(call) {
		if b.Ctx >= 0 && !(found.Via != "" && c.owns(fn) && c.sum.Bare(call)) {
			return twin{}, false // it takes one, or something that carries one
		}
	}
	if !ok || found.With != "" && topName(fn) == found.With {
		return twin{}, false
	}
	return twin(found), true
}

// owns reports whether the declared function around fn gets a context itself:
// then what its receiver holds was most likely not made for one call.
func (c *checker) owns(fn *ssa.Function) bool {
	for _, s := range c.flow.Scopes(leakssa.Declared(fn)) {
		if s.Param != nil && !s.Weak {
			return true
		}
	}
	return false
}

// topName returns the name of the declared function around fn.
func topName(fn *ssa.Function) string { return leakssa.Declared(fn).Name() }
