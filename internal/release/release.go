// Package release judges resources that some path does not release, and words
// what it finds. It serves every rule of that kind and knows none of them.
package release

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/leaksummary"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/report"
)

// Rule is how a rule reports the resources of its classes that some path of a
// package does not release.
type Rule struct {
	// Left reports whether somebody else speaks of a call, or it is meant.
	Left func(sum *leaksummary.Result, a *leaksummary.Acquisition, call *ast.CallExpr) bool
	// Meant reports whether the exits show that some are left open on purpose:
	// such findings are left to the audit tier.
	Meant func(sum *leaksummary.Result, a *leaksummary.Acquisition) bool
}

// Run reports what the rule finds in a package.
func (rule Rule) Run(pass *analysis.Pass, r *report.Reporter) {
	sum := pass.ResultOf[leaksummary.Analyzer].(*leaksummary.Result)
	defer sum.Use()()
	told := map[*ssa.Call]*leaksummary.Acquisition{} // what is left open
	lefts := map[token.Pos]bool{}                    // where helpers leave something open
	if r.Config().Tier == leakconfig.Audit {
		rule.halfway(pass, r, sum)
	}
	for _, a := range sum.Acquisitions(pass.Analyzer.Name) {
		if !a.Direct || !a.Result.Reached || a.Result.GaveUp {
			continue
		}
		expr := leakssa.CallExpr(a.Call)
		if expr == nil {
			continue
		}
		j := &judge{pass: pass, sum: sum, a: a, expr: expr, test: r.IsTest(expr.Pos())}
		exit, ok := j.worst()
		if !ok && r.Config().Tier == leakconfig.Audit && !a.Perhaps && !a.Class.Audit && !j.test {
			if f, ok := j.failed(); ok {
				r.Report(f)
			}
		}
		if !ok || j.test && !r.Config().Tests && !(a.Class.Tests && j.never() && j.read()) || isMain(exit.Instr.Parent()) {
			continue
		}
		if a.Class.Meant && exit.Fate == obligation.Open && j.discarded() {
			continue
		}
		if rule.Left != nil && rule.Left(sum, a, expr) {
			continue
		}
		if of := told[owner(a.Call)]; of != nil && leftAt(of, exit.Instr) {
			continue // it ends with what it comes from
		}
		told[a.Call] = a
		f := j.finding(exit)
		replaced := exit.Fate == obligation.Overwritten && exit.Field != nil
		if a.Class.Audit || a.Perhaps || exit.Doubtful || exit.Field != nil && !a.Partly || replaced || exit.Beside && a.Class.Calls() || rule.Meant != nil && rule.Meant(sum, a) {
			f.Tier = leakconfig.Audit
		}
		if exit.Field != nil && !replaced {
			j.forgotten(&f, exit)
		}
		if exit.Left != nil {
			j.leftBy(&f, exit)
			if lefts[f.Pos] {
				continue // another resource, the same helper
			}
			lefts[f.Pos] = true
		}
		if f.Tier == leakconfig.Default && (sum.RunsOnce(expr.Pos()) || r.NamedForTests()) {
			f.Tier = leakconfig.Audit // it does not grow, and ends with the process or test
		}
		if f.Tier == leakconfig.Default && (a.Class.Over && !j.never() && sum.OverAtReturn(a.Call) || a.Maker && j.makerEnds(exit.Instr)) {
			f.Tier = leakconfig.Audit
		}
		if f.Tier == leakconfig.Default && j.installed() {
			f.Tier = leakconfig.Audit // it is needed until the process ends
		}
		if fix, ok := j.fix(); ok {
			f.Fixes = append(f.Fixes, fix)
		}
		r.Report(f)
	}
}

// leftAt reports whether an exit leaves what was acquired open, too.
func leftAt(a *leaksummary.Acquisition, exit ssa.Instruction) bool {
	return slices.ContainsFunc(a.Result.Exits, func(x obligation.Exit) bool { return x.Fate == obligation.Open && x.Instr == exit })
}

// makerEnds reports whether the function has released what made the resource, where it
// leaves that open.
func (j *judge) makerEnds(exit ssa.Instruction) bool {
	made := owner(j.a.Call)
	if made == nil {
		return false
	}
	for _, of := range j.sum.AcquiredBy(made) {
		if of.Result.Reached && !of.Result.GaveUp && !leftAt(of, exit) {
			return true
		}
	}
	return false
}

