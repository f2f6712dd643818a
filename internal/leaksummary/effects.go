package leaksummary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/pathcond"
)

var unknown = obligation.Uniform(obligation.Escaped)

// Arg implements obligation.Effects.
func (s *summarizer) Arg(c *ssa.CallCommon, arg int, path pathcond.Path, spec *obligation.Spec) obligation.Effect {
	if c.IsInvoke() {
		if eff, ok := s.saidEffect(c.Method, arg+1, path); ok {
			return eff
		}
		if row := s.row(c.Method); arg < 0 && path == "" && (row == nil || len(row.Args) == 0) {
			return obligation.Uniform(obligation.Borrowed) // the tables would name it if it were a release
		}
		if arg < 0 && path == madeOfIt && !enders[c.Method.Name()] {
			return madeByInvoke(c.Method)
		}
		return s.rowEffect(c.Method, c, arg+1, path)
	}
	obj, fn := s.callee(c)
	if obj == nil {
		if lit := c.StaticCallee(); lit != nil && lit.Parent() != nil && len(lit.Blocks) > 0 {
			return s.effectOf(lit, arg, path, spec.Release)
		}
		return unknown
	}
	if eff, ok := s.saidEffect(obj, arg, path); ok {
		return eff
	}
	if s.row(obj) != nil {
		return s.rowEffect(obj, c, arg, path)
	}
	if fn != nil {
		return narrowed(s.effectOf(fn, arg, path, spec.Release), obj.Signature(), arg, path, spec.Release)
	}
	if obj.Pkg() != nil && leakapi.IsStd(obj.Pkg().Path()) {
		return s.rowEffect(obj, c, arg, path)
	}
	if f := s.fact(obj); f != nil {
		for _, p := range f.Params {
			if p.Index == arg && p.Path == path && (s.standard(obj.Signature(), arg, path, spec.Release) || onlyUses(p.Effect, obj.Signature(), arg, path, spec.Release)) {
				return narrowed(p.Effect, obj.Signature(), arg, path, spec.Release)
			}
		}
		if path == "" && slices.Equal(spec.Release, callRelease) {
			return called(f.Calls, arg)
		}
		return unknown
	}
	return s.rowEffect(obj, c, arg, path)
}

// called returns what a function does with an argument that it calls.
func called(calls []leakapi.FuncArg, arg int) obligation.Effect {
	for _, c := range calls {
		if c.Index != arg {
			continue
		}
		switch c.How {
		case leakapi.NowOnce, leakapi.NowMany, leakapi.Deferred, leakapi.Goroutine:
			return obligation.Uniform(obligation.Released)
		}
	}
	return unknown
}

// standard reports whether facts on a parameter were computed for these
// releases.
func (s *summarizer) standard(sig *types.Signature, arg int, path pathcond.Path, release []string) bool {
	return slices.Equal(release, defaultRelease) || slices.Equal(release, s.releaseAt(paramType(sig, arg), path))
}

// onlyUses reports whether an effect holds for whatever methods release the resource: it
// is only used, through an interface that has none of them.
func onlyUses(eff obligation.Effect, sig *types.Signature, arg int, path pathcond.Path, release []string) bool {
	return eff.Zero|eff.NonZero == obligation.Borrowed && narrow(paramType(sig, arg), path, release)
}

// narrow reports whether what a value of type t, which may be nil, leads to by path is
// an interface through which the resource cannot be released.
func narrow(t types.Type, path pathcond.Path, release []string) bool {
	if t != nil {
		t = typeAt(t, path)
	}
	return t != nil && types.IsInterface(t) && !slices.ContainsFunc(release, func(name string) bool { return leakapi.Method(t, nil, name) != nil })
}

// narrowed adds to what a function does with an argument that it knows by an interface
// which cannot release it: no more can what it makes of it, as the client that is
// generated for a service on a connection.
func narrowed(eff obligation.Effect, sig *types.Signature, arg int, path pathcond.Path, release []string) obligation.Effect {
	if len(eff.Aliases) == 0 || !onlyUses(eff, sig, arg, path, release) {
		return eff
	}
	eff.Aliases = slices.Clone(eff.Aliases)
	for i, a := range eff.Aliases {
		if a.Result >= 0 && a.Path != "" && narrow(sig.Results().At(a.Result).Type(), "", release) {
			eff.Aliases[i].Path = madeOfIt
		}
	}
	return eff
}

// rowEffect returns what the tables say of a call's argument.
func (s *summarizer) rowEffect(obj *types.Func, c *ssa.CallCommon, arg int, path pathcond.Path) obligation.Effect {
	sig := obj.Signature()
	if row := s.row(obj); row != nil {
		for _, a := range row.Args {
			if a.Index != arg && a.Index != -1 {
				continue
			}
			if len(a.Path) > 0 {
				if p, ok := fieldPath(paramType(sig, arg), a.Path); !ok || p != path {
					continue
				}
			}
			return made(obj, arg, path, s.argEffect(a, sig))
		}
	}
	if obj.Pkg() == nil {
		return unknown
	}
	switch s.tables.Package(obj.Pkg().Path()) {
	case leakapi.Borrow:
		return obligation.Uniform(obligation.Borrowed)
	case leakapi.Close:
		return obligation.Uniform(obligation.Released)
	}
	// A method of the resource's own type, which the tables would name if it
	// were a release, leaves it as it was.
	if arg == 0 && (path == "" || path == madeOfIt && !enders[obj.Name()]) && sig.Recv() != nil && !c.IsInvoke() && s.tables.SpeaksOf(obj.Pkg().Path()) {
		return made(obj, arg, path, obligation.Uniform(obligation.Borrowed))
	}
	return unknown
}

