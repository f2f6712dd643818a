package growth_test

import (
	"fmt"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/growth"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa/ssatest"
	"github.com/leakvet/leakvet/internal/origin"
)

// world declares what the tests' tables speak of, and what they do not.
const world = `package p

import "context"

var _ context.Context

// request is what a client sends.
type request struct {
	Path string
	Size int
	Keys []string
	Prev *request
}

func (r *request) Form(name string) string

// bag is a container, which is bounded if it is made so.
type bag struct{ inner bagPart }

type bagPart struct{ n int }

func newBag(size, expiry int) *bag
func newBagWith(opts ...bagOption) (*bag, error)
func newBagOf(o bagOptions) *bag
func newBagBy(o *bagOptions) *bag
func newBox() *bag

func (b *bag) put(key string, v any)
func (b *bag) add(v any)
func (b *bag) get(key string) any
func (b *bag) has(key string) (any, bool)
func (b *bag) take(key string)
func (b *bag) size() int
func (b bag) each(f func(key string))

type bagOption func()

func sized(n int) bagOption
func named(s string) bagOption

type bagOptions struct {
	Name string
	Max  int
}

func defaultOptions() bagOptions

// lru is a container, which a field bounds.
type lru struct{ Max int }

func (l *lru) put(key string, v any)

// mystery may do anything, std is of the standard library.
func mystery(v any)
func std(v any)
func stdPlace(v *map[string]int)
func text(s string) string
func dump(to, from map[string]int)
func prune(m map[string]int)
func look(m map[string]int)

// once and now run a function, later keeps one.
func once(f func())
func now(f func())
func later(f func())

// serve lets something serve requests.
func serve(v any)
`

const rows = `
request *p.request
derive (*p.request).Form arg=0 result=0

container p.bag         noun=bag
container p.lru         noun=cache unless=Max
grow   (*p.bag).put     arg=0 key=1
grow   (*p.bag).add     arg=0
grow   (*p.lru).put     arg=0 key=1
shrink (*p.bag).take    arg=0
grow   p.dump           arg=0
shrink p.prune          arg=0

boundless p.newBag      if=0:0,1:0 says=a-size-or-an-expiry
boundless p.newBag      if=0:0 says=a-size weak=yes
boundless p.newBagWith  unless=sized says=a-size
boundless p.newBagOf    if=0.Max:0 says=a-size
boundless p.newBagBy    if=0.Max:0 says=a-size
leaves p.defaultOptions result=0 field=Max
`

// fake is an Effects that goes by names, and sees all of the package.
type fake struct {
	tables *leakapi.Tables
	code   *ssatest.Code
	calls  map[*ssa.Function][]ssa.CallInstruction
	asked  int // for bodies and calls
}

func (*fake) Variable(*types.Var) *leakapi.Source { return nil }

func (f *fake) functions() []*ssa.Function {
	fns := f.code.SSA.Funcs
	if f.code.SSA.Init != nil {
		fns = append([]*ssa.Function{f.code.SSA.Init}, fns...)
	}
	return fns
}

