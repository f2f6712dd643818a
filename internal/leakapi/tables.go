package leakapi

import (
	"fmt"
	"go/types"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
)

//go:generate go test -run TestGenerated -update .

// Tables is the immutable content of all tables. Rows are compiled when
// something of their package is first asked for: most programs use few of the
// packages that the tables know.
type Tables struct {
	classes  map[string]*Class
	packages map[string]Effect
	pairPkgs []string // prefixes of packages whose functions make labels
	pkgs     []string // that rows speak of, sorted
	books    []*book  // by package, as pkgs
	index    index
	base     *Tables // what these rows are merged over
}

// book holds the rows on one package.
type book struct {
	text string // a line for each: where it stands, a tab, the row
	once sync.Once
	rows *rows
	err  error
}

// rows are the compiled rows on one package, by key.
type rows struct {
	funcs    map[string]*Func
	types    map[string]*Type
	offers   map[string]*Offer
	pools    map[string]*Pool
	servers  map[string]*Server
	limits   map[string][]string // fields by type
	requests map[string]*Request
	pairs    map[string]*Pair
	parts    map[string]*Parts

	containers map[string]*Container
}

// Builtin returns the embedded tables, as builtin.go has them: sorted by package
// already, so that a program which asks for few packages reads little.
var Builtin = sync.OnceValue(func() *Tables {
	t := newTables(nil)
	t.index = builtinIndex
	if err := t.common(builtinCommon); err != nil {
		panic(err) // a test rules it out
	}
	t.pkgs = builtinPackages[:]
	t.books = make([]*book, len(t.pkgs))
	books := make([]book, len(t.pkgs))
	for i := range books {
		books[i].text = builtinRows[i]
		t.books[i] = &books[i]
	}
	return t
})

func newTables(base *Tables) *Tables {
	t := &Tables{classes: map[string]*Class{}, packages: map[string]Effect{}, base: base}
	if base != nil {
		maps.Copy(t.classes, base.classes)
	}
	return t
}

// A file is one of a table's.
type file struct{ name, text string }

// scan files the rows of tables under the packages that they speak of. It
// compiles those that speak of none.
func (t *Tables) scan(files ...file) error {
	rows, common := t.sortOut(files)
	if err := t.common(common); err != nil {
		return err
	}
	t.pkgs = sortedKeys(rows)
	for _, pkg := range t.pkgs {
		t.books = append(t.books, &book{text: rows[pkg]})
	}
	return nil
}

// sortOut returns the rows of tables by the package that they speak of, and those
// that speak of none, each with the place where it stands. It fills the index.
func (t *Tables) sortOut(files []file) (rows map[string]string, common string) {
	rows = map[string]string{}
	for _, f := range files {
		n := 0
		for s := range strings.Lines(f.text) {
			n++
			s, _, _ = strings.Cut(s, "#")
			s = strings.TrimSpace(s)
			if s == "" {
				continue
			}
			l := fmt.Sprintf("%s:%d\t%s\n", f.name, n, s)
			word, rest := cutWord(s)
			key, attrs := cutWord(rest)
			pkg := PackageOf(key)
			if pkg == "" || word == "class" || word == "package" || word == "pairs" {
				common += l
				continue
			}
			rows[pkg] += l
			t.index.add(word, pkg, key, attrs)
		}
	}
	return rows, common
}

// common compiles rows that speak of no package alone.
func (t *Tables) common(text string) error { return newParser(t).all(text) }

// cutWord cuts the first word off a text without blanks in front.
func cutWord(s string) (word, rest string) {
	i := strings.IndexFunc(s, unicode.IsSpace)
	if i < 0 {
		return s, ""
	}
	return s[:i], strings.TrimLeftFunc(s[i:], unicode.IsSpace)
}

// PackageOf returns the path of the package that a key of a function or type
// speaks of, which may hold dots, or "".
func PackageOf(key string) string {
	if typ, _, method := strings.Cut(key, ")."); method {
		key = typ
	}
	key = strings.TrimLeft(key, "(*")
	dot := strings.LastIndexByte(key, '.')
	if dot <= strings.LastIndexByte(key, '/') {
		return ""
	}
	return key[:dot]
}

// book returns what there is on a package, or nil.
func (t *Tables) book(pkg string) *book {
	if i, ok := slices.BinarySearch(t.pkgs, pkg); ok {
		return t.books[i]
	}
	return nil
}

// of returns the rows on a package, or nil.
func (t *Tables) of(pkg string) *rows {
	b := t.book(pkg)
	if b == nil {
		return nil
	}
	b.once.Do(func() { b.compile(t) })
	if b.err != nil {
		panic(b.err)
	}
	return b.rows
}

func (b *book) compile(t *Tables) {
	p := newParser(t)
	b.rows = p.rows
	b.err = p.all(b.text)
}

// compile compiles all rows. It returns the first error by package.
func (t *Tables) compile() error {
	for _, b := range t.books {
		b.once.Do(func() { b.compile(t) })
		if b.err != nil {
			return b.err
		}
	}
	return nil
}

// With returns the tables with a user's rows merged over them: a user's row
// replaces what the built-in tables say of the same key. Errors name file, the
// line and the mend.
func (t *Tables) With(name, text string) (*Tables, error) {
	if text == "" {
		return t, nil
	}
	merged := newTables(t)
	if err := merged.scan(file{name, text}); err != nil {
		return nil, err
	}
	return merged, merged.compile()
}

// Class returns the class of that name, or nil.
func (t *Tables) Class(name string) *Class { return t.classes[name] }

