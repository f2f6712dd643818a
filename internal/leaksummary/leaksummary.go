// Package leaksummary computes what each function does with the resources
// that flow through it. It is the only owner of facts.
package leaksummary

import (
	"go/ast"
	"go/types"
	"reflect"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/errflow"
	"github.com/leakvet/leakvet/internal/fixpoint"
	"github.com/leakvet/leakvet/internal/growth"
	"github.com/leakvet/leakvet/internal/guard"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/origin"
	"github.com/leakvet/leakvet/internal/pathcond"
	"github.com/leakvet/leakvet/internal/place"
)

// Analyzer computes and exports the summaries.
var Analyzer = &analysis.Analyzer{
	Name:       "leaksummary",
	Doc:        "leaksummary: summarise what functions do with resources\n\nIt reports nothing; the rules of the suite build on it.",
	URL:        "https://github.com/leakvet/leakvet",
	Requires:   []*analysis.Analyzer{leakconfig.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{(*LeakFunc)(nil), (*LeakVar)(nil), (*LeakSaid)(nil)},
	Run:        guard.Run(func() any { return &Result{} }, run),
}

// Result answers the rules' questions about one package. It must not be used
// after the package's analysis has ended.
type Result struct {
	s        *summarizer // nil if nothing in the package matters, or it is too large
	fresh    *freshness
	tooLarge int // functions for which it is too large
	files    func() inspector.Cursor
	once     *place.Once // made when it is first asked
	endless  *endless    // likewise
	uses     *place.Uses // likewise
	mu       sync.Mutex
}

// Use lets one rule have the result for itself, until it calls what Use
// returns: answers are computed when they are asked for, and drivers run rules
// side by side.
func (r *Result) Use() (done func()) {
	r.mu.Lock()
	return r.mu.Unlock
}

type summarizer struct {
	pass   *analysis.Pass
	tables *leakapi.Tables
	ssa    *leakssa.Package
	noret  map[*types.Func]bool

	rows      map[*types.Func]*leakapi.Func // by Origin; nil values too
	facts     map[*types.Func]*LeakFunc     // likewise
	effects   fixpoint.Memo[effectKey, obligation.Effect]
	owned     map[*ssa.Function]*ownedEntry
	never     map[*ssa.Function]int8
	ofNils    map[*ssa.Function][]leakapi.OfNil
	readers   map[*types.Func]bool
	nilErrors map[*types.Func]bool // whether a function's error is always nil
	calls     map[*ssa.Function][]leakapi.FuncArg
	assumes   map[*ssa.Function][]leakapi.Assume
	byCall    map[*ssa.Call][]*Acquisition
	sites     []*Acquisition
	listed    bool
	imports   map[string]*types.Package // by path; nil values too
	types     map[types.Type]*leakapi.Type
	flows     flows
	values    values
	growth    growths
	caches    caches
	holders   holders
	workers   workers
	fields    fieldFuncs
	fresh     *freshness
	spent     map[spending]int // on what it acquires
	givenUp   map[*ssa.Function]bool
	shapes    *pathcond.Shapes
	tooLarge  int // functions

	impls     map[*types.Func][]*ssa.Function
	concrete  map[string][]*types.Named // by method; nil until it is asked for
	embedders []*types.Named            // which may have any method
	detached  map[*types.Func]bool      // nil until it is asked for

	contracts contracts
	funcs     *funcIndex // nil until it is asked for
	tests     bool       // tests are like other code
}

func run(pass *analysis.Pass) (any, error) {
	if leakapi.IsStd(pass.Pkg.Path()) {
		return &Result{files: filesOf(pass)}, nil
	}
	cfg := pass.ResultOf[leakconfig.Analyzer].(*leakconfig.Config)
	tables, err := leakapi.Builtin().With("leakconfig.tables", cfg.Tables)
	if err != nil {
		return nil, err
	}
	s := &summarizer{
		pass:      pass,
		tables:    tables,
		tests:     cfg.Tests,
		spent:     map[spending]int{},
		givenUp:   map[*ssa.Function]bool{},
		shapes:    pathcond.NewShapes(),
		rows:      map[*types.Func]*leakapi.Func{},
		facts:     map[*types.Func]*LeakFunc{},
		owned:     map[*ssa.Function]*ownedEntry{},
		never:     map[*ssa.Function]int8{},
		ofNils:    map[*ssa.Function][]leakapi.OfNil{},
		readers:   map[*types.Func]bool{},
		nilErrors: map[*types.Func]bool{},
		calls:     map[*ssa.Function][]leakapi.FuncArg{},
		assumes:   map[*ssa.Function][]leakapi.Assume{},
		byCall:    map[*ssa.Call][]*Acquisition{},
		imports:   map[string]*types.Package{},
		types:     map[types.Type]*leakapi.Type{},
		impls:     map[*types.Func][]*ssa.Function{},
		flows: flows{
			blocks:   map[*ssa.Function][]ctxflow.Block{},
			contexts: map[*ssa.Function][]leakapi.Context{},

			methods: map[string]bool{},
		},
	}
	s.effects = s.newEffects()
	s.flows.tracer = ctxflow.NewTracer(s)
	s.values = values{
		tracer:  origin.NewTracer(s),
		all:     map[*ssa.Function][]*origin.Entry{},
		entries: map[*ssa.Function][]*origin.Entry{},
		labels:  map[*ssa.Function][]origin.SiteFlow{},
	}
	s.growth.tracer = growth.NewTracer(growthEffects{s}, s.values.tracer)
	s.caches = caches{
		puts:  map[ssa.Instruction][]errflow.Put{},
		kept:  map[*ssa.Function][]keeper{},
		reads: map[*ssa.Function][]lookup{},
		found: map[*ssa.Function][]errflow.Finding{},
	}
	s.holders = holders{own: map[*types.TypeName]string{}, foreign: map[*types.TypeName]string{}, classes: map[string]*leakapi.Class{}, asked: map[string]bool{}}
	s.fields = fieldFuncs{set: map[*types.Var]*types.Func{}, calls: map[*ast.FuncDecl][]*types.Var{}, once: map[*types.Var]bool{}}
	s.readContracts()
	s.noret = s.neverReturn()
	keep := s.gate()
	s.fresh = &freshness{info: pass.TypesInfo, pkg: pass.Pkg, tables: tables, fact: s.fact, decls: s.growth.decls, known: map[*types.Func]Fresh{}}
	if keep == nil {
		s.export()
		return &Result{fresh: s.fresh, tooLarge: s.tooLarge, files: filesOf(pass)}, nil
	}
	s.ssa = leakssa.Build(leakssa.Input{
		Fset:     pass.Fset,
		Files:    pass.Files,
		Pkg:      pass.Pkg,
		Info:     pass.TypesInfo,
		Keep:     keep,
		KeepInit: s.keepInit(),
		NoReturn: s.noReturn,
	})
	s.settle()
	for _, fn := range s.ssa.Funcs {
		if fn.Parent() == nil && !s.quiet(fn.Pos()) {
			s.ownedBy(fn) // finds the holders
		}
	}
	s.export()
	return &Result{s: s, fresh: s.fresh, files: filesOf(pass)}, nil
}

// row returns what the tables say of what fn does with resources, or nil.
func (s *summarizer) row(fn *types.Func) *leakapi.Func {
	if row := s.anyRow(fn); row != nil && row.Resources() {
		return row
	}
	return nil
}

// flowRow returns what the tables, or directives, say of fn and contexts, or nil.
func (s *summarizer) flowRow(fn *types.Func) *leakapi.Func {
	if row := s.anyRow(fn); row != nil && row.Flow() {
		return row
	}
	if said := s.said(fn).Func; said != nil && said.Flow() {
		return said
	}
	return nil
}

// tells reports whether the tables say what fn does with resources or contexts.
func (s *summarizer) tells(fn *types.Func) bool {
	row := s.anyRow(fn)
	return row != nil && (row.Resources() || row.Flow())
}

func (s *summarizer) anyRow(fn *types.Func) *leakapi.Func {
	fn = fn.Origin()
	row, ok := s.rows[fn]
	if !ok {
		row = s.tables.Func(fn)
		s.rows[fn] = row
	}
	return row
}

// fact returns what is known of a function of another package, or nil.
func (s *summarizer) fact(fn *types.Func) *LeakFunc {
	fn = fn.Origin()
	if fn.Pkg() == nil || fn.Pkg() == s.pass.Pkg {
		return nil
	}
	f, ok := s.facts[fn]
	if !ok {
		f = new(LeakFunc)
		if !s.pass.ImportObjectFact(fn, f) {
			f = nil
		}
		s.facts[fn] = f
	}
	return f
}

// lookup finds an imported package by its path.
func (s *summarizer) lookup(path string) *types.Package {
	if path == s.pass.Pkg.Path() {
		return s.pass.Pkg
	}
	pkg, ok := s.imports[path]
	if !ok {
		pkg = findImport(s.pass.Pkg, path, map[*types.Package]bool{})
		s.imports[path] = pkg
	}
	return pkg
}

func findImport(pkg *types.Package, path string, seen map[*types.Package]bool) *types.Package {
	for _, p := range pkg.Imports() {
		if p.Path() == path {
			return p
		}
	}
	for _, p := range pkg.Imports() {
		if seen[p] {
			continue
		}
		seen[p] = true
		if found := findImport(p, path, seen); found != nil {
			return found
		}
	}
	return nil
}

// export publishes the facts of the package's functions.
func (s *summarizer) export() {
	s.exportSaid()
	scope := s.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		switch obj := scope.Lookup(name).(type) {
		case *types.Func:
			if obj.Exported() {
				s.exportFunc(obj)
			}
		case *types.Var:
			s.exportVector(obj)
		case *types.TypeName:
			if obj.IsAlias() {
				continue
			}
			named, ok := obj.Type().(*types.Named)
			if !ok {
				continue
			}
			if iface, ok := named.Underlying().(*types.Interface); ok {
				s.exportInterface(iface)
				continue
			}
			for m := range named.Methods() {
				if m.Exported() {
					s.exportFunc(m)
				}
			}
			if st, ok := named.Underlying().(*types.Struct); ok {
				for f := range st.Fields() {
					s.exportVector(f)
				}
			}
		}
	}
}

