package unit

import (
	"fmt"
	"go/ast"
	"go/types"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/internal/guard"
)

// A result is what one analyzer said about the package.
type result struct {
	analyzer    *analysis.Analyzer
	diagnostics []analysis.Diagnostic
	err         error
}

// An executor runs analyzers over a package, one after the other: the go
// command already keeps all processors busy with other packages.
type executor struct {
	unit    *unit
	pkg     *types.Package
	files   []*ast.File
	checker *checker
	facts   *facts
	done    map[*analysis.Analyzer]*action
}

// action is one analyzer's run.
type action struct {
	result
	value any
}

// execAll runs roots and what they require, and returns the roots' results.
func (e *executor) execAll(roots []*analysis.Analyzer) []result {
	e.done = make(map[*analysis.Analyzer]*action)
	results := make([]result, 0, len(roots))
	for _, a := range roots {
		results = append(results, e.exec(a).result)
	}
	return results
}

func (e *executor) exec(a *analysis.Analyzer) *action {
	if act, ok := e.done[a]; ok {
		return act
	}
	act := &action{result: result{analyzer: a}}
	e.done[a] = act
	inputs := make(map[*analysis.Analyzer]any)
	var failed []string
	for _, req := range a.Requires {
		dep := e.exec(req)
		if dep.err != nil {
			failed = append(failed, req.Name)
		}
		inputs[req] = dep.value
	}
	if failed != nil {
		slices.Sort(failed)
		act.err = fmt.Errorf("failed prerequisites: %s", strings.Join(failed, ", "))
		return act
	}
	before := e.unit.meter.read()
	act.value, act.err = e.guarded(e.pass(act, inputs))
	e.unit.meter.ran(a.Name, before, act.value)
	return act
}

// guarded runs an analyzer and turns its panic into an error.
func (e *executor) guarded(pass *analysis.Pass) (value any, err error) {
	defer func() {
		if v := recover(); v != nil {
			e.unit.failures.add(guard.Failure{
				Analyzer: pass.Analyzer.Name, Package: pass.Pkg.Path(), Value: v, Stack: debug.Stack(),
			})
			err = fmt.Errorf("panic: %v", v)
		}
	}()
	return pass.Analyzer.Run(pass)
}

func (e *executor) pass(act *action, inputs map[*analysis.Analyzer]any) *analysis.Pass {
	a, cfg := act.analyzer, e.unit.cfg
	return &analysis.Pass{
		Analyzer:     a,
		Fset:         e.unit.fset,
		Files:        e.files,
		OtherFiles:   cfg.NonGoFiles,
		IgnoredFiles: cfg.IgnoredFiles,
		Pkg:          e.pkg,
		TypesInfo:    e.checker.info,
		TypesSizes:   e.checker.Sizes,
		ResultOf:     inputs,
		Module:       cfg.module(),
		ReadFile:     e.readFile,
		Report: func(d analysis.Diagnostic) {
			if err := validateFixes(e.unit.fset, d.SuggestedFixes); err != nil {
				fmt.Fprintf(e.unit.stderr, "leakvet: %s suggests an invalid fix: %v\n", a.Name, err)
				d.SuggestedFixes = nil
			}
			act.diagnostics = append(act.diagnostics, d)
		},
		ImportObjectFact:  e.facts.importObject,
		ImportPackageFact: e.facts.importPackage,
		ExportObjectFact:  e.facts.exportObject,
		ExportPackageFact: e.facts.exportPackage,
		AllObjectFacts:    func() []analysis.ObjectFact { return e.facts.allObjects(a) },
		AllPackageFacts:   func() []analysis.PackageFact { return e.facts.allPackages(a) },
	}
}

// readFile reads a file of the package; any other would escape the go
// command's caches.
func (e *executor) readFile(name string) ([]byte, error) {
	cfg := e.unit.cfg
	if !slices.Contains(cfg.GoFiles, name) && !slices.Contains(cfg.NonGoFiles, name) && !slices.Contains(cfg.IgnoredFiles, name) {
		return nil, fmt.Errorf("%s is not a file of package %s", filepath.ToSlash(name), cfg.ImportPath)
	}
	return os.ReadFile(name)
}