// find looks a key up in the rows on a package, a user's first.
func find[V any](t *Tables, pkg, key string, in func(*rows) map[string]V) (V, bool) {
	for ; t != nil; t = t.base {
		if r := t.of(pkg); r != nil {
			if v, ok := in(r)[key]; ok {
				return v, true
			}
		}
	}
	var none V
	return none, false
}

// typed looks up the rows for a named type, or for pointers to one.
func typed[V any](t *Tables, typ types.Type, in func(*rows) map[string]V) V {
	if named := namedOf(typ); named != nil && t.speaksOf(named.Obj().Pkg().Path()) {
		v, _ := find(t, named.Obj().Pkg().Path(), types.TypeString(types.Unalias(typ), nil), in)
		return v
	}
	var none V
	return none
}

// namedOf returns the named type, of some package, that typ is or points to, or
// nil.
func namedOf(typ types.Type) *types.Named {
	typ = types.Unalias(typ)
	if ptr, ok := typ.(*types.Pointer); ok {
		typ = types.Unalias(ptr.Elem())
	}
	if named, ok := typ.(*types.Named); ok && named.Obj().Pkg() != nil {
		return named
	}
	return nil
}

// namedKey returns the key of a named type or of a pointer to one, or "".
func namedKey(typ types.Type) string {
	if namedOf(typ) == nil {
		return ""
	}
	return types.TypeString(types.Unalias(typ), nil)
}

// pointee returns what typ points to, or typ if it is no pointer.
func pointee(typ types.Type) types.Type {
	if ptr, ok := types.Unalias(typ).(*types.Pointer); ok {
		return ptr.Elem()
	}
	return typ
}

// Func returns what the tables say of fn, or nil.
func (t *Tables) Func(fn *types.Func) *Func {
	if fn == nil || fn.Pkg() == nil || !t.speaksOf(fn.Pkg().Path()) {
		return nil
	}
	return t.FuncByKey(KeyOf(fn))
}

// speaksOf reports whether there are rows on a package.
func (t *Tables) speaksOf(pkg string) bool {
	return t.book(pkg) != nil || t.base != nil && t.base.speaksOf(pkg)
}

// Package returns the effect that all functions of a package have on arguments
// for which no row speaks.
func (t *Tables) Package(path string) Effect {
	for ; t != nil; t = t.base {
		if e, ok := t.packages[path]; ok {
			return e
		}
	}
	return Unknown
}

// Type returns the row for values of type typ, or nil.
func (t *Tables) Type(typ types.Type) *Type {
	return typed(t, typ, typeRows)
}

// TypeOf returns the row for a type: its own, or that of a type whose methods an
// interface has. lookup finds a package by its path, or returns nil.
func (t *Tables) TypeOf(typ types.Type, lookup func(string) *types.Package) *Type {
	if row := t.Type(typ); row != nil || !types.IsInterface(typ) {
		return row
	}
	for of := t; of != nil; of = of.base {
		for _, key := range of.index.embedded {
			if iface := findInterface(key, lookup); iface != nil && types.Implements(typ, iface) {
				return t.TypeByKey(key)
			}
		}
	}
	return nil
}

// findInterface returns the interface that a key names, or nil.
func findInterface(key string, lookup func(string) *types.Package) *types.Interface {
	path := PackageOf(key)
	pkg := lookup(path)
	if pkg == nil {
		return nil
	}
	obj := pkg.Scope().Lookup(key[len(path)+1:])
	if obj == nil {
		return nil
	}
	iface, _ := obj.Type().Underlying().(*types.Interface)
	return iface
}

// NamesType reports whether there is a row for the type of that name, or for
// pointers to it.
func (t *Tables) NamesType(pkg, name string) bool {
	key := pkg + "." + name
	return t.speaksOf(pkg) && (t.TypeByKey(key) != nil || t.TypeByKey("*"+key) != nil)
}

// Operates reports whether there are rows for waits in methods of the type of that name:
// if it is an interface, connections are used by way of it.
func (t *Tables) Operates(pkg, name string) bool {
	return t.has(pkg+"."+name, func(x *index) words { return x.operators })
}

// Iface returns the acquire rows that a call on a user's interface method
// inherits: those of a tabled method with the same name and an identical
// signature. lookup finds a package by its path, or returns nil.
func (t *Tables) Iface(m *types.Func, lookup func(string) *types.Package) []Acquire {
	for _, key := range t.named(m.Name(), func(x *index) keyed { return x.acquirers }) {
		tabled := findMethod(key, lookup)
		if tabled == nil || !sameSignature(m, tabled) {
			continue
		}
		row := t.FuncByKey(key)
		if slices.ContainsFunc(row.Acquires, func(a Acquire) bool { return !a.NoIface }) {
			return row.Acquires
		}
	}
	return nil
}

// named returns the keys that an index holds under a name, sorted.
func (t *Tables) named(name string, in func(*index) keyed) []string {
	own := in(&t.index).of(name)
	if t.base == nil {
		return own
	}
	keys := slices.Concat(own, t.base.named(name, in))
	slices.Sort(keys)
	return slices.Compact(keys)
}

func sameSignature(a, b *types.Func) bool {
	x, y := a.Signature(), b.Signature()
	return x.Variadic() == y.Variadic() && types.Identical(x.Params(), y.Params()) && types.Identical(x.Results(), y.Results())
}

// has reports whether an index, or one that it is merged over, holds a word.
func (t *Tables) has(word string, in func(*index) words) bool {
	return in(&t.index).has(word) || t.base != nil && t.base.has(word, in)
}
