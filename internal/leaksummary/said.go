package leaksummary

import (
	"errors"
	"fmt"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/contract"
	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// LeakSaid is what importers learn of the directives beside the declaration of a
// function, variable, field or type.
type LeakSaid struct {
	Rows string // table rows, one a line, without their key
}

// AFact marks LeakSaid as a fact.
func (*LeakSaid) AFact() {}

// String returns f in the form that tests expect, such as "said: borrow arg=1".
func (f *LeakSaid) String() string { return "said: " + strings.ReplaceAll(f.Rows, "\n", "; ") }

// MarshalBinary encodes f. Equal facts give equal bytes.
func (f *LeakSaid) MarshalBinary() ([]byte, error) {
	return appendString([]byte{factVersion}, f.Rows), nil
}

// UnmarshalBinary decodes what MarshalBinary wrote. It fails on anything else.
func (f *LeakSaid) UnmarshalBinary(data []byte) error {
	d := &decoder{b: data}
	if v := d.byte(); v != factVersion {
		return fmt.Errorf("leaksummary: fact of version %d, want %d", v, factVersion)
	}
	f.Rows = d.string()
	if d.failed || len(d.b) > 0 {
		return errors.New("leaksummary: malformed fact")
	}
	return nil
}

// contracts knows what directives say, of this package and of others.
type contracts struct {
	own   []contract.Said
	known map[types.Object]*leakapi.Said // nil values too
}

// nothing is what is said of most declarations.
var nothing = &leakapi.Said{}

// readContracts reads the directives of the package.
func (s *summarizer) readContracts() {
	s.contracts.known = map[types.Object]*leakapi.Said{}
	if !contract.Speaks(s.pass.Files) {
		return
	}
	s.contracts.own, _ = contract.Read(s.pass.Fset, s.pass.Files, s.pass.TypesInfo, s.tables)
	for _, c := range s.contracts.own {
		if said, err := s.tables.Said(c.Text()); err == nil {
			s.contracts.known[c.Obj] = said
		}
	}
}

// said returns what directives say of a function, variable, field or type. It is
// never nil.
func (s *summarizer) said(obj types.Object) *leakapi.Said {
	switch o := obj.(type) {
	case *types.Func:
		obj = o.Origin()
	case *types.Var:
		obj = o.Origin()
	}
	said, ok := s.contracts.known[obj]
	if !ok {
		said = s.saidElsewhere(obj)
		s.contracts.known[obj] = said
	}
	return said
}

func (s *summarizer) saidElsewhere(obj types.Object) *leakapi.Said {
	if obj.Pkg() == nil || obj.Pkg() == s.pass.Pkg || leakapi.IsStd(obj.Pkg().Path()) {
		return nothing
	}
	f := new(LeakSaid)
	if !s.pass.ImportObjectFact(obj, f) {
		return nothing
	}
	said, err := s.tables.Said(f.Rows)
	if err != nil {
		return nothing // of a later version
	}
	return said
}

// exportSaid publishes what directives say. Those in tests are for these alone.
func (s *summarizer) exportSaid() {
	for _, c := range s.contracts.own {
		if !s.inTest(c.Obj.Pos()) && s.visible(c.Obj) {
			s.pass.ExportObjectFact(c.Obj, &LeakSaid{Rows: c.Text()})
		}
	}
}

// visible reports whether importers can come upon an object of the package.
func (s *summarizer) visible(obj types.Object) bool {
	if v, ok := obj.(*types.Var); ok && v.IsField() {
		return obj.Exported()
	}
	if fn, ok := obj.(*types.Func); ok && fn.Signature().Recv() != nil {
		return obj.Exported()
	}
	return obj.Exported() && obj.Parent() == s.pass.Pkg.Scope()
}

// saidOf returns what directives say of a function, or nil: the tables outrank them.
func (s *summarizer) saidOf(fn *types.Func, tabled func(*leakapi.Func) bool) *leakapi.Func {
	if row := s.anyRow(fn); row != nil && tabled(row) {
		return nil
	}
	return s.said(fn).Func
}

// saidResources returns what directives say of what fn does with resources, or nil.
func (s *summarizer) saidResources(fn *types.Func) *leakapi.Func {
	return s.saidOf(fn, (*leakapi.Func).Resources)
}

// saidEffect returns what directives say of an argument of fn, the receiver first.
func (s *summarizer) saidEffect(fn *types.Func, arg int, path pathcond.Path) (obligation.Effect, bool) {
	if row := s.saidResources(fn); row != nil {
		for _, a := range row.Args {
			if a.Index == arg {
				return made(fn, arg, path, s.argEffect(a, fn.Signature())), true
			}
		}
	}
	return obligation.Effect{}, false
}

// asSaid returns what a call lays on its caller, after what directives say of its
// results: others than those of which they speak stay as found.
func (s *summarizer) asSaid(call *ssa.Call, found []*Acquisition) []*Acquisition {
	obj := s.named(call.Common())
	if obj == nil {
		return found
	}
	row := s.saidResources(obj)
	if row == nil || row.NotOwned == nil && row.Acquires == nil {
		return found
	}
	found = slices.DeleteFunc(slices.Clone(found), func(a *Acquisition) bool {
		return slices.ContainsFunc(a.Aliases, func(al obligation.Alias) bool {
			return slices.Contains(row.NotOwned, al.Result) || slices.ContainsFunc(row.Acquires, func(q leakapi.Acquire) bool { return q.Result == al.Result })
		})
	})
	return append(found, s.fromRows(call, row.Acquires, obj)...)
}

// saidValues returns what the tables or directives say of fn and values, or nil.
func (s *summarizer) saidValues(fn *types.Func) *leakapi.Values {
	if v := s.valueRow(fn); v != nil {
		return v
	}
	if f := s.said(fn).Func; f != nil {
		return f.Values
	}
	return nil
}

// saidShrinks returns what directives say of containers that fn is given, with what
// is known of the others, or nil.
func (s *summarizer) saidShrinks(fn *types.Func) *leakapi.Growth {
	f := s.said(fn).Func
	if f == nil || f.Growth == nil {
		return nil
	}
	g := &leakapi.Growth{Shrinks: f.Growth.Shrinks}
	if fact := s.fact(fn); fact != nil && fact.Held != nil {
		held := rowOf(fact.Held)
		g.Shrinks = append(slices.Clip(g.Shrinks), held.Shrinks...)
		g.Borrows = held.Borrows
		for _, grow := range held.Grows {
			if !slices.Contains(g.Shrinks, grow.Arg) {
				g.Grows = append(g.Grows, grow)
			}
		}
	}
	return g
}

// saidToShrink notes the containers in fields of a type with a method that is said to
// take entries out of what it is called on.
func (g *growGate) saidToShrink() {
	for _, c := range g.s.contracts.own {
		fn, ok := c.Obj.(*types.Func)
		if !ok {
			continue
		}
		row := g.s.said(fn).Func
		if row == nil || row.Growth == nil || fn.Signature().Recv() == nil || !slices.Contains(row.Growth.Shrinks, 0) {
			continue
		}
		for _, held := range g.owners[receiverOf(fn)] {
			held.shrinks, held.deletes = true, true
		}
	}
}

// saidBlocks returns how a call of fn waits, if a directive says so.
func (s *summarizer) saidBlocks(fn *ssa.Function) (blocks []ctxflow.Block, ok bool) {
	obj, _ := fn.Object().(*types.Func)
	if obj == nil {
		return nil, false
	}
	row := s.flowRow(obj)
	if row == nil || row != s.said(obj).Func {
		return nil, false
	}
	return s.rowBlocks(obj, row), true
}

// SaidToWait reports whether a directive says what a call waits for.
func (r *Result) SaidToWait(call *ssa.Call) bool {
	obj := r.s.named(call.Common())
	return obj != nil && r.s.said(obj).Func != nil && r.s.flowRow(obj) == r.s.said(obj).Func
}

// Few implements origin.Effects.
func (s *summarizer) Few(obj types.Object) bool {
	v, ok := obj.(*types.Var)
	return (s.said(obj).Few || ok && s.validated(v)) && (!ok || s.tables.Variable(v) == nil)
}

// boundedAs reports whether directives say that what a variable or field holds is
// bounded: of it, or of its type.
func (s *summarizer) boundedAs(v *types.Var) bool {
	if s.said(v).Few {
		return true
	}
	named := namedOf(v.Type())
	return named != nil && s.said(named).Few
}

// Takes implements obligation.Effects.
func (s *summarizer) Takes(field *types.Var) bool { return s.said(field).Owns }
