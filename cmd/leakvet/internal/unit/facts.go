package unit

import (
	"fmt"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/objectpath"
)

// facts are what analyzers know of objects: what they say about the package
// under analysis, and what was said of its imports.
//
// What can be seen is what x/tools' unitchecker lets be seen: all facts of
// direct imports, and of the packages behind them those about types, fields
// and methods. Imported facts stay bytes until somebody asks for them.
//
// The methods are not safe for concurrent use.
type facts struct {
	pkg   *types.Package
	kinds map[string]reflect.Type   // fact types by their names
	pkgs  map[string]*types.Package // packages that can be mentioned

	byPkg    map[string][]entry        // imported, by the package they are about
	resolved map[string]map[key]*entry // the same by object, once asked for
	decoded  map[*entry]analysis.Fact
	exported map[key]analysis.Fact
	reached  map[*types.TypeName]bool // once asked for
}

// key is what a fact is about, and the fact's type.
type key struct {
	obj  types.Object // nil for the package itself
	kind reflect.Type
}

// newFacts collects the imports' facts. A file's fault is an error.
func newFacts(cfg *Config, imp *importer, pkg *types.Package, analyzers map[*analysis.Analyzer]bool) (*facts, error) {
	s := &facts{
		pkg:      pkg,
		kinds:    make(map[string]reflect.Type),
		pkgs:     imp.pkgs,
		byPkg:    make(map[string][]entry),
		resolved: make(map[string]map[key]*entry),
		decoded:  make(map[*entry]analysis.Fact),
		exported: make(map[key]analysis.Fact),
	}
	for a := range analyzers {
		for _, f := range a.FactTypes {
			t := reflect.TypeOf(f)
			s.kinds[t.String()] = t
		}
	}
	if len(s.kinds) == 0 {
		return s, nil
	}
	direct := make(map[string]bool)
	for _, dep := range pkg.Imports() {
		direct[dep.Path()] = true
	}
	for _, dep := range pkg.Imports() {
		v, ok := imp.vetx[dep.Path()]
		if !ok {
			continue // nothing is known of it
		}
		entries, err := decodeEntries(v.facts)
		if err != nil {
			return nil, fmt.Errorf("%s, the facts of package %q, %v: %s", cfg.PackageVetx[dep.Path()], dep.Path(), err, cleanCache)
		}
		for _, e := range entries {
			// What a direct import says of itself is complete.
			if s.visible(e) && (e.pkg == dep.Path() || !direct[e.pkg]) {
				s.byPkg[e.pkg] = append(s.byPkg[e.pkg], e)
			}
		}
	}
	for path, entries := range s.byPkg {
		slices.SortStableFunc(entries, compareEntries)
		s.byPkg[path] = slices.CompactFunc(entries, func(a, b entry) bool { return compareEntries(a, b) == 0 })
	}
	return s, nil
}

// visible reports whether this package's imports let it see what e is about.
func (s *facts) visible(e entry) bool {
	pkg, ok := s.pkgs[e.pkg]
	if !ok || s.kinds[e.kind] == nil {
		return false
	}
	if e.object == "" {
		return true
	}
	top, _, _ := strings.Cut(e.object, ".")
	return pkg.Scope().Lookup(top) != nil
}

// about returns the imported facts on pkg and its objects.
func (s *facts) about(pkg *types.Package) map[key]*entry {
	path := pkg.Path()
	if m, ok := s.resolved[path]; ok {
		return m
	}
	var m map[key]*entry
	for i := range s.byPkg[path] {
		e := &s.byPkg[path][i]
		k := key{kind: s.kinds[e.kind]}
		if e.object != "" {
			obj, err := objectpath.Object(pkg, objectpath.Path(e.object))
			if err != nil {
				continue // not visible from here
			}
			k.obj = obj
		}
		if m == nil {
			m = make(map[key]*entry)
		}
		m[k] = e
	}
	s.resolved[path] = m
	return m
}

// decode returns the fact that e holds, or nil if it is damaged: a fact that
// cannot be read is an absent one.
func (s *facts) decode(e *entry) analysis.Fact {
	f, ok := s.decoded[e]
	if !ok {
		f, _ = decodeFact(s.kinds[e.kind], e.data)
		s.decoded[e] = f
	}
	return f
}

