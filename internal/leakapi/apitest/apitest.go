// Package apitest holds the tables to the packages that they speak of.
package apitest

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// Lookup returns the type-checked package at a path.
type Lookup func(path string) (*types.Package, error)

// Check compares every row whose package in accepts with the declarations
// that lookup finds. It returns how many keys it looked at, and what is wrong.
func Check(t *leakapi.Tables, in func(pkg string) bool, lookup Lookup) (int, []error) {
	c := &checker{tables: t, lookup: lookup}
	n := 0
	for _, key := range t.Keys() {
		if in(leakapi.PackageOf(key)) {
			n++
			c.at = key
			c.function(key, t.FuncByKey(key))
		}
	}
	for _, key := range t.TypeKeys() {
		if in(leakapi.PackageOf(key)) {
			n++
			c.at = "type " + key
			c.typeRow(t.TypeByKey(key))
		}
	}
	for _, key := range t.OfferKeys() {
		if in(leakapi.PackageOf(key)) {
			n++
			c.at = "offer " + key
			c.offerRow(key)
		}
	}
	for _, key := range t.LimitKeys() {
		if in(leakapi.PackageOf(key)) {
			n++
			c.at = "limit " + key
			c.limitRow(key)
		}
	}
	n += c.servers(in)
	n += c.valueTypes(in)
	n += c.containers(in)
	return n, c.errs
}

// Paths returns the packages that rows speak of, sorted.
func Paths(t *leakapi.Tables) []string {
	paths := t.PackageKeys()
	for _, key := range slices.Concat(t.Keys(), t.TypeKeys(), t.OfferKeys(), t.LimitKeys(), t.PoolKeys(), t.ServerKeys(),
		t.RequestKeys(), t.PairKeys(), t.PartsKeys(), t.ContainerKeys()) {
		paths = append(paths, leakapi.PackageOf(key))
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// nameIn returns the name of the function or type, in its package, that a key
// speaks of; of a method, its type's.
func nameIn(key string) string {
	if typ, _, ok := strings.Cut(key, ")."); ok {
		key = typ
	}
	return key[strings.LastIndexByte(key, '.')+1:]
}

type checker struct {
	tables *leakapi.Tables
	lookup Lookup
	at     string // the row in question
	errs   []error
}

func (c *checker) fail(format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf(c.at+": "+format, args...))
}

func (c *checker) function(key string, f *leakapi.Func) {
	pkg, err := c.lookup(leakapi.PackageOf(key))
	if err != nil {
		c.fail("%v", err)
		return
	}
	if v, ok := pkg.Scope().Lookup(nameIn(key)).(*types.Var); ok && !strings.HasPrefix(key, "(") {
		if c.tables.Variable(v) == nil {
			c.fail("only a source can be a variable")
		}
		return
	}
	fn := find(pkg, key)
	if fn == nil {
		c.fail("no function has this name")
		return
	}
	if got := c.tables.Func(fn); got != f {
		c.fail("the key finds another row")
	}
	sig := fn.Signature()
	for _, a := range f.Acquires {
		c.handle(a.Class, c.field(c.result(sig, a.Result), a.Path))
		if a.Failed != "" {
			c.nilable(c.field(c.result(sig, a.Result), []string{a.Failed}))
		}
		c.when(sig, a.When)
		c.mark(sig, a.Unless)
		c.mark(sig, a.Only)
		if a.NoIface && sig.Recv() == nil {
			c.fail("iface=no says nothing of a function without a receiver")
		}
	}
	for _, a := range f.Args {
		if a.Index >= 0 {
			c.holder(c.field(c.arg(sig, a.Index), a.Path))
		}
		if a.Effect == leakapi.Wrap || a.Effect == leakapi.Through || a.Effect == leakapi.Alias {
			c.result(sig, a.Result)
		}
		c.when(sig, a.When)
	}
	for _, a := range f.FuncArgs {
		if t := c.arg(sig, a.Index); t != nil && !isFunc(t) {
			c.fail("argument %d is %s, not a function", a.Index, t)
		}
	}
	for _, m := range f.Makes {
		c.result(sig, m.Result)
		t := c.arg(sig, m.Arg)
		if !strings.HasPrefix(m.Value, "mark:") && t != nil && !isBasic(t, types.IsConstType) {
			c.fail("argument %d is %s, which has no constants", m.Arg, t)
		}
	}
	for _, i := range f.NotOwned {
		c.result(sig, i)
	}
	for _, i := range f.NeverNil {
		c.nilable(c.result(sig, i))
	}
	for _, n := range f.NilIff {
		for _, i := range n.Args {
			c.nilable(c.arg(sig, i))
		}
		c.nilable(c.result(sig, n.Result))
	}
	for _, a := range f.Assumes {
		t := c.arg(sig, a.Arg)
		if !a.Cond {
			c.nilable(t)
		} else if t != nil && !isBasic(t, types.IsBoolean) {
			c.fail("argument %d is %s, not a condition", a.Arg, t)
		}
	}
	for _, n := range f.OfNil {
		if n.Is == leakapi.IsNotNil {
			c.nilable(c.result(sig, n.Result))
			if t := c.arg(sig, n.Arg); t != nil && !isBasic(t, types.IsInteger) {
				c.nilable(t)
			}
			continue
		}
		c.nilable(c.arg(sig, n.Arg))
		if n.Result >= sig.Results().Len() || !isBasic(sig.Results().At(n.Result).Type(), types.IsBoolean) {
			c.fail("result %d is no bool", n.Result)
		}
	}
	if f.Pure && sig.Results().Len() == 0 {
		c.fail("a pure function has results")
	}
	c.flow(fn, f)
	if f.Values != nil {
		c.values(sig, f.Values)
	}
	if f.Growth != nil {
		c.growth(fn, f.Growth)
	}
	if f.Caching != nil {
		c.caching(sig, f.Caching)
	}
	if f.Serving != nil {
		c.serving(sig, f.Serving)
	}
	if f.Timer != nil {
		c.timer(sig, f.Timer)
	}
}

// named returns the type that a key names. It returns nil after a failure.
func (c *checker) named(key string) types.Type {
	pkg, err := c.lookup(leakapi.PackageOf(key))
	if err != nil {
		c.fail("%v", err)
		return nil
	}
	name := nameIn(key)
	obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
	if !ok {
		c.fail("no type has this name")
		return nil
	}
	if strings.HasPrefix(key, "*") {
		return types.NewPointer(obj.Type())
	}
	return obj.Type()
}

func (c *checker) typeRow(row *leakapi.Type) {
	t := c.named(row.Key)
	if t == nil {
		return
	}
	if c.tables.Type(t) != row {
		c.fail("the key does not find its row")
	}
	c.handle(row.Class, c.field(t, row.Path))
	for _, e := range row.Empty {
		if ft := c.field(t, []string{e.Field}); ft != nil && !isBasic(ft, types.IsInteger) {
			c.fail("field %s is %s, not an integer", e.Field, ft)
		}
	}
}

// handle checks that something of type t can be released as class says.
func (c *checker) handle(class *leakapi.Class, t types.Type) {
	if t == nil {
		return
	}
	if isFunc(t) || !class.Methods() {
		return // released by calling it, or by a function that gets it
	}
	found := false
	for _, name := range slices.Concat(class.Release, class.Fails) {
		m, index, _ := types.LookupFieldOrMethod(t, true, nil, name)
		if _, ok := m.(*types.Func); !ok {
			continue
		}
		found = true
		if len(index) > 1 && !types.IsInterface(t) && !byValue(t, index[:len(index)-1]) {
			c.fail("%s releases an embedded field: name that", name)
		}
	}
	if found {
		return
	}
	c.fail("%s has none of the methods %v", t, slices.Concat(class.Release, class.Fails))
}

// byValue reports whether the fields that a path of indices leads through hold
// structs, rather than what points to one.
func byValue(t types.Type, index []int) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	for _, i := range index {
		st, ok := t.Underlying().(*types.Struct)
		if !ok {
			return false
		}
		t = st.Field(i).Type()
	}
	_, ok := t.Underlying().(*types.Struct)
	return ok
}

