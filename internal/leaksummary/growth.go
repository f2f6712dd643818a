package leaksummary

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/growth"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/origin"
)

// Growth implements growth.Effects.
func (e growthEffects) Growth(c *ssa.CallCommon) *leakapi.Growth {
	if obj := e.named(c); obj != nil {
		return e.growthRow(obj)
	}
	return nil
}

// growthRow returns what the tables, or another package's facts, say of what a
// function does with containers, or nil.
func (s *summarizer) growthRow(obj *types.Func) *leakapi.Growth {
	if row := s.anyRow(obj); row != nil && row.Growth != nil {
		return row.Growth
	}
	if row := s.saidShrinks(obj); row != nil {
		return row
	}
	if f := s.fact(obj); f != nil {
		return rowOf(f.Held)
	}
	return nil
}

// Container implements growth.Effects.
func (e growthEffects) Container(t types.Type) *leakapi.Container {
	if row := e.tables.Container(t); row != nil {
		return row
	}
	return e.likeContainer(t)
}

// Functions implements growth.Effects.
func (e growthEffects) Functions() []*ssa.Function { return e.bodies() }

// RunsNow implements growth.Effects.
func (e growthEffects) RunsNow(lit *ssa.Function) bool {
	how := e.flows.tracer.Runs(lit)
	return how == ctxflow.Now || how == ctxflow.Joined
}

// Beside implements growth.Effects.
func (e growthEffects) Beside(lit *ssa.Function) bool {
	return e.flows.tracer.Runs(lit) == ctxflow.Beside
}

// Pruned implements growth.Effects and origin.Effects.
func (s *summarizer) Pruned(v *types.Var) bool { return s.growth.pruned[v] != nil }

// Forgets implements growth.Effects.
func (e growthEffects) Forgets(v *types.Var, in *ssa.Function) bool {
	c := e.growth.pruned[v]
	return c != nil && slices.ContainsFunc(c.deleted, func(d *ast.FuncDecl) bool {
		if slices.Contains(c.emptied, d) {
			return false // what is done is not what has ended
		}
		return !slices.Contains(c.puts, d) || d == leakssa.Declared(in).Syntax()
	})
}

// Own implements growth.Effects.
func (e growthEffects) Own(obj *types.TypeName) bool { return obj.Pkg() == e.pass.Pkg }

// Routes implements growth.Effects.
func (e growthEffects) Routes(c *ssa.CallCommon) bool {
	row := e.Values(c)
	return row != nil && row.Route != nil
}

// lastingMethods are methods of what runs until it is stopped.
var lastingMethods = map[string]bool{
	"Close": true, "ListenAndServe": true, "Run": true, "Serve": true, "Shutdown": true, "Start": true, "Stop": true,
}

// Daemon implements growth.Effects.
func (e growthEffects) Daemon(owner *types.TypeName) bool {
	named, ok := owner.Type().(*types.Named)
	if !ok {
		return false
	}
	words := leakssa.Words(owner.Name())
	if len(words) > 0 && briefWords[words[len(words)-1]] {
		return false
	}
	lasts, gets := false, false
	for m := range named.Methods() {
		lasts = lasts || lastingMethods[m.Name()]
		sig := m.Signature()
		for p := range sig.Params().Variables() {
			if e.tables.Request(p.Type()) != nil || m.Exported() && origin.IsCall(sig) {
				return true
			}
			gets = gets || m.Exported() && leakapi.IsContext(p.Type())
		}
	}
	return (lasts || gets) && (e.growth.spawns[owner] || hasLock(named))
}

// briefWords end the names of what is made for one piece of work.
var briefWords = map[string]bool{
	"batch": true, "buffer": true, "builder": true, "call": true, "command": true, "conn": true, "connection": true, "context": true,
	"crawler": true, "cursor": true, "decoder": true, "encoder": true, "event": true, "importer": true, "iterator": true, "job": true,
	"loader": true, "message": true, "op": true, "operation": true,
	"parser": true, "process": true, "query": true, "reader": true, "request": true, "response": true, "result": true, "run": true, "scanner": true,
	"session": true, "state": true, "stream": true, "task": true, "transaction": true, "tx": true, "visitor": true, "walker": true, "work": true, "writer": true,
}