func object(c *ssa.CallCommon) *types.Func {
	if c.IsInvoke() {
		return c.Method
	}
	if fn := c.StaticCallee(); fn != nil {
		if o := fn.Origin(); o != nil {
			fn = o
		}
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

func (f *fake) row(c *ssa.CallCommon) *leakapi.Func {
	if obj := object(c); obj != nil {
		return f.tables.Func(obj)
	}
	return nil
}

func (f *fake) Growth(c *ssa.CallCommon) *leakapi.Growth {
	if name(c) == "look" {
		return &leakapi.Growth{Borrows: []int{0}}
	}
	if row := f.row(c); row != nil {
		return row.Growth
	}
	return nil
}

func (f *fake) Values(c *ssa.CallCommon) *leakapi.Values {
	if row := f.row(c); row != nil {
		return row.Values
	}
	return nil
}

func (f *fake) Container(t types.Type) *leakapi.Container { return f.tables.Container(t) }

func (f *fake) Std(c *ssa.CallCommon) bool { return strings.HasPrefix(name(c), "std") }

func (f *fake) Bodies(c *ssa.CallCommon) []*ssa.Function {
	f.asked++
	fn := c.StaticCallee()
	if fn == nil {
		return nil
	}
	if fn.Synthetic != "" && fn.Origin() == nil {
		if obj := object(c); obj != nil {
			fn = fn.Prog.FuncValue(obj)
		}
	}
	if o := fn.Origin(); o != nil {
		fn = o
	}
	if len(fn.Blocks) == 0 {
		return nil
	}
	return []*ssa.Function{fn}
}

func (f *fake) Calls(fn *ssa.Function) ([]ssa.CallInstruction, bool) {
	if f.calls == nil {
		f.calls = map[*ssa.Function][]ssa.CallInstruction{}
		for _, caller := range f.functions() {
			for _, b := range caller.Blocks {
				for _, instr := range b.Instrs {
					if call, ok := instr.(ssa.CallInstruction); ok {
						for _, callee := range f.Bodies(call.Common()) {
							f.calls[callee] = append(f.calls[callee], call)
						}
					}
				}
			}
		}
		f.asked = 0
	}
	f.asked++
	return f.calls[fn], fn.Object() != nil && !fn.Object().Exported()
}

func (*fake) PairOf(*ssa.CallCommon) *leakapi.Pair              { return nil }
func (*fake) Pair(types.Type) *leakapi.Pair                     { return nil }
func (*fake) Vector(*types.Var) (origin.Vector, bool)           { return origin.Vector{}, false }
func (*fake) Labels(*ssa.CallCommon) []origin.SiteFlow          { return nil }
func (*fake) Routed(*ssa.Function) bool                         { return false }
func (*fake) MayRun(*ssa.CallCommon) []*ssa.Function            { return nil }
func (*fake) Flows(*ssa.CallCommon) ([]origin.Flow, bool)       { return nil, false }
func (*fake) Waits(*ssa.CallCommon) bool                        { return false }
func (*fake) NeverNil(*ssa.CallCommon, int) bool                { return false }
func (f *fake) Request(t types.Type) *leakapi.Request           { return f.tables.Request(t) }
func (*fake) Parts(types.Type) *leakapi.Parts                   { return nil }
func (*fake) Writers(*types.Var) (stores []*ssa.Store, ok bool) { return nil, false }
func (*fake) Puts(*types.Var) []origin.Put                      { return nil }
func (f *fake) Functions() []*ssa.Function                      { return f.functions() }
func (*fake) Once(lit *ssa.Function) bool                       { return givenTo(lit, "once") }
func (*fake) RunsNow(lit *ssa.Function) bool                    { return givenTo(lit, "now") }
func (*fake) Pruned(v *types.Var) bool                          { return strings.HasPrefix(v.Name(), "pruned") }
func (*fake) Forgets(v *types.Var, _ *ssa.Function) bool {
	return strings.HasPrefix(v.Name(), "pruned")
}
func (*fake) Beside(lit *ssa.Function) bool     { return givenTo(lit, "beside") }
func (*fake) Accepts(*ssa.CallCommon) []int     { return nil }
func (*fake) Routes(c *ssa.CallCommon) bool     { return name(c) == "serve" }
func (*fake) Daemon(owner *types.TypeName) bool { return strings.HasSuffix(owner.Name(), "Server") }
func (*fake) GetsContext(fn *ssa.Function) bool {
	return slices.ContainsFunc(fn.Params, func(p *ssa.Parameter) bool { return leakapi.IsContext(p.Type()) })
}

func (f *fake) Serves(fn *ssa.Function) bool {
	return slices.ContainsFunc(fn.Params, func(p *ssa.Parameter) bool { return f.Request(p.Type()) != nil })
}

// givenTo reports whether a literal is an argument of a named function, or is
// called at once where that is now.
func givenTo(lit *ssa.Function, callee string) bool {
	is := func(v ssa.Value) bool {
		if mc, ok := v.(*ssa.MakeClosure); ok {
			v = mc.Fn
		}
		return v == ssa.Value(lit)
	}
	if lit.Parent() == nil {
		return false
	}
	for _, b := range lit.Parent().Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			if name(call.Common()) == callee && slices.ContainsFunc(call.Call.Args, is) || callee == "now" && is(call.Call.Value) {
				return true
			}
		}
	}
	return false
}