// field follows names from t. It returns nil after a failure.
func (c *checker) field(t types.Type, names []string) types.Type {
	for _, name := range names {
		if t == nil {
			return nil
		}
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		st, ok := t.Underlying().(*types.Struct)
		if !ok {
			c.fail("%s is no struct with a field %s", t, name)
			return nil
		}
		var found types.Type
		for v := range st.Fields() {
			if v.Name() == name {
				found = v.Type()
			}
		}
		if found == nil {
			c.fail("%s has no field %s of its own", t, name)
		}
		t = found
	}
	return t
}

func (c *checker) result(sig *types.Signature, i int) types.Type {
	if i < 0 || i >= sig.Results().Len() {
		c.fail("there is no result %d among %s", i, sig.Results())
		return nil
	}
	return sig.Results().At(i).Type()
}

// arg returns the type of an argument; the receiver is the first.
func (c *checker) arg(sig *types.Signature, i int) types.Type {
	n := i
	if r := sig.Recv(); r != nil {
		if n == 0 {
			return r.Type()
		}
		n--
	}
	if n < 0 || n >= sig.Params().Len() {
		c.fail("there is no argument %d in %s", i, sig)
		return nil
	}
	return sig.Params().At(n).Type()
}

// holder checks that a resource can be reached from a value of type t.
func (c *checker) holder(t types.Type) {
	if t == nil {
		return
	}
	elem := t.Underlying()
	if s, ok := elem.(*types.Slice); ok {
		elem = s.Elem().Underlying()
	}
	if _, ok := elem.(*types.Basic); ok {
		c.fail("%s holds no resource", t)
	}
}

// when checks that the last result tells the outcomes apart.
func (c *checker) when(sig *types.Signature, w leakapi.When) {
	if w == leakapi.Always {
		return
	}
	n := sig.Results().Len()
	if n == 0 {
		c.fail("a condition needs a result")
		return
	}
	t := sig.Results().At(n - 1).Type()
	if !isBasic(t, types.IsBoolean) && !types.Identical(t, types.Universe.Lookup("error").Type()) {
		c.fail("the last result is %s, neither an error nor a bool", t)
	}
}

func (c *checker) mark(sig *types.Signature, m leakapi.Mark) {
	if m.Name != "" {
		c.arg(sig, m.Arg)
	}
}

func (c *checker) nilable(t types.Type) {
	if t == nil {
		return
	}
	switch t.Underlying().(type) {
	case *types.Basic, *types.Struct, *types.Array:
		c.fail("%s is never nil", t)
	}
}

func isFunc(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

func isBasic(t types.Type, info types.BasicInfo) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&info != 0
}

// find returns the function whose full name is key, or nil. Methods of
// unexported types are found through the types that embed them.
func find(pkg *types.Package, key string) *types.Func {
	if !strings.HasPrefix(key, "(") {
		name := nameIn(key)
		fn, _ := pkg.Scope().Lookup(name).(*types.Func)
		return fn
	}
	name := key[strings.LastIndexByte(key, '.')+1:]
	for _, typeName := range pkg.Scope().Names() {
		obj, ok := pkg.Scope().Lookup(typeName).(*types.TypeName)
		if !ok {
			continue
		}
		if fn := leakapi.Method(obj.Type(), pkg, name); fn != nil && leakapi.KeyOf(fn) == key {
			return fn.Origin()
		}
	}
	return nil
}
