package leaksummary

import (
	"go/constant"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
)

// flows knows how the functions of the package wait, and where the contexts
// come from that they return.
type flows struct {
	tracer   *ctxflow.Tracer
	blocks   map[*ssa.Function][]ctxflow.Block
	contexts map[*ssa.Function][]leakapi.Context
	globals  map[*types.Var]leakapi.ContextFrom
	callers  map[*ssa.Function][]*ssa.CallCommon
	given    map[*types.Var]bool // fields that are set to something with a context
	methods  map[string]bool     // names of methods that wait
}

var _ ctxflow.Effects = (*summarizer)(nil)

// settle computes how each function of the package waits, from what it calls,
// until nothing changes.
func (s *summarizer) settle() {
	var order []*ssa.Function
	callers := map[*ssa.Function][]*ssa.Function{}
	for _, fn := range s.ssa.Funcs {
		if fn.Parent() == nil {
			order = append(order, fn)
			s.eachCall(fn, func(callee *ssa.Function) { callers[callee] = append(callers[callee], fn) })
		}
	}
	// First what contexts can end, then what none can: whether a call is of
	// the second kind depends on all that its arguments' contexts can end.
	for _, keep := range []func(ctxflow.Block) bool{
		func(b ctxflow.Block) bool { return b.Ctx >= 0 },
		func(ctxflow.Block) bool { return true },
	} {
		dirty := map[*ssa.Function]bool{}
		for _, fn := range order {
			dirty[fn] = true
		}
		for changed := true; changed; {
			changed = false
			for _, fn := range order {
				if !dirty[fn] {
					continue
				}
				delete(dirty, fn)
				if s.improve(fn, keep) {
					for _, c := range callers[fn] {
						dirty[c] = true
						changed = true
					}
				}
			}
		}
	}
}

// improve merges into what is known of fn what its calls show now, and reports
// whether that changes anything. It only ever adds, or replaces by what stands
// earlier in the order of blocks, so that recursion settles.
func (s *summarizer) improve(fn *ssa.Function, keep func(ctxflow.Block) bool) bool {
	old := s.flows.blocks[fn]
	next := slices.Clone(old)
	blocks, said := s.saidBlocks(fn)
	if !said {
		blocks = s.flows.tracer.Summary(fn, s.stepName)
	}
	for _, b := range blocks {
		if keep(b) {
			next = append(next, b)
		}
	}
	next = ctxflow.Reduce(next)
	if slices.EqualFunc(next, old, ctxflow.Block.Equal) {
		return false
	}
	s.flows.blocks[fn] = next
	if fn.Signature.Recv() != nil {
		s.flows.methods[fn.Name()] = true
	}
	return true
}

// eachCall calls f for every function of the package that fn, or a literal in
// it, calls.
func (s *summarizer) eachCall(fn *ssa.Function, f func(*ssa.Function)) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			if call.Call.IsInvoke() {
				if impl := s.onlyImplementation(call.Call.Method); impl != nil {
					f(impl)
				}
			} else if _, callee := s.callee(call.Common()); callee != nil {
				f(callee)
			}
		}
	}
	for _, lit := range fn.AnonFuncs {
		s.eachCall(lit, f)
	}
}

// onlyImplementation returns the one implementation of an interface's method
// in the package that declares it, this one, or nil.
func (s *summarizer) onlyImplementation(m *types.Func) *ssa.Function {
	if impls := s.implementations(m); len(impls) == 1 {
		return impls[0]
	}
	return nil
}

// Blocks implements ctxflow.Effects.
func (s *summarizer) Blocks(c *ssa.CallCommon) []ctxflow.Block {
	if c.IsInvoke() {
		return s.methodBlocks(c.Method)
	}
	obj, fn := s.callee(c)
	if obj == nil {
		return nil
	}
	if row := s.flowRow(obj); row != nil {
		if row.Block != nil && isConstant(c, row.Block.Unless) {
			return nil
		}
		return s.rowBlocks(obj, row)
	}
	if fn != nil {
		return s.flows.blocks[fn]
	}
	if f := s.fact(obj); f != nil {
		return f.Blocks
	}
	return nil
}

// methodBlocks returns how a call of an interface's method can wait.
func (s *summarizer) methodBlocks(m *types.Func) []ctxflow.Block {
	if row := s.flowRow(m); row != nil {
		return s.rowBlocks(m, row)
	}
	if row := s.tables.IfaceBlock(m, s.lookup); row != nil {
		return s.rowBlocks(m, row)
	}
	if impl := s.onlyImplementation(m); impl != nil {
		return through(impl, s.flows.blocks[impl])
	}
	if f := s.fact(m); f != nil {
		return f.Blocks
	}
	return nil
}

// isConstant reports whether the argument that m names is the constant that it
// names.
func isConstant(c *ssa.CallCommon, m leakapi.Mark) bool {
	if m.Name == "" || m.Arg >= len(c.Args) {
		return false
	}
	k, ok := c.Args[m.Arg].(*ssa.Const)
	return ok && k.Value != nil && k.Value.Kind() == constant.String && constant.StringVal(k.Value) == m.Name
}

// through names the implementation on the way to what waits.
func through(impl *ssa.Function, blocks []ctxflow.Block) []ctxflow.Block {
	out := slices.Clone(blocks)
	for i, b := range out {
		if b.Ctx < 0 {
			out[i].Path = append([]string{methodName(impl.Object().(*types.Func))}, b.Path...)
		}
	}
	return out
}

