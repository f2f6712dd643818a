package leaksummary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/errflow"
	"github.com/leakvet/leakvet/internal/growth"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// Failure is something kept for later calls in spite of an error.
type Failure struct {
	errflow.Finding
	*CacheSite
	At       ssa.Instruction // where the function keeps it, or runs it only once
	Looked   bool            // a hit in the container saves the call that failed
	Served   bool            // something named like a cache's reader reads the container
	NoHit    bool            // nothing of worth under the key is no hit
	Blank    bool            // the error is thrown away
	Outside  bool            // the call depends on something outside the program
	Pure     bool            // the call depends on its arguments alone
	Static   bool            // the code of the call can be no other
	Fixed    bool            // all that the call gets is written in the program
	Reads    bool            // the call gets a stream, which another call would find at its end
	Evicts   bool            // the package takes entries out of the container
	Global   bool            // what runs only once is one of the process
	Lost     bool            // its error goes to the first caller alone: later ones get none
	Callee   string
	LoaderOf string // what keeps the result of the loader
}

// Failures returns what fn keeps for later calls in spite of an error.
func (r *Result) Failures(fn *ssa.Function) []Failure {
	if r == nil || r.s == nil || r.s.caches.scan == nil {
		return nil
	}
	s := r.s
	obj, _ := leakssa.Declared(fn).Object().(*types.Func)
	scan := s.caches.scan
	var out []Failure
	if obj == nil && !scan.inits {
		return nil
	}
	if obj == nil || scan.writes[obj.Origin()] && scan.fails[obj.Origin()] {
		for _, f := range s.spoilt(fn) {
			if f.Call == nil {
				continue
			}
			if x, ok := s.failure(f); ok {
				x.At = f.Put.Instr
				out = append(out, x)
			}
		}
	}
	if obj == nil || scan.once[obj.Origin()] {
		out = append(out, s.onces(fn)...)
	}
	return out
}

// FailuresInInit returns what package-level variables keep so.
func (r *Result) FailuresInInit() []Failure {
	if r == nil || r.s == nil || r.s.caches.scan == nil || r.s.ssa.Init == nil {
		return nil
	}
	return r.s.onces(r.s.ssa.Init)
}

func (s *summarizer) failure(f errflow.Finding) (Failure, bool) {
	site, ok := f.Put.Into.(*CacheSite)
	if !ok {
		return Failure{}, false
	}
	x := Failure{Finding: f, CacheSite: site, Callee: s.calleeName(f.Call)}
	if site.Alone {
		s.describe(&x, f.Call)
		x.Kind, x.ErrKept, x.Global = errflow.Kept, true, packageLevel(site.Var)
		return x, f.Kind == errflow.Itself && s.initialises(f.Put.Instr.(*ssa.Store), f.Call)
	}
	if f.Kind != errflow.Value && s.ownLife(f.Put.Instr, site) {
		return x, false
	}
	if site.Var != nil {
		x.Looked, x.NoHit = s.lookedUp(site.Var, site.Key, f.Call)
		if c := s.caches.scan.containers[site.Var]; c != nil {
			x.Served = c.named
			x.Evicts = len(c.evicts) > 0
			if s.takesBack(f.Put.Instr, site, c) {
				return x, false
			}
		}
	}
	s.describe(&x, f.Call)
	return x, true
}

func (s *summarizer) describe(x *Failure, call *ssa.Call) {
	x.Blank = blank(call)
	x.Outside = s.outside(call, 0)
	x.Pure = s.alone(call)
	x.Static = call.Call.StaticCallee() != nil
	x.Fixed = fixedArguments(call.Common())
	x.Reads = slices.ContainsFunc(call.Call.Args, func(a ssa.Value) bool { return isReader(a.Type()) && !isField(a) })
}

// isField reports whether a value is loaded from a field: a source that is kept may go on.
func isField(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	_, ok = load.X.(*ssa.FieldAddr)
	return ok
}

// isReader reports whether a value of an interface type can be read from, which it can
// be once.
func isReader(t types.Type) bool {
	if !types.IsInterface(t) {
		return false
	}
	m := leakapi.Method(t, nil, "Read")
	return m != nil && m.Signature().Params().Len() == 1 && m.Signature().Results().Len() == 2
}

// fixedArguments reports whether a call has arguments, and all are constants or texts in
// package-level variables, such as embedded files.
func fixedArguments(c *ssa.CallCommon) bool {
	args := c.Args
	if !c.IsInvoke() && c.Signature().Recv() != nil {
		args = args[1:]
	}
	return len(args) > 0 && !slices.ContainsFunc(args, func(a ssa.Value) bool {
		if load, ok := a.(*ssa.UnOp); ok {
			_, global := load.X.(*ssa.Global)
			basic, text := load.Type().Underlying().(*types.Basic)
			return !global || !text || basic.Kind() != types.String
		}
		_, ok := a.(*ssa.Const)
		return !ok
	})
}

// outside reports whether whether a call fails depends on something outside the
// program, or on when it is called.
func (s *summarizer) outside(call *ssa.Call, depth int) bool {
	c := call.Common()
	for v := range c.Signature().Params().Variables() {
		if leakapi.IsContext(v.Type()) {
			return true
		}
	}
	if s.remote(c) {
		return true
	}
	if depth > 2 {
		return false
	}
	for _, a := range c.Args {
		if lit := function(a); lit != nil && lit.Parent() != nil && s.anyOutside(lit, depth+1) {
			return true
		}
	}
	if lit := function(c.Value); lit != nil && lit.Parent() != nil {
		return s.anyOutside(lit, depth+1)
	}
	return false
}