// owner returns the call that made what a method is called on, or nil.
func owner(call *ssa.Call) *ssa.Call {
	of := call.Call.Value
	if !call.Call.IsInvoke() {
		if call.Call.Signature().Recv() == nil || len(call.Call.Args) == 0 {
			return nil
		}
		of = call.Call.Args[0]
	}
	// A method may be promoted.
	if load, ok := of.(*ssa.UnOp); ok && load.Op == token.MUL {
		if field, ok := load.X.(*ssa.FieldAddr); ok {
			if f := leakssa.FieldAt(field.X.Type(), field.Field); f != nil && f.Embedded() {
				of = field.X
			}
		}
	}
	if ex, ok := of.(*ssa.Extract); ok {
		of = ex.Tuple
	}
	made, _ := of.(*ssa.Call)
	return made
}

// isMain reports whether fn is a program's main function: what it leaves open ends
// with the process.
func isMain(fn *ssa.Function) bool {
	return fn.Name() == "main" && fn.Parent() == nil && fn.Signature.Recv() == nil && fn.Pkg != nil && fn.Pkg.Pkg.Name() == "main"
}

// judge looks at one acquisition.
type judge struct {
	pass *analysis.Pass
	sum  *leaksummary.Result
	a    *leaksummary.Acquisition
	expr *ast.CallExpr
	test bool // in a test file
}

// worst returns the exit to report: the first in the source of the plainest
// kind.
func (j *judge) worst() (obligation.Exit, bool) {
	var bad []obligation.Exit
	for _, x := range j.a.Result.Exits {
		switch x.Fate {
		case obligation.Open, obligation.Overwritten, obligation.DeferLoop:
			bad = append(bad, x)
		case obligation.Stored, obligation.Passed:
			if f := j.sum.StoredIn(x); f != nil && f.IsField() && j.abandoned(f) {
				x.Field = f
				bad = append(bad, x)
			} else if v := j.sum.Replaced(x, j.a); v != nil {
				x.Fate, x.Field = obligation.Overwritten, v
				bad = append(bad, x)
			} else if x.Kept != nil && j.abandoned(x.Kept) {
				x.Field = x.Kept
				bad = append(bad, x)
			}
		case obligation.Returned:
			if f := j.sum.KeptIn(x); f != nil && j.abandoned(f) {
				x.Field = f
				bad = append(bad, x)
			}
		}
	}
	if len(bad) == 0 {
		return obligation.Exit{}, false
	}
	return slices.MinFunc(bad, func(x, y obligation.Exit) int {
		return cmp.Or(cmp.Compare(j.rank(x), j.rank(y)), cmp.Compare(obligation.ReturnPos(x.Instr), obligation.ReturnPos(y.Instr)))
	}), true
}

// abandoned reports whether nothing in the package releases what a field holds, nor what
// is beside it.
func (j *judge) abandoned(f *types.Var) bool {
	return j.sum.Abandons(f, j.a.Class) && !j.sum.Beside(j.a, f)
}

// rank orders exits by how plainly they show the leak: a return that only
// follows the call, then the loop, then a return behind the loop, then what a helper
// leaves, and at last what hardly happens.
func (j *judge) rank(x obligation.Exit) int {
	switch {
	case x.Doubtful:
		return 4
	case x.Left != nil:
		return 3
	case x.Fate == obligation.Open && x.Instr.Parent() == j.a.Call.Parent() && j.a.Call.Block().Dominates(x.Instr.Block()):
		return 0
	case x.Fate == obligation.Overwritten && x.Field == nil:
		return 1
	case x.Fate == obligation.Open:
		return 2
	}
	return 3
}

// never reports whether no path releases the resource or hands it on.
func (j *judge) never() bool {
	for _, x := range j.a.Result.Exits {
		if x.Fate != obligation.Open && x.Fate != obligation.Overwritten {
			return false
		}
	}
	return true
}

// discarded reports whether the source does not even name the resource.
func (j *judge) discarded() bool {
	if j.a.Aliases[0].Result < 0 {
		return false
	}
	refs := *j.a.Call.Referrers()
	if _, ok := j.a.Call.Type().(*types.Tuple); !ok {
		return len(refs) == 0
	}
	for _, al := range j.a.Aliases {
		for _, ref := range refs {
			if e, ok := ref.(*ssa.Extract); ok && e.Index == al.Result && len(*e.Referrers()) > 0 {
				return false
			}
		}
	}
	return true
}

func (j *judge) line(pos token.Pos) int { return j.pass.Fset.Position(pos).Line }