// madeOfIt leads to a resource from what one of its methods makes.
var madeOfIt = pathcond.Path([]byte{pathcond.StepElement})

// made adds that what a method of a library's resource makes of it leads to it, too:
// a database of a client, a tracer of a provider.
func made(obj *types.Func, arg int, path pathcond.Path, eff obligation.Effect) obligation.Effect {
	sig := obj.Signature()
	if arg != 0 || path != "" && path != madeOfIt || sig.Recv() == nil || leakapi.IsStd(obj.Pkg().Path()) || eff.Zero|eff.NonZero != obligation.Borrowed || eff.Aliases != nil {
		return eff
	}
	for i := range sig.Results().Len() {
		t := sig.Results().At(i).Type()
		switch t.Underlying().(type) {
		case *types.Pointer, *types.Interface:
			if obj := namedOf(t); obj != nil && obj.Pkg() != nil && !leakapi.IsStd(obj.Pkg().Path()) {
				eff.Aliases = append(eff.Aliases, obligation.Alias{Result: i, Path: madeOfIt})
			}
		}
	}
	return eff
}

// madeByInvoke returns what calling an interface's method does with the resource that
// the value was made of: it is used, and leads on to what is an interface again, as a
// stream. A message does not hold what it came by.
func madeByInvoke(m *types.Func) obligation.Effect {
	eff := obligation.Uniform(obligation.Borrowed)
	for i := range m.Signature().Results().Len() {
		if t := m.Signature().Results().At(i).Type(); types.IsInterface(t) && !pathcond.IsError(t) {
			eff.Aliases = append(eff.Aliases, obligation.Alias{Result: i, Path: madeOfIt})
		}
	}
	return eff
}

func (s *summarizer) argEffect(a leakapi.Arg, sig *types.Signature) obligation.Effect {
	m := obligation.Escaped
	var aliases []obligation.Alias
	switch a.Effect {
	case leakapi.Borrow, leakapi.Wrap:
		m = obligation.Borrowed
	case leakapi.Close:
		m = obligation.Released
	case leakapi.Through, leakapi.Alias:
		m = obligation.Borrowed
		aliases = []obligation.Alias{{Result: a.Result}}
	}
	switch a.When {
	case leakapi.Zero:
		return obligation.Effect{Zero: m, NonZero: obligation.Borrowed, Aliases: aliases}
	case leakapi.NonZero:
		return obligation.Effect{Zero: obligation.Borrowed, NonZero: m, Aliases: aliases}
	}
	return obligation.Effect{Zero: m, NonZero: m, Aliases: aliases}
}

// paramType returns the type of parameter i, the receiver first, or nil.
func paramType(sig *types.Signature, i int) types.Type {
	if r := sig.Recv(); r != nil {
		if i == 0 {
			return r.Type()
		}
		i--
	}
	if i < 0 || i >= sig.Params().Len() {
		return nil
	}
	return sig.Params().At(i).Type()
}

// fieldPath turns field names into a path.
func fieldPath(t types.Type, names []string) (pathcond.Path, bool) {
	var path []byte
	for _, name := range names {
		if t == nil {
			return "", false
		}
		st := leakssa.StructOf(t)
		if st == nil {
			return "", false
		}
		found := false
		for i := range st.NumFields() {
			if f := st.Field(i); f.Name() == name && i < 0xF0 {
				path, t, found = append(path, byte(i)), f.Type(), true
				break
			}
		}
		if !found {
			return "", false
		}
	}
	return pathcond.Path(path), true
}

// Captured implements obligation.Effects.
func (s *summarizer) Captured(fn *ssa.Function, freeVar int, path pathcond.Path, spec *obligation.Spec) obligation.Effect {
	if len(fn.Blocks) == 0 {
		return unknown
	}
	return s.effectOf(fn, -1-freeVar, path, spec.Release)
}

// FuncArg implements obligation.Effects.
func (s *summarizer) FuncArg(c *ssa.CallCommon, arg int) leakapi.How {
	if c.IsInvoke() {
		return s.howRow(c.Method, arg+1)
	}
	obj, fn := s.callee(c)
	if obj == nil {
		return leakapi.HowUnknown
	}
	if s.row(obj) != nil {
		return s.howRow(obj, arg)
	}
	var calls []leakapi.FuncArg
	if fn != nil {
		calls = s.callsOf(fn)
	} else if f := s.fact(obj); f != nil {
		calls = f.Calls
	}
	for _, a := range calls {
		if a.Index == arg {
			return a.How
		}
	}
	return leakapi.HowUnknown
}

func (s *summarizer) howRow(obj *types.Func, arg int) leakapi.How {
	if row := s.row(obj); row != nil {
		for _, a := range row.FuncArgs {
			if a.Index == arg {
				return a.How
			}
		}
	}
	return leakapi.HowUnknown
}

// NeverNil implements obligation.Effects.
func (s *summarizer) NeverNil(c *ssa.CallCommon, result int) bool {
	obj, fn := s.callee(c)
	if obj == nil {
		return false
	}
	if row := s.row(obj); row != nil {
		return slices.Contains(row.NeverNil, result)
	}
	if result != obj.Signature().Results().Len()-1 {
		return false
	}
	if fn != nil {
		return s.neverNil(fn)
	}
	f := s.fact(obj)
	return f != nil && f.NeverNil
}

// NilIff implements obligation.Effects.
func (s *summarizer) NilIff(c *ssa.CallCommon) []leakapi.NilIff {
	obj, _ := s.callee(c)
	if obj != nil {
		if row := s.row(obj); row != nil {
			return row.NilIff
		}
	}
	return nil
}
