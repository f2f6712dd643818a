package mapgrow

import (
	_ "embed"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/growth"
	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/leaksummary"
	"github.com/leakvet/leakvet/internal/origin"
	"github.com/leakvet/leakvet/internal/report"
)

//go:embed doc.go
var doc string

// Analyzer reports containers that only grow.
var Analyzer = &analysis.Analyzer{
	Name:     "mapgrow",
	Doc:      report.Doc(doc, "mapgrow"),
	URL:      "https://github.com/leakvet/leakvet/blob/main/docs/rules/mapgrow.md",
	Requires: []*analysis.Analyzer{leakconfig.Analyzer, leaksummary.Analyzer},
	Run:      report.Rule(run),
}

func run(pass *analysis.Pass, r *report.Reporter) {
	sum := pass.ResultOf[leaksummary.Analyzer].(*leaksummary.Result)
	defer sum.Use()()
	c := &checker{pass: pass, r: r, sum: sum}
	made := map[ssa.CallInstruction]bool{}
	for _, held := range sum.Containers() {
		for _, m := range sum.Growth().Makers(held) {
			made[m.Call] = true
		}
		c.container(held)
	}
	for _, fn := range sum.Functions() {
		if r.Tests(fn) {
			continue
		}
		for _, m := range sum.Growth().Boundless(fn) {
			if !made[m.Call] {
				r.Report(c.loose(m))
			}
		}
	}
}

type checker struct {
	pass *analysis.Pass
	r    *report.Reporter
	sum  *leaksummary.Result
}

func (c *checker) container(held *growth.Container) {
	t := c.sum.Growth()
	if c.r.Config().Tier == leakconfig.Audit && c.awaits(held) {
		return
	}
	if !t.Owned(held) && !t.Deleted(held) || c.judge(held, held.Var.Name()+" only grows") {
		return
	}
	if inner := t.Within(held); inner != nil {
		c.judge(inner, "the maps in "+held.Var.Name()+" only grow")
	}
}

// awaits reports a map in which a function leaves the entry that it has waited for, and
// whether there is one.
func (c *checker) awaits(held *growth.Container) bool {
	for _, in := range held.Inserts {
		fn := leakssa.Declared(in.At.Parent())
		if c.r.Tests(fn) {
			continue
		}
		if left := c.sum.Growth().Left(held, in); left != nil {
			c.r.Report(c.left(held, in, left))
			return true
		}
	}
	return false
}

// judge reports a container where something is put into it, if that can go on for ever,
// and whether it is one; grows says that it does.
func (c *checker) judge(held *growth.Container, grows string) bool {
	t := c.sum.Growth()
	var best *growth.Growing
	tier := leakconfig.Audit
	for _, g := range t.Growing(held) {
		if c.r.Tests(g.Func) {
			continue
		}
		at, ok := c.tier(held, g)
		if !ok {
			continue
		}
		if best == nil || at < tier || at == tier && c.shows(g, best) {
			best, tier = g, at
		}
	}
	if best == nil {
		return false
	}
	for _, m := range t.Makers(held) {
		if m.Boundless != nil {
			c.r.Report(c.cache(held, best, m, tier))
			return true
		}
	}
	c.r.Report(c.finding(held, best, tier, grows))
	return true
}

// shows reports whether an insert shows the growth better than another: the
// program comes to it more often, or it starts goroutines for what it adds.
func (c *checker) shows(g, than *growth.Growing) bool {
	if g.Reach != than.Reach {
		return g.Reach > than.Reach
	}
	return c.sum.Spawns(g.Func) && !c.sum.Spawns(than.Func)
}

// tier says how sure it is that an insert goes on for ever, or that nothing says
// so.
func (c *checker) tier(held *growth.Container, g *growth.Growing) (leakconfig.Tier, bool) {
	if g.Reach == growth.Once {
		return 0, false
	}
	lapses := len(held.Deletes) > 0 && c.sum.Growth().Lapse(held) != nil
	asked := len(held.Deletes) > 0 && !lapses
	if asked && !c.sum.Growth().Asked(held, g) {
		return 0, false
	}
	owner := c.sum.Owner(held.Var)
	sent := g.Origin.Kind == origin.Unbounded && !g.Origin.Source.Weak
	lasts := !held.Var.IsField() || owner == nil
	if !lasts {
		lasts = g.Sibling != nil || lapses // what forgets entries lives longer than they do
		switch c.sum.Growth().Life(owner) {
		case growth.LifeLong:
			lasts = true
		case growth.LifeShort:
			return 0, false
		}
	}
	if !lasts && (g.Reach < growth.OnMiss || !c.sum.Locked(owner)) {
		return 0, false // it may be gone before it is big
	}
	switch {
	case asked:
		// A client that comes back would use a key of its own choice again.
		return leakconfig.Audit, lasts && sent && g.Origin.Source.Says != ""
	case held.Var.Exported() && (owner == nil || owner.Exported()) || !lasts || g.Checked || c.sum.Growth().Swapped(owner) || byDesign(held, owner) || c.r.SupportsTests():
		return leakconfig.Audit, true
	case sent:
		return leakconfig.Default, true
	case g.Listed, len(held.Deletes) > 0:
		return leakconfig.Audit, true
	case g.Reach <= growth.Called && g.Sibling == nil || g.Key == nil && g.Reach < growth.InEndless:
		return leakconfig.Audit, true
	case g.Reach == growth.OnMiss && !c.sum.Works(g.Value):
		return leakconfig.Audit, true // what is cheap to keep is mostly kept for few
	case counted(held), g.Key != nil && isInteger(g.Key.Type()) && !c.sum.Works(g.Value):
		return leakconfig.Audit, true
	case g.Memo, g.Key != nil && g.Sibling == nil && c.closedKey(g):
		return leakconfig.Audit, true
	}
	return leakconfig.Default, true
}
