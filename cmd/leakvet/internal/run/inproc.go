package run

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/finding"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/unit"
	"github.com/leakvet/leakvet/internal/guard"
)

// inProcess analyses the packages and all that they import in this process.
// It caches nothing but needs nothing either: another build system may serve
// it through GOPACKAGESDRIVER.
func (r *runner) inProcess(ctx context.Context) error {
	if err := configure(r.suite.Analyzers, r.policy.analyzerFlags(r.tables)); err != nil {
		return err
	}
	var mu sync.Mutex
	guard.OnPanic = func(f guard.Failure) {
		mu.Lock()
		defer mu.Unlock()
		r.report.Failures = append(r.report.Failures, finding.Failure{
			Package: finding.PackagePath(f.Package), Rule: f.Analyzer, Message: unit.Explain(f),
		})
	}
	start := time.Now()
	pkgs, err := packages.Load(&packages.Config{
		Mode:       packages.LoadAllSyntax | packages.NeedModule,
		Context:    ctx,
		Dir:        r.dir,
		BuildFlags: r.settings.build,
		Tests:      true,
	}, r.settings.patterns...)
	if err != nil {
		return err
	}
	r.match = listed(pkgs)
	r.progress.expect(r.match.dirs)
	if len(pkgs) == 0 {
		return noPackages(r.settings.patterns)
	}
	roots := r.healthy(pkgs)
	if len(roots) == 0 && len(r.problems.list) == 0 {
		return notOwn(r.settings.patterns)
	}
	load := time.Since(start)
	// Side by side, rules wait for one another: their time would not be theirs.
	graph, err := analyze(ctx, r.suite.Analyzers, roots, &checker.Options{Sequential: r.settings.stats != ""})
	if err != nil {
		return err
	}
	if r.settings.stats != "" {
		r.stats = graphStats(graph, load)
	}
	sources := make(map[*packages.Package]*unit.Source)
	for _, p := range roots {
		sources[p] = &unit.Source{Files: p.Syntax, Info: p.TypesInfo, Pkg: p.Types}
	}
	for _, act := range graph.Roots {
		r.progress.step(act.Package.PkgPath)
		if act.Err != nil {
			r.report.Failures = append(r.report.Failures, finding.Failure{
				Package: act.Package.PkgPath, Rule: act.Analyzer.Name, Message: act.Err.Error(),
			})
			continue
		}
		naming := unit.Naming{
			File:   func(name string) string { return name },
			Own:    func(name string) bool { return slices.Contains(act.Package.CompiledGoFiles, name) },
			Source: sources[act.Package],
		}
		r.report.Add(act.Package.ID, act.Analyzer.Name, unit.Diagnostics(act.Package.Fset, act.Diagnostics, naming))
	}
	return nil
}

// listed returns what the patterns match.
func listed(pkgs []*packages.Package) listing {
	l := newListing()
	for _, p := range pkgs {
		l.dirs[p.PkgPath] = p.Dir
		if p.Module != nil {
			l.modules[p.Module.Path] = p.Module.Dir
		}
	}
	return l
}

// analyze runs the analyzers until they are done or ctx ends; the analysis
// itself knows no end but its own, and is left behind.
func analyze(ctx context.Context, analyzers []*analysis.Analyzer, roots []*packages.Package, opts *checker.Options) (*checker.Graph, error) {
	type answer struct {
		graph *checker.Graph
		err   error
	}
	done := make(chan answer, 1)
	go func() {
		graph, err := checker.Analyze(analyzers, roots, opts)
		done <- answer{graph, err}
	}()
	select {
	case a := <-done:
		return a.graph, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// healthy returns those packages that are to be analysed and can be, and
// notes what is wrong with others.
func (r *runner) healthy(roots []*packages.Package) []*packages.Package {
	packages.Visit(roots, nil, func(p *packages.Package) {
		for _, e := range p.Errors {
			r.problems.add(strings.TrimPrefix(e.Error(), "-: "))
		}
	})
	var keep []*packages.Package
	for _, p := range roots {
		if !p.IllTyped && len(p.Errors) == 0 && !strings.HasSuffix(p.ID, ".test") && unit.IsOwn(p.PkgPath, p.Dir) {
			keep = append(keep, p)
		}
	}
	return keep
}

// configure sets flags, given as analyzer.name=value.
func configure(analyzers []*analysis.Analyzer, flags []string) error {
	var errs []error
	for _, f := range flags {
		name, value, _ := strings.Cut(f, "=")
		owner, name, _ := strings.Cut(name, ".")
		found := false
		for _, a := range analyzers {
			if a.Name == owner {
				found = true
				errs = append(errs, a.Flags.Set(name, value))
			}
		}
		if !found {
			errs = append(errs, fmt.Errorf("no analyzer %s to configure", owner))
		}
	}
	return errors.Join(errs...)
}