// remote reports whether a call waits for something outside the program.
func (s *summarizer) remote(c *ssa.CallCommon) bool {
	return slices.ContainsFunc(s.Blocks(c), func(b ctxflow.Block) bool {
		return b.On != leakapi.OnEvent && b.On != leakapi.OnSleep && b.On != leakapi.OnWait
	})
}

func (s *summarizer) anyOutside(fn *ssa.Function, depth int) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok && errflow.ErrorResult(call.Call.Signature()) >= 0 && s.outside(call, depth) {
				return true
			}
		}
	}
	return false
}

// alone reports whether a call surely depends on its arguments alone, as far as
// the standard library goes.
func (s *summarizer) alone(call *ssa.Call) bool {
	obj := s.named(call.Common())
	return obj != nil && obj.Pkg() != nil && leakapi.IsStd(obj.Pkg().Path()) && !s.remote(call.Common()) && !isAbstract(obj)
}

// blank reports whether nothing refers to a call's error.
func blank(call *ssa.Call) bool {
	tuple, ok := call.Type().(*types.Tuple)
	if !ok {
		return len(*call.Referrers()) == 0
	}
	for _, ref := range *call.Referrers() {
		if x, ok := ref.(*ssa.Extract); ok && pathcond.IsError(tuple.At(x.Index).Type()) && len(*x.Referrers()) > 0 {
			return false
		}
	}
	return true
}

func (s *summarizer) calleeName(call *ssa.Call) string {
	if obj := s.named(call.Common()); obj != nil {
		return obj.Name()
	}
	return "the call"
}

// onces returns the failures that fn keeps by running something only once, or by
// handing a loader to a cache.
func (s *summarizer) onces(fn *ssa.Function) []Failure {
	var out []Failure
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			obj := s.named(call.Common())
			if obj == nil {
				continue
			}
			row := s.cacheRow(obj)
			if row == nil {
				continue
			}
			args := call.Call.Args
			if call.Call.IsInvoke() {
				continue
			}
			for _, i := range row.Once {
				if i < len(args) {
					out = append(out, s.once(call, obj, args, i)...)
				}
			}
			for _, i := range row.Loaders {
				if i < len(args) {
					out = append(out, s.loader(call, obj, args[i])...)
				}
			}
		}
	}
	return out
}

func (s *summarizer) once(call *ssa.Call, obj *types.Func, args []ssa.Value, i int) []Failure {
	body := function(args[i])
	if body == nil || len(body.Blocks) == 0 {
		return nil
	}
	site := &CacheSite{Into: obj.Name(), In: call.Parent()}
	global := call.Parent() == s.ssa.Init
	if i > 0 {
		v := s.containerOf(args[0])
		if v == nil || s.caches.scan.resets[v] {
			return nil
		}
		site.Var, site.Into = v, v.Name()+"."+obj.Name()
		global = packageLevel(v) || s.lastsLong(args[0])
	}
	found := s.exploreErrors(body, errflow.Once)
	var out []Failure
	for _, f := range found {
		if f.Kind != errflow.Kept || slices.ContainsFunc(out, func(o Failure) bool { return o.Call == f.Call }) {
			continue
		}
		x := Failure{Finding: f, CacheSite: site, At: call, Callee: s.calleeName(f.Call), Global: global, Lost: i > 0 && loses(body, f.Call)}
		if s.describe(&x, f.Call); !x.Blank {
			out = append(out, x)
		}
	}
	return out
}

// loses reports whether a literal that runs once puts the error of a call into a
// variable of the function around it, which returns that: a later call of that
// function has an error that is nil.
func loses(lit *ssa.Function, call *ssa.Call) bool {
	if lit.Parent() == nil {
		return false
	}
	for _, ref := range *call.Referrers() {
		ex, ok := ref.(*ssa.Extract)
		if !ok || !pathcond.IsError(ex.Type()) {
			continue
		}
		for _, use := range *ex.Referrers() {
			st, ok := use.(*ssa.Store)
			if !ok {
				continue
			}
			fv, ok := st.Addr.(*ssa.FreeVar)
			if !ok {
				continue
			}
			if cell, ok := binding(fv).(*ssa.Alloc); ok && returnsCell(cell) {
				return true
			}
		}
	}
	return false
}

// returnsCell reports whether a function returns what a variable of its own holds.
func returnsCell(cell *ssa.Alloc) bool {
	for _, ref := range *cell.Referrers() {
		load, ok := ref.(*ssa.UnOp)
		if !ok {
			continue
		}
		for _, use := range *load.Referrers() {
			if _, ok := use.(*ssa.Return); ok {
				return true
			}
		}
	}
	return false
}

// lastsLong reports whether what an address is a field of lives as long as the
// process, or as a part of it that serves others.
func (s *summarizer) lastsLong(addr ssa.Value) bool {
	f, ok := addr.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	owner := namedOf(f.X.Type())
	return owner != nil && owner.Pkg() == s.pass.Pkg && s.growth.tracer.Life(owner) == growth.LifeLong
}

func (s *summarizer) loader(call *ssa.Call, obj *types.Func, arg ssa.Value) []Failure {
	body := function(arg)
	if body == nil || len(body.Blocks) == 0 {
		return nil
	}
	site := &CacheSite{Into: obj.Name(), Known: true, In: call.Parent()}
	found := s.exploreErrors(body, errflow.Loader)
	var out []Failure
	for _, f := range found {
		if f.Call == nil || f.Put.Into != nil {
			continue
		}
		x := Failure{Finding: f, CacheSite: site, At: f.Put.Instr, Callee: s.calleeName(f.Call), LoaderOf: obj.Name()}
		s.describe(&x, f.Call)
		out = append(out, x)
	}
	return out
}
