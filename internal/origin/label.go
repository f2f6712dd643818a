package origin

import (
	"fmt"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// LabelFlow says that an argument of a function becomes a label.
type LabelFlow struct {
	Arg  int
	Path []string // the field of it
	Text string   // the part of it, if the function picks one itself
	Weak bool
	What string   // what it becomes, such as `label "path" of http_requests_total`
	Way  []string // the functions that lead there
}

// SiteFlow is a LabelFlow and, if that is in this package, where the argument
// becomes the label.
type SiteFlow struct {
	LabelFlow
	Site *Entry
}

// Entry is a value that becomes a label.
type Entry struct {
	Call   ssa.CallInstruction
	What   string
	Way    []string // the functions entered by the call that lead to the label
	Name   string   // of the label; "" if unknown
	Vector Vector
	Origin Origin
	Site   *Entry // of a call that leads to a label in this package: that label
	Lasts  bool   // it stays until what is registered with it is unregistered
	Noun   string
}

// Vector is a vector of series.
type Vector struct {
	Var    *types.Var // the field or package-level variable that holds it; nil if unknown
	Name   string
	Labels []string
	Bound  []string // the labels whose values it bounds itself
	Fresh  bool     // its series are made each time they are asked for
}

// Entries returns what becomes a label in fn itself, not in literals in it.
func (t *Tracer) Entries(fn *ssa.Function) []*Entry {
	var out []*Entry
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			out = append(out, t.direct(call)...)
			out = append(out, t.indirect(call)...)
		}
	}
	return out
}

// direct returns what a call makes labels of by itself.
func (t *Tracer) direct(call ssa.CallInstruction) []*Entry {
	c := call.Common()
	row := t.eff.Values(c)
	if row == nil {
		return nil
	}
	args := Arguments(c)
	var out []*Entry
	for _, l := range row.Labels {
		if l.Arg >= len(args) {
			continue
		}
		var vec Vector
		if l.Vector >= 0 && l.Vector < len(args) {
			vec = t.VectorOf(args[l.Vector])
		} else if row.Vector != nil && row.Vector.Of < 0 {
			vec = t.made(c, row.Vector)
		}
		vec.Fresh = vec.Fresh || !l.Kept
		for _, it := range t.items(args[l.Arg], l, call.Block()) {
			if s := it.origin.Source; vec.Fresh && s != nil && s.Held != nil && t.eff.Pruned(s.Held) {
				it.origin = unknown // what is deleted there is gone from the next series
			}
			e := &Entry{Call: call, Vector: vec, Origin: it.origin, Lasts: l.Lasts, Noun: l.Noun}
			if e.Name = it.name; e.Name == "" && it.index >= 0 && it.index < len(vec.Labels) {
				e.Name = vec.Labels[it.index]
			}
			if slices.Contains(vec.Bound, e.Name) {
				continue
			}
			e.What = what(l.Noun, e.Name, it.index, vec)
			out = append(out, e)
		}
	}
	return out
}

// what words what a value becomes.
func what(noun, name string, index int, vec Vector) string {
	var s string
	switch {
	case name != "":
		s = fmt.Sprintf("%s %q", noun, name)
	case index >= 0 && noun == "label" && (vec.Name != "" || vec.Var != nil):
		s = fmt.Sprintf("%s %d", noun, index+1)
	default:
		s = "a " + noun
		if noun[0] == 'a' {
			s = "an " + noun
		}
	}
	switch {
	case noun != "label" && name == "":
	case vec.Name != "":
		s += " of " + vec.Name
	case vec.Var != nil:
		s += " of " + vec.Var.Name()
	}
	return s
}

// indirect returns what a call makes labels of in what it calls.
func (t *Tracer) indirect(call ssa.CallInstruction) []*Entry {
	c := call.Common()
	flows := t.eff.Labels(c)
	if len(flows) == 0 {
		return nil
	}
	args := Arguments(c)
	var out []*Entry
	for _, f := range flows {
		if f.Arg >= len(args) {
			continue
		}
		w := t.walk()
		_, w.later = call.(*ssa.Defer)
		o := w.atCall(Dep{Path: f.Path, Text: f.Text, Weak: f.Weak, Pos: call.Pos()}, args[f.Arg], call.Block())
		out = append(out, &Entry{
			Call: call, What: f.What, Way: append([]string{calledName(c)}, f.Way...), Origin: o, Site: f.Site,
		})
	}
	return out
}

// maxFlows is how many labels are remembered for one function.
const maxFlows = 12

// Flows returns the labels that fn's parameters become.
func Flows(fn *ssa.Function, entries []*Entry) []SiteFlow {
	var out []SiteFlow
	for _, e := range entries {
		for _, d := range e.Origin.Deps {
			i := slices.Index(fn.Params, d.Param)
			if i < 0 || len(out) == maxFlows || e.Origin.Kind == Unbounded && !e.Origin.Source.Weak {
				continue // what is wrong in any case is said where it is
			}
			f := SiteFlow{LabelFlow{Arg: i, Path: d.Path, Text: d.Text, Weak: d.Weak, What: e.What, Way: e.Way}, e}
			if e.Site != nil {
				f.Site = e.Site
			}
			if !slices.ContainsFunc(out, func(o SiteFlow) bool { return o.Arg == i && slices.Equal(o.Path, d.Path) && o.What == f.What }) {
				out = append(out, f)
			}
		}
	}
	return out
}
