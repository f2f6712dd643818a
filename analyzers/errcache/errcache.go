package errcache

import (
	_ "embed"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/internal/errflow"
	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/leaksummary"
	"github.com/leakvet/leakvet/internal/report"
)

//go:embed doc.go
var doc string

// Analyzer reports failures that are kept for later calls.
var Analyzer = &analysis.Analyzer{
	Name:     "errcache",
	Doc:      report.Doc(doc, "errcache"),
	URL:      "https://github.com/leakvet/leakvet/blob/main/docs/rules/errcache.md",
	Requires: []*analysis.Analyzer{leakconfig.Analyzer, leaksummary.Analyzer},
	Run:      report.Rule(run),
}

func run(pass *analysis.Pass, r *report.Reporter) {
	sum := pass.ResultOf[leaksummary.Analyzer].(*leaksummary.Result)
	defer sum.Use()()
	j := judge{r: r, sum: sum, ends: pass.Pkg.Name() == "main" && !slices.ContainsFunc(sum.Functions(), sum.Serves)}
	for _, f := range sum.FailuresInInit() {
		if !r.IsTest(f.At.Pos()) || r.Config().Tests {
			j.failure(f)
		}
	}
	for _, fn := range sum.Functions() {
		if r.Tests(fn) {
			continue
		}
		for _, f := range sum.Failures(fn) {
			j.failure(f)
		}
		for _, a := range sum.Answers(fn) {
			r.Report(answer(a))
		}
		for _, s := range sum.Stickies(fn) {
			r.Report(sticky(s))
		}
	}
}

type judge struct {
	r    *report.Reporter
	sum  *leaksummary.Result
	ends bool // the program serves nobody: most of those end once something has failed
}

func (j *judge) failure(f leaksummary.Failure) {
	tier, ok := tierOf(f)
	if !ok || f.CacheSite != nil && f.Var != nil && j.sum.Brief(f.Var) {
		return
	}
	if f.Kind == errflow.Kept && j.ends {
		tier = leakconfig.Audit
	}
	found := finding(f)
	found.Tier = tier
	j.r.Report(found)
}

// tierOf says how sure it is that f does harm; ok is false if it is not likely.
func tierOf(f leaksummary.Failure) (tier leakconfig.Tier, ok bool) {
	switch f.Kind {
	case errflow.Kept:
		return onceTier(f)
	case errflow.Value:
		if !f.Only || f.LoaderOf != "" {
			return valueTier(f)
		}
	}
	// What stands for a failure may be meant to, for a time.
	switch {
	case f.Pure || !f.Known && !f.Looked || f.NoHit:
		return 0, false
	case f.Kind == errflow.Itself && f.Brief:
		return 0, false
	case f.Outside && !f.Brief && !f.Evicts && !f.Default:
		return leakconfig.Default, true
	}
	return leakconfig.Audit, true
}

// valueTier judges values that are kept although their error is not nil, or
// nothing has looked at it.
func valueTier(f leaksummary.Failure) (leakconfig.Tier, bool) {
	switch {
	case f.LoaderOf != "":
		return leakconfig.Default, f.Failed
	case !f.Known && !f.Looked && !f.Served:
		return 0, false
	case f.NoHit:
		return leakconfig.Audit, true
	case f.Blank:
		if f.Pure || !f.Known && !f.Looked && !f.Outside {
			return 0, false
		}
		if !f.Outside {
			return leakconfig.Audit, true
		}
	case !f.Known && !f.Looked && !f.Outside:
		return leakconfig.Audit, true
	}
	return leakconfig.Default, true
}

// onceTier judges failures after which nothing tries again.
func onceTier(f leaksummary.Failure) (leakconfig.Tier, bool) {
	switch {
	case f.Lost && (f.Fixed && !f.Outside || f.Reads):
		return leakconfig.Audit, true // it fails always or never, or could not be tried again
	case f.Lost:
		return leakconfig.Default, true
	case f.Pure || !f.Outside && (f.Static || !f.ErrKept) || report.CleansUp(f.Callee) || report.InCleanup(f.In):
		return 0, false // nobody closes a thing again
	case f.Outside && f.ErrKept && f.Global:
		return leakconfig.Default, true
	}
	return leakconfig.Audit, true
}