// rowBlocks returns how a call of fn waits by a row. What a directive speaks of can
// be given a context, unless it is somebody else's.
func (s *summarizer) rowBlocks(fn *types.Func, row *leakapi.Func) []ctxflow.Block {
	b := row.Block
	if b == nil {
		return nil
	}
	fixed := row.Twin == nil && (row != s.said(fn).Func || s.fetched(fn.Pos()) && Twin(fn) == nil)
	return []ctxflow.Block{{On: b.On, Ctx: b.Ctx, Limited: b.Limited, Weak: b.Ctx < 0 && fixed}}
}

// nameOf returns the name under which a callee stands in the path to what
// waits: in full if the tables say that it waits.
func (s *summarizer) nameOf(call *ssa.Call) string {
	c := call.Common()
	obj := c.Method
	if !c.IsInvoke() {
		obj, _ = s.callee(c)
	}
	if obj == nil {
		return "a function"
	}
	if !s.tells(obj) {
		return obj.Name()
	}
	return methodName(obj)
}

// stepName is nameOf for a way that leads on: what belongs to another package is
// named in full.
func (s *summarizer) stepName(call *ssa.Call) string {
	c := call.Common()
	obj := c.Method
	if !c.IsInvoke() {
		obj, _ = s.callee(c)
	}
	if obj != nil && obj.Pkg() != s.pass.Pkg {
		return methodName(obj)
	}
	return s.nameOf(call)
}

// methodName returns a function's name with its receiver, or else its package.
func methodName(obj *types.Func) string {
	recv := obj.Signature().Recv()
	pkg := ""
	if obj.Pkg() != nil {
		pkg = obj.Pkg().Name() + "."
	}
	if recv == nil {
		return pkg + obj.Name()
	}
	star := ""
	typ := recv.Type()
	if p, ok := typ.(*types.Pointer); ok {
		star, typ = "*", p.Elem()
	}
	if named, ok := types.Unalias(typ).(*types.Named); ok {
		return "(" + star + pkg + named.Obj().Name() + ")." + obj.Name()
	}
	return obj.Name()
}

// Offer implements ctxflow.Effects.
func (s *summarizer) Offer(t types.Type) *leakapi.Offer {
	if o := s.tables.Offer(t); o != nil {
		return o
	}
	if leakapi.IsContext(t) {
		return &leakapi.Offer{}
	}
	if _, ok := t.Underlying().(*types.Basic); ok {
		return nil
	}
	if f := embeddedContext(t); f != nil {
		return &leakapi.Offer{Get: f.Name()}
	}
	m := leakapi.Method(t, nil, "Context")
	if m == nil {
		return nil
	}
	sig := m.Signature()
	if sig.Params().Len() != 0 || sig.Results().Len() != 1 || !leakapi.IsContext(sig.Results().At(0).Type()) {
		return nil
	}
	return &leakapi.Offer{Get: "Context()"}
}

// embeddedContext returns the context in a struct that is one by its name, too, and not
// something that lives as long as what it embeds; or nil.
func embeddedContext(t types.Type) *types.Var {
	st, obj := leakssa.StructOf(t), namedOf(t)
	if st == nil || obj == nil || !slices.ContainsFunc(leakssa.Words(obj.Name()), func(w string) bool { return w == "context" || w == "ctx" }) {
		return nil
	}
	for f := range st.Fields() {
		if f.Embedded() && leakapi.IsContext(f.Type()) {
			return f
		}
	}
	return nil
}

// tabled returns what the tables say of what a call names, or nil.
func (s *summarizer) tabled(c *ssa.CallCommon) *leakapi.Func {
	obj := c.Method
	if !c.IsInvoke() {
		obj, _ = s.callee(c)
	}
	if obj == nil {
		return nil
	}
	return s.flowRow(obj)
}

// Limiter implements ctxflow.Effects.
func (s *summarizer) Limiter(c *ssa.CallCommon) int {
	if row := s.tabled(c); row != nil && row.Block != nil {
		return row.Block.Limiter
	}
	return -1
}

// Limits implements ctxflow.Effects.
func (s *summarizer) Limits(t types.Type) []string { return s.tables.Limits(t) }

// Unlimited implements ctxflow.Effects.
func (s *summarizer) Unlimited(v types.Object) bool { return leakapi.Unlimited(v) }

// Sets implements ctxflow.Effects.
func (s *summarizer) Sets(c *ssa.CallCommon) []int {
	if row := s.tabled(c); row != nil {
		return row.Sets
	}
	return nil
}

// Accepts implements ctxflow.Effects.
func (s *summarizer) Accepts(c *ssa.CallCommon) []int {
	if row := s.tabled(c); row != nil {
		return row.Accepts
	}
	return nil
}

// Shared implements ctxflow.Effects.
func (s *summarizer) Shared(c *ssa.CallCommon, arg int) bool {
	row := s.tabled(c)
	return row != nil && slices.Contains(row.Shared, arg)
}

// Tabled implements ctxflow.Effects.
func (s *summarizer) Tabled(c *ssa.CallCommon) bool {
	obj := c.Method
	if !c.IsInvoke() {
		obj, _ = s.callee(c)
	}
	return obj != nil && obj.Pkg() != nil && (s.tells(obj) || leakapi.IsStd(obj.Pkg().Path()))
}

// Callers implements ctxflow.Effects.
func (s *summarizer) Callers(fn *ssa.Function) []*ssa.CallCommon {
	if s.flows.callers == nil {
		s.flows.callers = map[*ssa.Function][]*ssa.CallCommon{}
		for _, caller := range s.ssa.Funcs {
			for _, b := range caller.Blocks {
				for _, instr := range b.Instrs {
					if call, ok := instr.(ssa.CallInstruction); ok && !call.Common().IsInvoke() {
						if _, callee := s.callee(call.Common()); callee != nil {
							s.flows.callers[callee] = append(s.flows.callers[callee], call.Common())
						}
					}
				}
			}
		}
	}
	return s.flows.callers[fn]
}
