package leakapi

import (
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// Growth is what a function's rows say of containers.
type Growth struct {
	Grows     []Grow
	Shrinks   []int // arguments that the call takes something out of, or lets expire
	Borrows   []int // arguments with which it does nothing else
	Boundless []Boundless
	Leaves    []Leave
}

// Of reports whether a row speaks of an argument.
func (g *Growth) Of(arg int) bool {
	return slices.Contains(g.Borrows, arg) || slices.Contains(g.Shrinks, arg) || slices.ContainsFunc(g.Grows, func(x Grow) bool { return x.Arg == arg })
}

// Grow says that a call puts something into a container.
type Grow struct {
	Arg int
	Key int // the argument under which it is put there; -1 if each call adds one more
}

// Boundless says that the container which a call makes has no bound.
type Boundless struct {
	When   []Setting // if all these hold
	Unless []string  // and none of these functions makes one of the arguments
	Says   string    // what is missing, such as "a size"
	Weak   bool      // something else bounds it in time
}

// Setting is an integer that an argument, or a field of it, has.
type Setting struct {
	Ref
	Value int64
}

// Leave says that a field of a result is zero.
type Leave struct {
	Result int
	Field  string
}

// Container says that values of a type hold what is put into them.
type Container struct {
	Noun   string // how messages call it, such as "map"
	Partly bool   // only methods with a row are known; others may take something out
	// Unless names a field that bounds a literal of the type if it is set.
	Unless string
	// Keeps says that nothing takes anything out of it, whoever has it.
	Keeps bool
}

// growthRow reads a row on containers, and reports whether it was one.
func (p *parser) growthRow(r *row, f *Func) bool {
	g := f.Growth
	if g == nil {
		g = &Growth{}
	}
	switch r.word {
	case "grow":
		grow := Grow{Arg: r.index("arg", r.need("arg")), Key: -1}
		if key := r.take("key"); key != "" {
			grow.Key = r.index("key", key)
		}
		g.Grows = append(g.Grows, grow)
	case "shrink":
		g.Shrinks = append(g.Shrinks, r.index("arg", r.need("arg")))
	case "boundless":
		b := Boundless{Says: strings.ReplaceAll(r.need("says"), "-", " "), Weak: r.yes("weak")}
		if when := r.take("if"); when != "" {
			for s := range strings.SplitSeq(when, ",") {
				b.When = append(b.When, r.setting(s))
			}
		}
		if unless := r.take("unless"); unless != "" {
			b.Unless = strings.Split(unless, ",")
		}
		g.Boundless = append(g.Boundless, b)
	case "leaves":
		g.Leaves = append(g.Leaves, Leave{r.index("result", r.need("result")), r.need("field")})
	default:
		return false
	}
	f.Growth = g
	return true
}

// setting parses ARG:VALUE or ARG.Field:VALUE.
func (r *row) setting(s string) Setting {
	ref, value, ok := strings.Cut(s, ":")
	n, err := strconv.ParseInt(value, 10, 64)
	if !ok || err != nil {
		r.fail("if=%s is not a list of ARG:N or ARG.Field:N", s)
		return Setting{}
	}
	arg, path := r.ref("if", ref)
	return Setting{Ref{arg, path}, n}
}

// containerRow reads which type is a container.
func (p *parser) containerRow(r *row) {
	if _, recv, _, ok := splitKey(strings.TrimPrefix(r.key, "*")); !ok || recv != "" {
		r.fail("%q is not a type's full name, such as net/http.Handler or *net/http.Response", r.key)
	}
	p.rows.containers[r.key] = &Container{
		Noun:   strings.ReplaceAll(r.need("noun"), "-", " "),
		Unless: r.take("unless"),
		Keeps:  r.only("keeps", "all"),
	}
}

// GrowthOnly reports whether a row speaks of containers alone.
func (f *Func) GrowthOnly() bool {
	return f.Growth != nil && f.Values == nil && !f.Resources() && !f.Flow()
}

// Container returns what the tables say of a type, or of what it points to, as a
// container, or nil.
func (t *Tables) Container(typ types.Type) *Container {
	named := namedOf(typ)
	if named == nil || !t.speaksOf(named.Obj().Pkg().Path()) {
		return nil
	}
	return t.ContainerByKey(named.Obj().Pkg().Path() + "." + named.Obj().Name())
}

// ContainerKeys returns the types that are containers, sorted.
func (t *Tables) ContainerKeys() []string { return list(t, containerRows) }

// ContainerByKey returns the row for a key as ContainerKeys returns it.
func (t *Tables) ContainerByKey(key string) *Container { return byKey(t, key, containerRows) }

func containerRows(r *rows) map[string]*Container { return r.containers }