// lookup returns the fact of the given type about obj, or about pkg if obj is
// nil; nil if there is none.
func (s *facts) lookup(pkg *types.Package, obj types.Object, kind reflect.Type) analysis.Fact {
	k := key{obj, kind}
	if pkg == s.pkg {
		return s.exported[k]
	}
	if pkg == nil || len(s.byPkg[pkg.Path()]) == 0 {
		return nil
	}
	if e, ok := s.about(pkg)[k]; ok {
		return s.decode(e)
	}
	return nil
}

func (s *facts) importObject(obj types.Object, ptr analysis.Fact) bool {
	if obj == nil {
		panic("ImportObjectFact: nil object")
	}
	return assign(ptr, s.lookup(obj.Pkg(), obj, reflect.TypeOf(ptr)))
}

func (s *facts) importPackage(pkg *types.Package, ptr analysis.Fact) bool {
	if pkg == nil {
		panic("ImportPackageFact: nil package")
	}
	return assign(ptr, s.lookup(pkg, nil, reflect.TypeOf(ptr)))
}

// assign copies fact, if there is one, to what ptr points to.
func assign(ptr, fact analysis.Fact) bool {
	if fact == nil {
		return false
	}
	reflect.ValueOf(ptr).Elem().Set(reflect.ValueOf(fact).Elem())
	return true
}

func (s *facts) exportObject(obj types.Object, fact analysis.Fact) {
	if obj.Pkg() != s.pkg {
		panic(fmt.Sprintf("ExportObjectFact(%s, %T): the object belongs to another package than %s", obj, fact, s.pkg.Path()))
	}
	s.exported[key{obj, reflect.TypeOf(fact)}] = fact
}

func (s *facts) exportPackage(fact analysis.Fact) {
	s.exported[key{nil, reflect.TypeOf(fact)}] = fact
}

// all calls yield for every fact of a's that can be seen.
func (s *facts) all(a *analysis.Analyzer, yield func(*types.Package, types.Object, analysis.Fact)) {
	wanted := make(map[reflect.Type]bool)
	for _, f := range a.FactTypes {
		wanted[reflect.TypeOf(f)] = true
	}
	for k, f := range s.exported {
		if wanted[k.kind] {
			yield(s.pkg, k.obj, f)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(s.byPkg)) {
		pkg := s.pkgs[path]
		for k, e := range s.about(pkg) {
			if f := s.decode(e); wanted[k.kind] && f != nil {
				yield(pkg, k.obj, f)
			}
		}
	}
}

func (s *facts) allObjects(a *analysis.Analyzer) []analysis.ObjectFact {
	var list []analysis.ObjectFact
	s.all(a, func(_ *types.Package, obj types.Object, f analysis.Fact) {
		if obj != nil {
			list = append(list, analysis.ObjectFact{Object: obj, Fact: f})
		}
	})
	return list
}

func (s *facts) allPackages(a *analysis.Analyzer) []analysis.PackageFact {
	var list []analysis.PackageFact
	s.all(a, func(pkg *types.Package, obj types.Object, f analysis.Fact) {
		if obj == nil {
			list = append(list, analysis.PackageFact{Package: pkg, Fact: f})
		}
	})
	return list
}

// encode returns the facts section for this package's importers.
func (s *facts) encode() ([]byte, error) {
	var entries []entry
	paths := new(objectpath.Encoder)
	for k, f := range s.exported {
		e := entry{pkg: s.pkg.Path(), kind: k.kind.String()}
		if k.obj != nil {
			path, err := paths.For(k.obj)
			if err != nil {
				continue // importers cannot see it
			}
			e.object = string(path)
		}
		data, err := encodeFact(f)
		if err != nil {
			return nil, fmt.Errorf("encoding fact %T about %v: %v", f, k.obj, err)
		}
		e.data = data
		entries = append(entries, e)
	}
	for _, list := range s.byPkg {
		for _, e := range list {
			if s.passedOn(e) {
				entries = append(entries, e)
			}
		}
	}
	return encodeEntries(entries), nil
}

// passedOn reports whether an imported fact goes on to this package's
// importers. What is said of packages and of functions and variables at
// package level is only of use to those that import the package themselves; and
// what is said of types, to those that can get values of them.
func (s *facts) passedOn(e entry) bool {
	if e.object == "" {
		return false
	}
	top, _, _ := strings.Cut(e.object, ".")
	obj, isType := s.pkgs[e.pkg].Scope().Lookup(top).(*types.TypeName)
	if !isType {
		return false
	}
	if s.reached == nil {
		s.reached = reachable(s.pkg)
	}
	return s.reached[obj]
}
