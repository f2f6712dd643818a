package leaksummary

import (
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/origin"
)

// Labels implements origin.Effects.
func (s *summarizer) Labels(c *ssa.CallCommon) []origin.SiteFlow {
	if row := s.Values(c); row != nil && row.Labels != nil {
		return nil // the tables know
	}
	if bodies := s.Bodies(c); len(bodies) == 1 {
		return s.labelsOf(bodies[0])
	}
	var found []origin.SiteFlow
	if obj := s.named(c); obj != nil {
		if f := s.fact(obj); f != nil {
			for _, l := range f.Labels {
				found = append(found, origin.SiteFlow{LabelFlow: l})
			}
		}
	}
	return found
}

// labelsOf returns the labels that fn's parameters become, in fn or in literals
// in it.
func (s *summarizer) labelsOf(fn *ssa.Function) []origin.SiteFlow {
	if found, ok := s.values.labels[fn]; ok {
		return found
	}
	s.values.labels[fn] = nil // recursion adds nothing
	var entries []*origin.Entry
	var add func(*ssa.Function)
	add = func(f *ssa.Function) {
		entries = append(entries, s.entriesOf(f)...)
		for _, lit := range f.AnonFuncs {
			add(lit)
		}
	}
	add(fn)
	found := origin.Flows(fn, entries)
	s.values.labels[fn] = found
	return found
}

// entriesOf returns what becomes a label in fn itself and is never deleted.
func (s *summarizer) entriesOf(fn *ssa.Function) []*origin.Entry {
	if found, ok := s.values.entries[fn]; ok {
		return found
	}
	s.values.entries[fn] = nil
	found := slices.DeleteFunc(slices.Clone(s.allEntries(fn)), func(e *origin.Entry) bool {
		return e.Vector.Var != nil && s.forgotten(e.Vector.Var) || e.Lasts && s.keeps(e.Call)
	})
	s.values.entries[fn] = found
	return found
}

// allEntries returns what becomes a label in fn itself.
func (s *summarizer) allEntries(fn *ssa.Function) []*origin.Entry {
	found, ok := s.values.all[fn]
	if !ok {
		found = s.values.tracer.Entries(fn)
		s.values.all[fn] = found
	}
	return found
}

// forgotten reports whether the package that declares a vector's variable
// deletes series of it.
func (s *summarizer) forgotten(v *types.Var) bool {
	if v.Pkg() != s.pass.Pkg {
		f := new(LeakVar)
		if s.pass.ImportObjectFact(v, f) && f.Forgotten {
			return true
		}
	}
	if s.values.forgets == nil {
		s.findForgotten()
	}
	return s.values.forgets[v]
}

// Vector implements origin.Effects.
func (s *summarizer) Vector(v *types.Var) (origin.Vector, bool) {
	if v.Pkg() == nil || v.Pkg() == s.pass.Pkg {
		return origin.Vector{}, false
	}
	f := new(LeakVar)
	if !s.pass.ImportObjectFact(v, f) {
		return origin.Vector{}, false
	}
	return origin.Vector{Name: f.Name, Labels: f.Labels}, true
}

// exportVector publishes what is known of the vector in a variable or field
// that importers can name.
func (s *summarizer) exportVector(v *types.Var) {
	if s.ssa == nil || !v.Exported() || !s.canBeVector(v.Type()) {
		return
	}
	stores, _ := s.Writers(v)
	for _, st := range stores {
		vec := s.values.tracer.VectorOf(st.Val)
		if vec.Name == "" && vec.Labels == nil {
			continue
		}
		s.pass.ExportObjectFact(v, &LeakVar{Name: vec.Name, Labels: vec.Labels, Forgotten: s.forgotten(v)})
		return
	}
}

// canBeVector reports whether values of t can be vectors of series.
func (s *summarizer) canBeVector(t types.Type) bool {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	named, ok := t.(*types.Named)
	return ok && named.Obj().Pkg() != nil && s.tables.Labels(named.Obj().Pkg().Path())
}

// exportedLabels returns what importers learn of fn's labels.
func (s *summarizer) exportedLabels(fn *ssa.Function) []origin.LabelFlow {
	var found []origin.LabelFlow
	for _, f := range s.labelsOf(fn) {
		found = append(found, f.LabelFlow)
	}
	return found
}

// exportedValues returns what importers learn of where fn's results come from.
func (s *summarizer) exportedValues(fn *ssa.Function) []origin.Flow {
	var out []origin.Flow
	sig := fn.Signature
	for i := range sig.Results().Len() {
		b, ok := sig.Results().At(i).Type().Underlying().(*types.Basic)
		if !ok || b.Info()&types.IsString == 0 || s.fetched(fn.Pos()) && !s.getsRequest(sig) {
			continue
		}
		o := s.values.tracer.Result(fn, i)
		f := origin.Flow{Result: i, Kind: o.Kind}
		if o.Kind == origin.Unbounded {
			f.Text, f.Says, f.Weak = o.Source.Text, o.Source.Says, o.Source.Weak
		}
		for _, d := range o.Deps {
			if j := slices.Index(fn.Params, d.Param); j >= 0 && o.Kind != origin.Unknown {
				f.Deps = append(f.Deps, origin.FlowDep{Arg: j, Path: d.Path, Text: d.Text, Weak: d.Weak})
			}
		}
		if f.Kind == origin.Unbounded || f.Kind == origin.Finite && (len(f.Deps) > 0 || sig.Params().Len() > 0) {
			out = append(out, f)
		}
	}
	return out
}

// getsRequest reports whether a function is given something that clients may
// have sent.
func (s *summarizer) getsRequest(sig *types.Signature) bool {
	for v := range sig.Params().Variables() {
		if s.tables.Request(v.Type()) != nil {
			return true
		}
	}
	return false
}

// pattern returns the pattern under which a call lets v serve requests; ok is
// false if it does no such thing, or the pattern is not spelled out.
func (s *summarizer) pattern(call ssa.CallInstruction, v ssa.Value) (string, bool) {
	row := s.Values(call.Common())
	if row == nil || row.Route == nil {
		return "", false
	}
	args := origin.Arguments(call.Common())
	if row.Route.Handler >= len(args) || row.Route.Pattern >= len(args) || args[row.Route.Handler] != v {
		return "", false
	}
	k, ok := args[row.Route.Pattern].(*ssa.Const)
	if !ok || k.Value == nil || k.Value.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(k.Value), true
}

// exactRoute reports whether a pattern matches one path alone.
func exactRoute(pattern string) bool {
	path, end := strings.CutSuffix(pattern, "{$}")
	return path != "" && !strings.ContainsAny(path, ":*{") && (end || !strings.HasSuffix(path, "/"))
}

// Entries returns what becomes a label in fn itself and is never deleted.
func (r *Result) Entries(fn *ssa.Function) []*origin.Entry {
	if r == nil || r.s == nil {
		return nil
	}
	return r.s.entriesOf(fn)
}
