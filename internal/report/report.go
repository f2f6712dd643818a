// Package report turns what a rule found into diagnostics, the same way for
// every rule: it filters by tier, generated files and ignore directives, keeps
// one finding a line, and shapes the witness to what drivers can show.
package report

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/guard"
	"github.com/leakvet/leakvet/internal/leakconfig"
)

// maxRelated is how many related positions a driver with little room gets.
const maxRelated = 2

// Step is one hop of a witness, in the order in which it happens.
type Step struct {
	Pos     token.Pos
	Message string // such as "the function returns here with the body open"
	Key     bool   // survives the short form of the witness
}

// Finding is one leak as a rule sees it.
type Finding struct {
	Pos, End token.Pos
	Tier     leakconfig.Tier
	Message  string // complete in itself: some drivers drop everything else
	Steps    []Step
	Fixes    []analysis.SuggestedFix // the safest first
}

// Reporter collects the findings of one rule in one package.
type Reporter struct {
	pass      *analysis.Pass
	cfg       *leakconfig.Config
	generated map[string]bool // by file name
	ignores   map[string][]*ignore
	nolints   map[string]map[int][]string // by file name and line
	findings  []Finding
	judged    []token.Pos // where somebody else speaks

	testServers map[*ssa.Function]bool // whether a function mentions fake servers; what was asked for
}

// Rule wraps a rule's body into an analyzer's Run: it makes the Reporter, runs
// the rule, and hands the findings to the driver sorted by position.
func Rule(run func(*analysis.Pass, *Reporter)) func(*analysis.Pass) (any, error) {
	return guard.Run(func() any { return nil }, func(pass *analysis.Pass) (any, error) {
		r := newReporter(pass)
		run(pass, r)
		r.flush()
		return nil, nil
	})
}

func newReporter(pass *analysis.Pass) *Reporter {
	return &Reporter{pass: pass, cfg: pass.ResultOf[leakconfig.Analyzer].(*leakconfig.Config), testServers: map[*ssa.Function]bool{}}
}

// Config returns the settings in force.
func (r *Reporter) Config() *leakconfig.Config { return r.cfg }

// Report takes a finding; what the settings or a directive silence is dropped.
func (r *Reporter) Report(f Finding) {
	if f.Tier <= r.cfg.Tier {
		r.findings = append(r.findings, f)
	}
}

// IsTest reports whether pos lies in a _test.go file.
func (r *Reporter) IsTest(pos token.Pos) bool {
	return strings.HasSuffix(r.pass.Fset.File(pos).Name(), "_test.go")
}

func (r *Reporter) flush() {
	if len(r.findings) == 0 && !r.mentionsRule() {
		return
	}
	r.scanFiles()
	r.findings = slices.DeleteFunc(r.findings, func(f Finding) bool {
		posn := r.pass.Fset.PositionFor(f.Pos, false)
		return r.ignored(posn) || r.generated[posn.Filename] && !r.cfg.Generated || r.Silenced(f.Pos)
	})
	r.findings = append(r.findings, r.useless()...)
	// Loaders that parse files side by side number positions as it happens.
	slices.SortStableFunc(r.findings, func(a, b Finding) int {
		p, q := r.pass.Fset.PositionFor(a.Pos, false), r.pass.Fset.PositionFor(b.Pos, false)
		return cmp.Or(cmp.Compare(p.Filename, q.Filename), cmp.Compare(p.Line, q.Line), cmp.Compare(a.Tier, b.Tier),
			cmp.Compare(p.Offset, q.Offset), cmp.Compare(a.Message, b.Message))
	})
	last := ""
	for _, f := range r.findings {
		posn := r.pass.Fset.PositionFor(f.Pos, false)
		line := fmt.Sprintf("%s:%d", posn.Filename, posn.Line)
		if line == last { // several drivers keep only one finding a line
			continue
		}
		last = line
		r.pass.Report(r.diagnostic(f))
	}
}

// AuditAnchor ends the URL of a finding of the audit tier: it leads to what a
// rule's page says of that tier.
const AuditAnchor = "#audit"

// IsAudit reports whether a finding is of the audit tier.
func IsAudit(d analysis.Diagnostic) bool { return strings.HasSuffix(d.URL, AuditAnchor) }

func (r *Reporter) diagnostic(f Finding) analysis.Diagnostic {
	d := analysis.Diagnostic{
		Pos:            f.Pos,
		End:            f.End,
		Category:       r.pass.Analyzer.Name,
		Message:        f.Message,
		SuggestedFixes: f.Fixes,
	}
	if f.Tier == leakconfig.Audit {
		d.URL = r.pass.Analyzer.URL + AuditAnchor
	}
	for _, s := range f.Steps {
		if r.cfg.Witness == leakconfig.Short && (!s.Key || len(d.Related) == maxRelated) {
			continue
		}
		d.Related = append(d.Related, analysis.RelatedInformation{Pos: s.Pos, Message: s.Message})
	}
	return d
}

func (r *Reporter) scanFiles() {
	r.generated = map[string]bool{}
	r.ignores = map[string][]*ignore{}
	for _, f := range r.pass.Files {
		name := r.pass.Fset.File(f.FileStart).Name()
		if ast.IsGenerated(f) && !r.preprocessed(f) {
			r.generated[name] = true
		}
		r.ignores[name] = ignoresIn(r.pass.Fset, f)
	}
}

// preprocessed reports whether f is what cgo makes of a file that people write.
func (r *Reporter) preprocessed(f *ast.File) bool {
	said := r.pass.Fset.Position(f.Package).Filename
	return strings.HasSuffix(said, ".go") && said != r.pass.Fset.PositionFor(f.Package, false).Filename
}
