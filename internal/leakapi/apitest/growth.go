package apitest

import (
	"go/types"
	"regexp"
	"slices"
	"strings"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// growth checks what a row says of containers.
func (c *checker) growth(fn *types.Func, g *leakapi.Growth) {
	sig := fn.Signature()
	for _, grow := range g.Grows {
		c.holds(fn, c.arg(sig, grow.Arg))
		if grow.Key < 0 {
			continue
		}
		c.arg(sig, grow.Key)
		if grow.Key == grow.Arg {
			c.fail("argument %d is not put into itself", grow.Arg)
		}
	}
	for _, i := range g.Shrinks {
		c.holds(fn, c.arg(sig, i))
	}
	for _, b := range g.Boundless {
		t := c.result(sig, 0)
		if t != nil && c.tables.Container(t) == nil {
			c.fail("%s has no container row", t)
		}
		for _, s := range b.When {
			c.settable(c.field(c.arg(sig, s.Arg), s.Path), s.Value)
		}
		for _, name := range b.Unless {
			c.option(fn, name)
		}
	}
	for _, l := range g.Leaves {
		c.settable(c.field(c.result(sig, l.Result), []string{l.Field}), 0)
	}
}

// holds checks that something can be put into a value of type t, or taken out of
// it.
func (c *checker) holds(fn *types.Func, t types.Type) {
	if t == nil || c.tables.Container(t) != nil || c.isPart(fn.Pkg(), t) {
		return
	}
	switch t.Underlying().(type) {
	case *types.Map, *types.Slice, *types.Interface:
		return
	}
	c.fail("%s has no container row", t)
}

// isPart reports whether a container of a package embeds what t is.
func (c *checker) isPart(pkg *types.Package, t types.Type) bool {
	for _, name := range pkg.Scope().Names() {
		obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok || c.tables.Container(obj.Type()) == nil {
			continue
		}
		st, ok := obj.Type().Underlying().(*types.Struct)
		if !ok {
			continue
		}
		for f := range st.Fields() {
			if f.Embedded() && types.Identical(f.Type(), t) {
				return true
			}
		}
	}
	return false
}

// settable checks that a value of type t can be n, where 0 stands for nil too.
func (c *checker) settable(t types.Type, n int64) {
	if t == nil || isBasic(t, types.IsInteger) {
		return
	}
	if _, ok := t.Underlying().(*types.Interface); !ok || n != 0 {
		c.fail("%s is never %d", t, n)
	}
}

// option checks that what stands beside a function under name makes one of its
// variadic arguments.
func (c *checker) option(fn *types.Func, name string) {
	option, ok := fn.Pkg().Scope().Lookup(name).(*types.Func)
	if !ok {
		c.fail("there is no function %s beside it", name)
		return
	}
	sig := fn.Signature()
	results := option.Signature().Results()
	if !sig.Variadic() || results.Len() != 1 {
		c.fail("%s makes no argument of %s", name, sig)
		return
	}
	last := sig.Params().At(sig.Params().Len() - 1).Type().(*types.Slice).Elem()
	if made := results.At(0).Type(); !types.Identical(origin(made), origin(last)) {
		c.fail("%s makes a %s, not a %s", name, made, last)
	}
}

// origin returns the generic type that t is an instance of, or t.
func origin(t types.Type) types.Type {
	if named, ok := types.Unalias(t).(*types.Named); ok {
		return named.Origin()
	}
	return t
}

// takesOut matches the names of methods that take something out of a container,
// whoever wrote them.
var takesOut = regexp.MustCompile(`^(Clear|Compact|Del(ete.*)?|Evict.*|Expire.*|Flush|.+AndDel(ete)?|Invalidate.*|Pop.*|Prune|Purge.*|Remove.*|Reset|Resize|Trim|Truncate)$`)

// containers checks the rows on types that hold things. It returns how many it
// looked at.
func (c *checker) containers(in func(pkg string) bool) int {
	n := 0
	for _, key := range c.tables.ContainerKeys() {
		if !in(leakapi.PackageOf(key)) {
			continue
		}
		n++
		c.at = "container " + key
		if strings.HasPrefix(key, "*") {
			c.fail("a container is named without *")
		}
		t := c.named(key)
		if t == nil {
			continue
		}
		row := c.tables.ContainerByKey(key)
		if c.tables.Container(t) != row || c.tables.Container(types.NewPointer(t)) != row {
			c.fail("the key does not find its row")
		}
		if row.Unless != "" {
			c.settable(c.field(t, []string{row.Unless}), 0)
		}
		c.methods(t)
	}
	return n
}

// methods checks that rows say what puts something into a container and what
// takes it out.
func (c *checker) methods(t types.Type) {
	set := types.NewMethodSet(t)
	if !types.IsInterface(t) {
		set = types.NewMethodSet(types.NewPointer(t))
	}
	grows := false
	for m := range set.Methods() {
		fn := m.Obj().(*types.Func)
		if !fn.Exported() {
			continue
		}
		var g leakapi.Growth
		if row := c.tables.FuncByKey(leakapi.KeyOf(fn)); row != nil && row.Growth != nil {
			g = *row.Growth
		}
		grows = grows || slices.ContainsFunc(g.Grows, func(g leakapi.Grow) bool { return g.Arg == 0 })
		if takesOut.MatchString(fn.Name()) && !slices.Contains(g.Shrinks, 0) {
			c.fail("no row says that %s takes something out", fn.Name())
		}
	}
	if !grows {
		c.fail("no row says what puts something into it")
	}
}
