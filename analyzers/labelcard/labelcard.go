package labelcard

import (
	_ "embed"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/leaksummary"
	"github.com/leakvet/leakvet/internal/origin"
	"github.com/leakvet/leakvet/internal/report"
)

//go:embed doc.go
var doc string

// Analyzer reports labels that any number of values flow into.
var Analyzer = &analysis.Analyzer{
	Name:     "labelcard",
	Doc:      report.Doc(doc, "labelcard"),
	URL:      "https://github.com/leakvet/leakvet/blob/main/docs/rules/labelcard.md",
	Requires: []*analysis.Analyzer{leakconfig.Analyzer, leaksummary.Analyzer},
	Run:      report.Rule(run),
}

func run(pass *analysis.Pass, r *report.Reporter) {
	sum := pass.ResultOf[leaksummary.Analyzer].(*leaksummary.Result)
	defer sum.Use()()
	c := &checker{pass: pass, r: r, sum: sum, flows: map[ssa.CallInstruction]*flood{}, entered: map[string]bool{}}
	for _, fn := range sum.Functions() {
		if !r.Tests(fn) {
			c.function(fn)
		}
	}
	for _, fn := range sum.Functions() {
		if !r.Tests(fn) {
			c.registers(fn)
		}
	}
	for _, f := range c.gather() {
		found := f.finding()
		found.Fixes = c.fix(f)
		r.Report(found)
	}
	c.series()
}

type checker struct {
	pass    *analysis.Pass
	r       *report.Reporter
	sum     *leaksummary.Result
	flows   map[ssa.CallInstruction]*flood
	order   []*flood
	entered map[string]bool // functions of other packages that pick what is wrong themselves
}

// flood is a call that makes labels of what nothing bounds.
type flood struct {
	call    ssa.CallInstruction
	tier    leakconfig.Tier
	entries []*origin.Entry
	from    ssa.CallInstruction // the call that shows it, if the label is made in what that calls
	also    []*flood            // other calls that make labels of the same
}

func (c *checker) function(fn *ssa.Function) {
	for _, e := range c.sum.Entries(fn) {
		o := e.Origin
		if o.Kind != origin.Unbounded {
			c.registerer(e)
			continue
		}
		tier := leakconfig.Default
		if o.Source.Weak {
			tier = leakconfig.Audit
		}
		call, from := e.Call, ssa.CallInstruction(nil)
		if o.Source.Picked && (e.Site != nil || len(e.Way) > 0) {
			// The callee picks the part that is wrong: it is what must change.
			if e.Site != nil {
				call, from = e.Site.Call, e.Call
				e = &origin.Entry{Call: call, What: e.What, Origin: o, Noun: e.Noun}
			} else if key := e.Way[0] + " " + e.What; c.entered[key] {
				continue
			} else {
				c.entered[key] = true
			}
		}
		c.add(call, from, tier, e)
	}
}

// add gathers what one call makes labels of: the default tier's entries, or
// else the audit tier's.
func (c *checker) add(call, from ssa.CallInstruction, tier leakconfig.Tier, e *origin.Entry) {
	f := c.flows[call]
	if f == nil {
		f = &flood{call: call, tier: tier, from: from}
		c.flows[call] = f
		c.order = append(c.order, f)
	}
	switch {
	case tier < f.tier:
		f.tier, f.entries, f.from = tier, nil, from
	case tier > f.tier:
		return
	}
	for _, old := range f.entries {
		if old.What == e.What {
			return
		}
	}
	f.entries = append(f.entries, e)
}

// gather makes one finding of all calls that make labels of the same: there is
// one thing to bound.
func (c *checker) gather() []*flood {
	type key struct {
		fn   *ssa.Function
		pos  token.Pos
		text string
		tier leakconfig.Tier
	}
	first := map[key]*flood{}
	var out []*flood
	for _, f := range c.order {
		var keys []key
		var said *flood
		for _, e := range f.entries {
			k := key{leakssa.Declared(f.call.Parent()), e.Origin.Source.Pos, e.Origin.Source.Text, f.tier}
			keys = append(keys, k)
			if o := first[k]; o != nil && (said == nil || said == o) {
				said = o
			} else {
				said = nil
				break
			}
		}
		if said != nil {
			said.also = append(said.also, f)
			continue
		}
		for _, k := range keys {
			if first[k] == nil {
				first[k] = f
			}
		}
		out = append(out, f)
	}
	return out
}