func (s *summarizer) exportFunc(obj *types.Func) {
	// The tables outrank what the code says.
	f := new(LeakFunc)
	fn := s.funcOf(obj)
	if s.row(obj) == nil {
		f.NoReturn = s.noret[obj]
		if fn != nil {
			f.NeverNil = s.neverNil(fn)
			f.OfNil = s.ofNil(fn)
			f.Owned = s.owedByOthers(s.ownedBy(fn))
			f.Calls = s.callsOf(fn)
			f.Params = slices.DeleteFunc(s.paramsOf(fn), func(p Param) bool {
				return p.Path == "" && isStop(fn.Params[p.Index].Type()) && slices.ContainsFunc(f.Calls, func(c leakapi.FuncArg) bool { return c.Index == p.Index })
			})
			f.Params = slices.DeleteFunc(f.Params, func(p Param) bool {
				_, said := s.saidEffect(obj, p.Index, p.Path)
				return said
			})
			if s.endsHolder(obj) {
				f.Params = append(slices.DeleteFunc(f.Params, func(p Param) bool { return p.Index == 0 && p.Path == "" }),
					Param{Effect: obligation.Uniform(obligation.Released)})
			}
		}
	}
	if res := obj.Signature().Results(); res.Len() > 0 && s.fresh.mayBePool(res.At(0).Type()) {
		f.Fresh = s.fresh.result(obj, 0)
	}
	if fn != nil && s.valueRow(obj) == nil {
		f.Labels = s.exportedLabels(fn)
		f.Values = s.exportedValues(fn)
	}
	if fn != nil && (s.anyRow(obj) == nil || s.anyRow(obj).Growth == nil) {
		f.Held = s.exportedHeld(fn, obj)
	}
	if fn != nil && s.cacheRow(obj) == nil {
		f.Caches = s.exportedCaches(fn)
	}
	if fn != nil && s.flowRow(obj) == nil {
		f.Blocks = s.flows.blocks[fn]
		f.Contexts = s.exportedContexts(fn)
	}
	if !f.empty() {
		s.pass.ExportObjectFact(obj, f)
	}
}

// funcOf returns the body of a function of this package, or nil.
func (s *summarizer) funcOf(obj *types.Func) *ssa.Function {
	if s.ssa == nil {
		return nil
	}
	fn := s.ssa.SSA.Prog.FuncValue(obj.Origin())
	if fn == nil || len(fn.Blocks) == 0 {
		return nil
	}
	return fn
}

// callee returns the function that a call names, its body if it is here, or
// nils.
func (s *summarizer) callee(c *ssa.CallCommon) (*types.Func, *ssa.Function) {
	fn := c.StaticCallee()
	if fn == nil {
		return nil, nil
	}
	if o := fn.Origin(); o != nil {
		fn = o
	}
	obj, _ := fn.Object().(*types.Func)
	if obj == nil || len(fn.Blocks) == 0 || obj.Pkg() != s.pass.Pkg {
		return obj, nil
	}
	return obj, fn
}

var _ obligation.Effects = (*summarizer)(nil)
