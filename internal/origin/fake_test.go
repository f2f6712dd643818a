package origin_test

import (
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/origin"
)

// fake is an Effects that knows the world's tables, goes by names beyond them,
// and sees all of the package.
type fake struct {
	tables *leakapi.Tables
	code   *code
	stores map[*types.Var][]*ssa.Store
	puts   map[*types.Var][]origin.Put
	asked  int                      // questions on calls
	routed map[string]bool          // functions for one path
	known  map[string]origin.Vector // vectors of other packages, by variable
	labels map[string][]origin.SiteFlow
}

func newFake(t testing.TB, c *code) *fake {
	t.Helper()
	tables, err := leakapi.Builtin().With("rows", rows)
	if err != nil {
		t.Fatal(err)
	}
	f := &fake{tables: tables, code: c, stores: map[*types.Var][]*ssa.Store{}, puts: map[*types.Var][]origin.Put{}}
	fns := c.SSA.Funcs
	if c.SSA.Init != nil {
		fns = append([]*ssa.Function{c.SSA.Init}, fns...)
	}
	for _, fn := range fns {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				f.note(instr)
			}
		}
	}
	return f
}

// note keeps what an instruction stores in a field or variable of the package.
func (f *fake) note(instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.Store:
		if v := variable(instr.Addr); v != nil {
			f.stores[v] = append(f.stores[v], instr)
		}
	case *ssa.MapUpdate:
		f.put(instr.Map, origin.Put{Key: instr.Key, Value: instr.Value, At: instr})
	case *ssa.Send:
		f.put(instr.Chan, origin.Put{Value: instr.X, At: instr})
	}
}

func (f *fake) put(into ssa.Value, p origin.Put) {
	if load, ok := into.(*ssa.UnOp); ok {
		if v := variable(load.X); v != nil {
			f.puts[v] = append(f.puts[v], p)
		}
	}
}

// variable returns the field or package-level variable at an address.
func variable(addr ssa.Value) *types.Var {
	switch addr := addr.(type) {
	case *ssa.FieldAddr:
		return addr.X.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct).Field(addr.Field)
	case *ssa.Global:
		v, _ := addr.Object().(*types.Var)
		return v
	}
	return nil
}

func object(c *ssa.CallCommon) *types.Func {
	if c.IsInvoke() {
		return c.Method
	}
	if fn := c.StaticCallee(); fn != nil {
		obj, _ := fn.Object().(*types.Func)
		return obj
	}
	return nil
}

func name(c *ssa.CallCommon) string {
	if obj := object(c); obj != nil {
		return obj.Name()
	}
	return ""
}

func (f *fake) Values(c *ssa.CallCommon) *leakapi.Values {
	f.asked++
	if row := f.tables.Func(object(c)); row != nil {
		return row.Values
	}
	return nil
}

func (f *fake) PairOf(c *ssa.CallCommon) *leakapi.Pair {
	if obj := object(c); obj != nil {
		return f.tables.PairOf(obj)
	}
	return nil
}

func (*fake) Std(c *ssa.CallCommon) bool {
	obj := object(c)
	return obj != nil && obj.Pkg() != nil && leakapi.IsStd(obj.Pkg().Path())
}

func (f *fake) MayRun(*ssa.CallCommon) []*ssa.Function { return nil }

func (f *fake) Bodies(c *ssa.CallCommon) []*ssa.Function {
	fn := c.StaticCallee()
	if fn == nil {
		return nil
	}
	if obj := object(c); obj != nil && fn.Synthetic != "" {
		fn = fn.Prog.FuncValue(obj) // a method value
	}
	if fn == nil || len(fn.Blocks) == 0 {
		return nil
	}
	return []*ssa.Function{fn}
}

func (*fake) Flows(c *ssa.CallCommon) ([]origin.Flow, bool) {
	switch name(c) {
	case "elsewhere":
		return []origin.Flow{{Deps: []origin.FlowDep{{Arg: 1}}}}, true
	case "remoteID":
		return []origin.Flow{{Kind: origin.Unbounded, Text: "newID()", Says: "a new id"}}, true
	case "remotePath":
		return []origin.Flow{{Deps: []origin.FlowDep{{Arg: 0, Path: []string{"URL", "Host"}, Text: "r.URL.Host"}}}}, true
	case "remoteFew":
		return []origin.Flow{{}}, true
	}
	return nil, false
}

func (*fake) Variable(v *types.Var) *leakapi.Source {
	if v.Name() == "entropy" {
		return &leakapi.Source{Arg: -1, Result: -1, Says: "random bytes"}
	}
	return nil
}

func (*fake) Pruned(v *types.Var) bool { return strings.HasPrefix(v.Name(), "pruned") }

func (*fake) Waits(c *ssa.CallCommon) bool           { return name(c) == "dial" }
func (*fake) NeverNil(c *ssa.CallCommon, i int) bool { return name(c) == "New" || name(c) == "Errorf" }
func (f *fake) Request(t types.Type) *leakapi.Request {
	f.asked++
	return f.tables.Request(t)
}
func (f *fake) Parts(t types.Type) *leakapi.Parts { return f.tables.Parts(t) }
func (f *fake) Pair(t types.Type) *leakapi.Pair   { return f.tables.Pair(t) }

// Writers takes exported fields and variables, and those of the world, for what
// others may store in.
func (f *fake) Writers(v *types.Var) ([]*ssa.Store, bool) {
	return f.stores[v], !v.Exported() && f.code.Fset.File(v.Pos()) == f.code.Fset.File(f.code.Files[1].Pos())
}

func (f *fake) Puts(v *types.Var) []origin.Put { return f.puts[v] }

func (f *fake) Calls(fn *ssa.Function) (found []ssa.CallInstruction, ok bool) {
	for _, caller := range f.code.SSA.Funcs {
		for _, b := range caller.Blocks {
			for _, instr := range b.Instrs {
				call, ok := instr.(ssa.CallInstruction)
				if ok && call.Common().StaticCallee() == fn {
					found = append(found, call)
				}
			}
		}
	}
	return found, fn.Object() != nil && !fn.Object().Exported()
}

func (f *fake) Vector(v *types.Var) (origin.Vector, bool) {
	vec, ok := f.known[v.Name()]
	return vec, ok
}

func (f *fake) Labels(c *ssa.CallCommon) []origin.SiteFlow {
	switch name(c) {
	case "tells":
		return []origin.SiteFlow{{LabelFlow: origin.LabelFlow{Arg: 1, What: `label "path" of total`, Way: []string{"inner"}}}}
	case "picks":
		return []origin.SiteFlow{{LabelFlow: origin.LabelFlow{Path: []string{"URL", "Host"}, Text: "r.URL.Host", What: `label "host" of total`}}}
	}
	for _, fn := range f.Bodies(c) {
		return f.labels[fn.Name()]
	}
	return nil
}

func (f *fake) Routed(fn *ssa.Function) bool { return f.routed[fn.Name()] }
