package apitest

import (
	"go/types"
	"slices"
	"strings"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// values checks what a row says of values and labels.
func (c *checker) values(sig *types.Signature, v *leakapi.Values) {
	for _, l := range v.Labels {
		t := c.field(c.arg(sig, l.Arg), l.Path)
		c.labels(t)
		if l.Vector >= 0 {
			c.arg(sig, l.Vector)
		}
		if l.Pairs && t != nil && !isStrings(t) {
			c.fail("%s holds no names and values in turn", t)
		}
		if l.Lasts {
			c.result(sig, 0)
		}
	}
	if vec := v.Vector; vec != nil {
		c.result(sig, 0)
		if vec.Of >= 0 {
			c.arg(sig, vec.Of)
		}
		if vec.Name != nil {
			c.metricName(c.field(c.arg(sig, vec.Name.Arg), vec.Name.Path))
		}
		if vec.Labels != nil {
			c.field(c.arg(sig, vec.Labels.Arg), vec.Labels.Path)
		}
	}
	if p := v.Pair; p != nil {
		c.result(sig, 0)
		c.arg(sig, p.Value)
		if p.Key >= 0 {
			c.arg(sig, p.Key)
		}
	}
	for _, s := range v.Sources {
		switch {
		case s.OfVar():
			c.fail("source needs result= or arg=")
		case s.Arg >= 0:
			c.arg(sig, s.Arg)
		default:
			c.result(sig, s.Result)
		}
	}
	for _, d := range v.Derives {
		if d.Format >= 0 {
			if t := c.arg(sig, d.Format); t != nil && !isBasic(t, types.IsString) {
				c.fail("argument %d is %s, no format", d.Format, t)
			}
		}
		c.result(sig, d.Result)
		for _, a := range d.Args {
			c.arg(sig, a)
		}
	}
	for _, f := range v.Fills {
		c.arg(sig, f.From)
		if t := c.arg(sig, f.Arg); t != nil {
			switch t.Underlying().(type) {
			case *types.Basic, *types.Struct:
				c.fail("argument %d is %s, which a call cannot fill", f.Arg, t)
			}
		}
	}
	for _, b := range v.Bounds {
		c.arg(sig, b.Arg)
		c.when(sig, b.When)
	}
	for _, i := range v.Finite {
		c.result(sig, i)
	}
	if r := v.Route; r != nil {
		c.arg(sig, r.Handler)
		if t := c.arg(sig, r.Pattern); t != nil && !isBasic(t, types.IsString) {
			c.fail("argument %d is %s, no pattern", r.Pattern, t)
		}
	}
	for _, i := range v.Forgets {
		c.arg(sig, i)
	}
}

// labels checks that a value of type t can name or hold labels.
func (c *checker) labels(t types.Type) {
	if t == nil || isBasic(t, types.IsString) || isStrings(t) || c.tables.Pair(t) != nil {
		return
	}
	switch u := t.Underlying().(type) {
	case *types.Map:
		if isBasic(u.Key(), types.IsString) {
			return
		}
	case *types.Slice:
		if c.tables.Pair(u.Elem()) != nil || u.Elem().String() == "any" {
			return
		}
	case *types.Struct, *types.Interface: // sets of labels
		return
	}
	c.fail("%s holds no labels", t)
}

func isStrings(t types.Type) bool {
	s, ok := t.Underlying().(*types.Slice)
	return ok && isBasic(s.Elem(), types.IsString)
}

// metricName checks that t is a string, or options that hold one.
func (c *checker) metricName(t types.Type) {
	if t == nil || isBasic(t, types.IsString) || isStrings(t) {
		return
	}
	c.field(t, []string{"Name"})
}

// valueTypes checks the rows on values that speak of types. It returns how
// many it looked at.
func (c *checker) valueTypes(in func(pkg string) bool) int {
	n := 0
	for _, key := range c.tables.RequestKeys() {
		if !in(leakapi.PackageOf(key)) {
			continue
		}
		n++
		c.at = "request " + key
		if t := c.named(key); t != nil && c.tables.Request(t) != c.tables.RequestByKey(key) {
			c.fail("the key does not find its row")
		}
		if beside := c.tables.RequestByKey(key).Beside; beside != "" {
			c.named(beside)
		}
	}
	for _, key := range c.tables.PairKeys() {
		if !in(leakapi.PackageOf(key)) {
			continue
		}
		n++
		c.at = "pair " + key
		if t := c.named(key); t != nil {
			p := c.tables.PairByKey(key)
			c.field(t, []string{p.KeyField})
			c.field(t, []string{p.ValueField})
		}
	}
	for _, key := range c.tables.PartsKeys() {
		if !in(leakapi.PackageOf(key)) {
			continue
		}
		n++
		parts := c.tables.PartsByKey(key)
		c.at = "fields of " + key
		if t := c.named(key); t != nil {
			for _, i := range parts.Instead {
				c.field(t, []string{i.Field})
				c.field(t, strings.Split(i.Of, "."))
			}
			for _, name := range slices.Concat(parts.Finite, parts.Weak, parts.Routed) {
				c.field(t, []string{name})
			}
		}
	}
	return n
}
