// Package suite runs leakvet's rules in one process over packages that are
// nobody's first-party code: the standard library and required modules.
package suite

import (
	"cmp"
	"fmt"
	"go/token"
	"path"
	"path/filepath"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/leakvet/leakvet/analyzers"
	"github.com/leakvet/leakvet/internal/guard"
)

// Finding is one diagnostic, without anything that depends on the machine.
type Finding struct {
	Rule    string
	File    string // the package's path and the file's name
	Line    int
	Message string
}

// Result is what a run brought.
type Result struct {
	Findings []Finding       // sorted by file, line and rule
	Failures []guard.Failure // panics and errors of analyzers
	Packages int             // how many were analysed
	Skipped  []string        // what could not be loaded, and why
}

// analyze runs every rule over pkgs, for which all dependencies are loaded.
// It may not be called concurrently.
func analyze(pkgs []*packages.Package) (Result, error) {
	result := Result{Packages: len(pkgs)}
	var mu sync.Mutex
	guard.OnPanic = func(f guard.Failure) {
		mu.Lock()
		defer mu.Unlock()
		result.Failures = append(result.Failures, f)
	}
	defer func() { guard.OnPanic = nil }()

	graph, err := checker.Analyze(analyzers.Rules(), pkgs, nil)
	if err != nil {
		return result, err
	}
	for _, act := range graph.Roots {
		if act.Err != nil {
			return result, fmt.Errorf("%s on %s: %w", act.Analyzer, act.Package.PkgPath, act.Err)
		}
		for _, d := range act.Diagnostics {
			result.Findings = append(result.Findings, newFinding(act, d.Pos, d.Message))
		}
	}
	result.sort()
	return result, nil
}

func newFinding(act *checker.Action, pos token.Pos, message string) Finding {
	posn := act.Package.Fset.Position(pos)
	return Finding{
		Rule:    act.Analyzer.Name,
		File:    path.Join(act.Package.PkgPath, filepath.Base(posn.Filename)),
		Line:    posn.Line,
		Message: message,
	}
}

// Add joins what another run brought.
func (r *Result) Add(other Result) {
	r.Findings = append(r.Findings, other.Findings...)
	r.Failures = append(r.Failures, other.Failures...)
	r.Skipped = append(r.Skipped, other.Skipped...)
	r.Packages += other.Packages
	r.sort()
}

func (r *Result) sort() {
	slices.SortFunc(r.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
	})
	r.Findings = slices.Compact(r.Findings)
	slices.SortFunc(r.Failures, func(a, b guard.Failure) int {
		return cmp.Or(cmp.Compare(a.Package, b.Package), cmp.Compare(a.Analyzer, b.Analyzer))
	})
	slices.Sort(r.Skipped)
	r.Skipped = slices.Compact(r.Skipped)
}