// program is a source under the tracer.
type program struct {
	*ssatest.Code
	*growth.Tracer
	fake *fake
}

func build(t *testing.T, source string) *program {
	t.Helper()
	tables, err := leakapi.Builtin().With("rows", rows)
	if err != nil {
		t.Fatal(err)
	}
	c := ssatest.Build(t, world, source, []string{"context", "time"}, true)
	f := &fake{tables: tables, code: c}
	return &program{c, growth.NewTracer(f, origin.NewTracer(f)), f}
}

// vars returns the variables and fields that the source declares, in order.
func (p *program) vars() []*types.Var {
	var out []*types.Var
	var fields func(t types.Type)
	fields = func(t types.Type) {
		if st, ok := t.Underlying().(*types.Struct); ok {
			for f := range st.Fields() {
				out = append(out, f)
				if _, named := f.Type().(*types.Named); !named {
					fields(f.Type())
				}
			}
		}
	}
	scope := p.SSA.SSA.Pkg.Scope()
	for _, name := range scope.Names() {
		obj := scope.Lookup(name)
		if p.Fset.File(obj.Pos()) != p.Fset.File(p.Files[1].Pos()) {
			continue
		}
		switch obj := obj.(type) {
		case *types.Var:
			out = append(out, obj)
			if _, named := obj.Type().(*types.Named); !named {
				fields(obj.Type())
			}
		case *types.TypeName:
			fields(obj.Type())
		}
	}
	slices.SortFunc(out, func(a, b *types.Var) int { return int(a.Pos() - b.Pos()) })
	return out
}

// describe says what becomes of a container.
func (p *program) describe(c *growth.Container) string {
	var says []string
	if c.Shrunk {
		says = append(says, "shrunk")
	}
	if c.Shared {
		says = append(says, "shared")
	}
	if len(says) > 0 {
		return strings.Join(says, ", ")
	}
	if !p.Owned(c) {
		return "set"
	}
	for _, g := range p.Growing(c) {
		s := g.Func.Name() + " " + []string{"once", "called", "on miss", "with context", "endless", "request"}[g.Reach]
		if g.Key == nil {
			s += " one more"
		}
		if g.Fixed {
			s += " never equal"
		}
		if g.Memo {
			s += " memo"
		}
		if g.Sibling != nil {
			s += " beside " + g.Sibling.Name()
		}
		says = append(says, s)
	}
	if len(says) == 0 {
		return "finite"
	}
	return strings.Join(says, "; ")
}

// checkContainers compares what the tracer says of containers with the comments
// at their declarations.
func checkContainers(t *testing.T, source string) {
	t.Helper()
	p := build(t, source)
	want := p.Expected()
	for _, c := range p.Containers(p.vars()) {
		line := p.Line(c.Var.Pos())
		text, ok := want[line]
		if !ok {
			continue
		}
		delete(want, line)
		if got := p.describe(c); got != text {
			t.Errorf("%s: got %q", strings.TrimSpace(p.Lines[line-1]), got)
		}
	}
	for line := range want {
		t.Errorf("nothing is found at %s", p.Lines[line-1])
	}
}

func noun(t types.Type, p *program) string {
	n, ok := p.IsContainer(t)
	return fmt.Sprint(n, " ", ok)
}

// typeNamed returns a type that the source declares, or nil.
func typeNamed(p *program, name string) *types.TypeName {
	obj, ok := p.SSA.SSA.Pkg.Scope().Lookup(name).(*types.TypeName)
	if !ok || p.Fset.File(obj.Pos()) != p.Fset.File(p.Files[1].Pos()) {
		return nil
	}
	return obj
}

func (f *fake) Own(obj *types.TypeName) bool { return obj.Pkg() == f.code.SSA.SSA.Pkg }
