package unit

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/gcexportdata"
)

// A unit is the analysis of one package.
type unit struct {
	cfg      *Config
	opts     *options
	suite    Suite
	failures *failures
	stderr   io.Writer
	scope    scope
	meter    *meter // nil if nobody asks for stats

	fset    *token.FileSet
	source  *Source  // of what was analysed
	results []result // of the analyzers whose findings are wanted
	vetx    []byte   // what importers get
}

// run does what the package's scope and its importers ask for. It leaves
// results and vetx.
func (u *unit) run() error {
	u.fset = token.NewFileSet()
	switch {
	case u.scope == std && !u.cfg.typesFromVetx():
		u.vetx = new(vetx).encode()
		return nil
	case u.scope == std:
		u.meter.enter(phaseParse)
		files, err := parse(u.cfg, u.fset, 0)
		if err != nil {
			return err
		}
		return u.declare(files)
	case u.scope == foreign:
		return u.summarise()
	}
	roots := u.opts.analyzers
	if !u.wantsFindings() {
		roots = factOwners(roots)
	}
	u.meter.enter(phaseParse)
	files, err := parse(u.cfg, u.fset, parser.ParseComments)
	if err != nil {
		return err
	}
	return u.analyze(roots, files, false)
}

// wantsFindings reports whether the package's findings are computed and
// printed.
//
// The go command's cache does not tell a package that was analysed for its
// importers' sake from the same package analysed for its own. So both must
// print the same, or the first answer to be cached would hide the findings
// of the second. What is too much, the reader drops.
func (u *unit) wantsFindings() bool {
	if u.scope != own {
		return false
	}
	if !u.cfg.VetxOnly {
		return true
	}
	return u.opts.json && u.cfg.Stdout != "" && !isVariant(u.cfg.ID)
}

// declare exports the package's types alone.
func (u *unit) declare(files []*ast.File) error {
	u.meter.enter(phaseRead)
	deps, err := readImports(u.cfg)
	if err != nil {
		return err
	}
	u.meter.enter(phaseTypes)
	c := newChecker(u.cfg, u.importer(deps))
	c.info = nil
	c.IgnoreFuncBodies = true
	pkg, err := c.check(u.cfg.ImportPath, u.fset, files)
	if err != nil {
		return err
	}
	return u.export(pkg, nil, deps)
}

// summarise exports what importers need to know of somebody else's package.
func (u *unit) summarise() error {
	u.meter.enter(phaseParse)
	files, err := parse(u.cfg, u.fset, parser.ParseComments)
	if err != nil {
		return err
	}
	if u.suite.Prune == nil {
		return u.analyze(factOwners(u.opts.analyzers), files, true)
	}
	if !u.suite.Prune(files) {
		if u.cfg.typesFromVetx() {
			return u.declare(files)
		}
		u.vetx = new(vetx).encode()
		return nil
	}
	return u.analyze(factOwners(u.opts.analyzers), files, true)
}

// analyze runs roots over the package. With soft set it tolerates what pruned
// files make wrong.
func (u *unit) analyze(roots []*analysis.Analyzer, files []*ast.File, soft bool) error {
	u.meter.enter(phaseRead)
	deps, err := readImports(u.cfg)
	if err != nil {
		return err
	}
	u.meter.enter(phaseTypes)
	imp := u.importer(deps)
	c := newChecker(u.cfg, imp)
	c.soft = soft
	pkg, err := c.check(u.cfg.ImportPath, u.fset, files)
	if err != nil {
		if soft && !u.cfg.typesFromVetx() {
			// The compiler has accepted the package and its importers
			// get their types elsewhere: they just learn nothing of it.
			u.vetx = new(vetx).encode()
			return nil
		}
		return err
	}
	u.meter.enter(phaseFacts)
	closure := make(map[*analysis.Analyzer]bool)
	visit(roots, closure)
	facts, err := newFacts(u.cfg, imp, pkg, closure)
	if err != nil {
		return err
	}
	u.meter.enter(PhaseAnalyzers)
	e := &executor{unit: u, pkg: pkg, files: files, checker: c, facts: facts}
	u.results = e.execAll(roots)
	u.source = &Source{Files: files, Info: c.info, Pkg: pkg}
	return u.export(pkg, facts, deps)
}

func (u *unit) importer(deps map[string]*vetx) *importer {
	return &importer{cfg: u.cfg, fset: u.fset, vetx: deps, pkgs: make(map[string]*types.Package)}
}

// export prepares the vetx file.
func (u *unit) export(pkg *types.Package, facts *facts, deps map[string]*vetx) error {
	u.meter.enter(phaseWrite)
	v := new(vetx)
	if u.cfg.typesFromVetx() {
		buf := new(appender)
		if err := gcexportdata.Write(buf, u.fset, pkg); err != nil {
			return err
		}
		v.types = *buf
	}
	if facts != nil {
		data, err := facts.encode()
		if err != nil {
			return err
		}
		v.facts = data
		u.meter.facts(deps, facts, data)
	}
	u.vetx = v.encode()
	return nil
}

// appender is a writer to memory.
type appender []byte

func (a *appender) Write(p []byte) (int, error) {
	*a = append(*a, p...)
	return len(p), nil
}

// factOwners returns those among analyzers and what they require that have
// facts, sorted by name.
func factOwners(analyzers []*analysis.Analyzer) []*analysis.Analyzer {
	all := make(map[*analysis.Analyzer]bool)
	visit(analyzers, all)
	maps.DeleteFunc(all, func(a *analysis.Analyzer, _ bool) bool { return len(a.FactTypes) == 0 })
	return slices.SortedFunc(maps.Keys(all), func(a, b *analysis.Analyzer) int { return cmp.Compare(a.Name, b.Name) })
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
