package cancelleak

import (
	_ "embed"
	"go/ast"

	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/leaksummary"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/release"
	"github.com/leakvet/leakvet/internal/report"
)

//go:embed doc.go
var doc string

// Analyzer reports cancel and stop functions that some path does not call.
var Analyzer = &analysis.Analyzer{
	Name:     "cancelleak",
	Doc:      report.Doc(doc, "cancelleak"),
	URL:      "https://github.com/leakvet/leakvet/blob/main/docs/rules/cancelleak.md",
	Requires: []*analysis.Analyzer{leakconfig.Analyzer, leaksummary.Analyzer},
	Run:      report.Rule(run),
}

func run(pass *analysis.Pass, r *report.Reporter) {
	rule := release.Rule{
		Left: func(sum *leaksummary.Result, a *leaksummary.Acquisition, call *ast.CallExpr) bool {
			v := vet{info: pass.TypesInfo, never: sum.NeverReturns, fn: a.Call.Parent().Syntax()}
			if v.says(call) {
				r.Judged(call.Pos())
				return !r.Config().Vet
			}
			return v.waived(call) || endsWithParent(sum, a)
		},
		Meant: func(sum *leaksummary.Result, a *leaksummary.Acquisition) bool {
			return onlyIfFailed(a) || onlyLeft(a) && (sum.EndsAlone(a) || leftToLimit(a))
		},
	}
	rule.Run(pass, r)
}

// endsWithParent reports whether all that is left open is the child of a context
// that is made in the same function, and so ends with that.
func endsWithParent(sum *leaksummary.Result, a *leaksummary.Acquisition) bool {
	return onlyLeft(a) && sum.ChildOfOwn(a.Call)
}

// onlyLeft reports whether the function is left alone when the one around it
// returns, and never lasts longer than it should until then.
func onlyLeft(a *leaksummary.Acquisition) bool {
	for _, x := range a.Result.Exits {
		if x.Fate == obligation.Overwritten || x.Fate == obligation.DeferLoop {
			return false
		}
	}
	return true
}

// onlyIfFailed reports whether the function is called on the ways that return an
// error, and left alone only where there is none: what it has begun may go on.
func onlyIfFailed(a *leaksummary.Acquisition) bool {
	left, failed := false, false
	for _, x := range a.Result.Exits {
		switch x.Fate {
		case obligation.Overwritten, obligation.DeferLoop:
			return false
		case obligation.Open:
			left = true
			if x.Last != leakapi.Zero {
				return false
			}
		case obligation.Done:
			failed = failed || x.Last != leakapi.Zero
		}
	}
	return left && failed
}
