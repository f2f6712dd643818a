package leaksummary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/origin"
)

// Series is what the package does with the series of a vector that it makes.
type Series struct {
	Var     *types.Var
	Vector  origin.Vector
	Labels  []*origin.Entry       // what labels them, other than from few values
	Forgets []ssa.CallInstruction // the calls that delete some of them
	Shared  bool                  // the vector is handed to what may delete some
}

// Series returns the vectors that the package makes and holds in variables or
// fields, in the order of their declarations.
func (r *Result) Series() []*Series {
	if r == nil || r.s == nil {
		return nil
	}
	found := map[*types.Var]*Series{}
	for _, fn := range r.s.bodies() {
		r.s.seriesIn(fn, found)
	}
	var out []*Series
	for v, series := range found {
		if stores, _ := r.s.Writers(v); len(stores) > 0 && series.Vector.Labels != nil {
			out = append(out, series)
		}
	}
	slices.SortFunc(out, func(a, b *Series) int { return int(a.Var.Pos() - b.Var.Pos()) })
	return out
}

func (s *summarizer) seriesIn(fn *ssa.Function, found map[*types.Var]*Series) {
	at := func(vec origin.Vector) *Series {
		if found[vec.Var] == nil {
			found[vec.Var] = &Series{Var: vec.Var, Vector: vec}
		}
		return found[vec.Var]
	}
	for _, e := range s.allEntries(fn) {
		if e.Vector.Var == nil || e.Vector.Var.Pkg() != s.pass.Pkg || e.Name == "" {
			continue
		}
		series := at(e.Vector)
		if o := e.Origin; o.Kind != origin.Finite || len(o.Deps) > 0 {
			series.Labels = append(series.Labels, e)
		}
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			row := s.Values(call.Common())
			for i, arg := range origin.Arguments(call.Common()) {
				vec := origin.Vector{}
				if isPointerOrInterface(arg.Type()) {
					vec = s.values.tracer.VectorOf(arg)
				}
				if vec.Var == nil || vec.Var.Pkg() != s.pass.Pkg {
					continue
				}
				switch {
				case row == nil && i > 0, row == nil && !call.Common().IsInvoke() && call.Common().Signature().Recv() == nil:
					at(vec).Shared = true
				case row != nil && slices.Contains(row.Forgets, i) && deletesFrom(call.Common(), i):
					at(vec).Forgets = append(at(vec).Forgets, call)
				}
			}
		}
	}
}

func isPointerOrInterface(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface:
		return true
	}
	return false
}

// deletesFrom reports whether a call that forgets its argument i deletes series of
// it, rather than unregister it as a whole.
func deletesFrom(c *ssa.CallCommon, i int) bool {
	return i == 0 && (c.IsInvoke() || c.Signature().Recv() != nil)
}

// Ends reports whether objects that the package holds come to an end.
func (r *Result) Ends() bool { return slices.ContainsFunc(r.s.bodies(), r.EndsIn) }

// EndsIn reports whether objects that the package holds come to an end in fn: it
// deletes from a map, or replaces a list or map that it keeps, and does not set
// anything up.
func (r *Result) EndsIn(fn *ssa.Function) bool {
	if ctxflow.SetsUp(fn.Name()) || fn == r.s.ssa.Init {
		return false
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Call:
				if b, ok := instr.Call.Value.(*ssa.Builtin); ok && b.Name() == "delete" {
					return true
				}
			case *ssa.Store:
				if f, ok := instr.Addr.(*ssa.FieldAddr); ok && isContainer(leakssa.FieldAt(f.X.Type(), f.Field).Type()) && !grows(instr.Val) {
					return true
				}
			}
		}
	}
	return false
}

func isContainer(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Slice, *types.Map:
		return true
	}
	return false
}

// grows reports whether a stored list is an older one with more in it.
func grows(v ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	b, ok := call.Call.Value.(*ssa.Builtin)
	return ok && b.Name() == "append"
}

// Registers returns the calls in fn that register a metric with the process.
func (r *Result) Registers(fn *ssa.Function) []ssa.CallInstruction {
	var found []ssa.CallInstruction
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok || call.Common().IsInvoke() {
				continue
			}
			obj := r.s.named(call.Common())
			if row := r.s.Values(call.Common()); row != nil && row.Register && obj.Signature().Recv() == nil {
				found = append(found, call)
			}
		}
	}
	return found
}

// Serves reports whether fn is given a client's request, or is a literal in
// such a function that runs while it is served.
func (r *Result) Serves(fn *ssa.Function) bool {
	for _, p := range fn.Params {
		if o := r.s.values.tracer.Of(p, nil); o.Kind == origin.Unbounded && o.Source.Says == "" {
			return true
		}
	}
	return false
}

// Served reports whether fn is called for nothing but routes that it is
// registered for here.
func (r *Result) Served(fn *ssa.Function) bool {
	u := r.s.usesOf(fn)
	return !u.other && len(u.calls) == 0 && len(u.routes) > 0
}

// Instead returns which field of a type to use in place of what a path of fields
// leads to.
func (r *Result) Instead(t types.Type, path string) (leakapi.Instead, bool) {
	if parts := r.s.tables.Parts(t); parts != nil {
		for _, i := range parts.Instead {
			if i.Of == path {
				return i, true
			}
		}
	}
	return leakapi.Instead{}, false
}