// hasLock reports whether a struct type has a field that keeps goroutines apart.
func hasLock(t types.Type) bool {
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range st.Fields() {
		if leakapi.IsLock(f.Type()) {
			return true
		}
	}
	return false
}

// Serves implements growth.Effects.
func (e growthEffects) Serves(fn *ssa.Function) bool {
	for _, p := range fn.Params {
		if o := e.values.tracer.Of(p, nil); o.Kind == origin.Unbounded && o.Source.Says == "" {
			return true
		}
	}
	return false
}

// GetsContext implements growth.Effects.
func (e growthEffects) GetsContext(fn *ssa.Function) bool {
	return slices.ContainsFunc(fn.Params, func(p *ssa.Parameter) bool { return leakapi.IsContext(p.Type()) })
}

// Once implements growth.Effects.
func (e growthEffects) Once(fn *ssa.Function) bool {
	if e.growth.once == nil {
		e.growth.once = map[*ssa.Function]bool{}
		for _, user := range e.bodies() {
			e.onceIn(user)
		}
	}
	return e.growth.once[fn]
}

// onceIn notes the functions that a function hands to what runs them once.
func (e growthEffects) onceIn(user *ssa.Function) {
	for _, b := range user.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			obj := e.named(call.Common())
			if obj == nil {
				continue
			}
			row := e.anyRow(obj)
			if row == nil || row.Shared == nil {
				continue
			}
			for i, arg := range origin.Arguments(call.Common()) {
				if fn := function(arg); fn != nil && slices.Contains(row.Shared, i) {
					e.growth.once[fn] = true
				}
			}
		}
	}
}

// Locked reports whether values of a type guard themselves against several
// goroutines.
func (r *Result) Locked(owner *types.TypeName) bool { return hasLock(owner.Type()) }

// Spawns reports whether a function, or one that it calls, starts goroutines.
func (r *Result) Spawns(fn *ssa.Function) bool { return r.s.starts(fn, 0) }

// maxStarts is how many calls deep goroutines are looked for.
const maxStarts = 3

func (s *summarizer) starts(fn *ssa.Function, depth int) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Go:
				return true
			case *ssa.Call:
				if _, body := s.callee(instr.Common()); body != nil && depth < maxStarts && s.starts(body, depth+1) {
					return true
				}
				for i := range instr.Call.Args {
					if s.FuncArg(instr.Common(), i) == leakapi.Goroutine {
						return true
					}
				}
			}
		}
	}
	return false
}

// Owner returns the type that a container of the package is a field of, or nil.
func (r *Result) Owner(v *types.Var) *types.TypeName { return r.s.growth.owners[v] }

// Called returns the name of what a call calls, with its package's if that is
// another.
func (r *Result) Called(call ssa.CallInstruction) string {
	obj := r.s.named(call.Common())
	switch {
	case obj == nil:
		return "the call"
	case obj.Pkg() != nil && obj.Pkg() != r.s.pass.Pkg && obj.Signature().Recv() == nil:
		return obj.Pkg().Name() + "." + obj.Name()
	}
	return obj.Name()
}

// Works reports whether an entry is something that works or is waited for: it must
// be closed, or is a lock or a channel.
func (r *Result) Works(v ssa.Value) bool {
	if v == nil {
		return false
	}
	if boxed, ok := v.(*ssa.MakeInterface); ok {
		v = boxed.X
	}
	t := v.Type()
	_, isChan := t.Underlying().(*types.Chan)
	return isChan || leakapi.IsLock(t) || r.Closable(t)
}

// Closable reports whether a value of a type must be closed, or stopped, when it
// is done with.
func (r *Result) Closable(t types.Type) bool {
	if r.s.tables.Type(t) != nil {
		return true
	}
	m := leakapi.Method(t, nil, "Close")
	return m != nil && m.Signature().Params().Len() == 0
}

// Brief reports whether what a container is a field of is made for a piece of work, and
// goes with it.
func (r *Result) Brief(v *types.Var) bool {
	if r == nil || r.s == nil || !v.IsField() || v.Pkg() != r.s.pass.Pkg {
		return false
	}
	scope := v.Pkg().Scope()
	for _, name := range scope.Names() {
		if tn, ok := scope.Lookup(name).(*types.TypeName); ok && !tn.IsAlias() && hasField(tn, v) {
			return r.s.growth.tracer.Life(tn) == growth.LifeShort
		}
	}
	return false
}
