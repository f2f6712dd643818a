package origin

import (
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// call traces a result of a call.
func (w *walker) call(call *ssa.Call, result int) Origin {
	c := call.Common()
	if b, ok := c.Value.(*ssa.Builtin); ok {
		return w.builtin(b, call)
	}
	if v := w.t.eff.Values(c); v != nil {
		if o, ok := w.row(v, call, result); ok {
			return o
		}
	}
	if pair := w.t.eff.PairOf(c); pair != nil {
		return w.trace(Arguments(c)[pair.Value], call.Block())
	}
	if o, ok := w.getter(call); ok {
		return o
	}
	if isErrorText(c) {
		return w.errorText(call)
	}
	if o := w.callee(call, result); o.Kind != Unknown || !isErrorResult(c, result) {
		return o
	}
	if w.t.eff.Waits(c) {
		return Origin{Kind: Unbounded, Source: &Source{Says: anError}}
	}
	return unknown
}

// anError is what messages call the text of an error.
const anError = "the text of an error"

func isErrorResult(c *ssa.CallCommon, i int) bool {
	res := c.Signature().Results()
	return i < res.Len() && pathcond.IsError(res.At(i).Type())
}

// callee traces a result by what the code of the callee shows.
func (w *walker) callee(call *ssa.Call, result int) Origin {
	c := call.Common()
	if bodies := w.t.eff.Bodies(c); bodies != nil {
		o := Origin{}
		for _, fn := range bodies {
			o = join(o, w.into(w.t.resultAs(fn, result, w.object), fn, call))
		}
		return o
	}
	if flows, ok := w.t.eff.Flows(c); ok {
		return w.flows(flows, call, result)
	}
	if others := w.t.eff.MayRun(c); others != nil {
		o := unknown
		for _, fn := range others {
			o = join(o, w.into(w.t.resultAs(fn, result, w.object), fn, call))
		}
		return Origin{Kind: o.Kind, Source: o.Source}
	}
	if args := Arguments(c); len(args) == 1 && c.Signature().Recv() != nil && w.t.FewValues(args[0].Type()) {
		return Origin{} // what an enumeration says of itself
	}
	return unknown
}

// row traces a result by what the tables say.
func (w *walker) row(v *leakapi.Values, call *ssa.Call, result int) (Origin, bool) {
	if slices.Contains(v.Finite, result) {
		return Origin{}, true
	}
	for _, s := range v.Sources {
		if s.Arg < 0 && s.Result == result {
			if once(call.Parent()) {
				return Origin{}, true // one value for the life of the process
			}
			return Origin{Kind: Unbounded, Source: &Source{Says: s.Says, Weak: s.Weak, Pos: call.Pos(), Text: Render(call)}}, true
		}
	}
	args := Arguments(call.Common())
	o, found, edits := Origin{}, false, false
	used := make([]bool, len(args))
	for _, d := range v.Derives {
		if d.Result != result {
			continue
		}
		found = true
		verbs := ""
		if d.Format >= 0 && d.Format < len(args) {
			verbs = verbsOf(text(args[d.Format]))
		}
		if strings.Contains(verbs, "p") {
			o = join(o, Origin{Kind: Unbounded, Source: &Source{Says: "an address in memory", Pos: call.Pos(), Text: Render(call)}})
		}
		for i, arg := range args {
			if d.Args == nil || slices.Contains(d.Args, i) {
				if used[i] = true; verbs != "" && strings.Trim(verbs, "Tt") == "" && i != d.Format {
					continue // a type's name, or a truth value
				}
				edits = edits || isText(arg.Type())
				o = join(o, w.trace(arg, call.Block()))
			}
		}
	}
	if !found {
		return Origin{}, false
	}
	for i, arg := range args {
		// What else an edit is told about the text can take out what varies.
		if _, isConst := arg.(*ssa.Const); edits && !used[i] && !isConst && isText(arg.Type()) && w.trace(arg, call.Block()).Kind != Finite {
			return unknown, true
		}
	}
	return o, true
}

// verbsOf returns the verbs in a format.
func verbsOf(format string) string {
	var verbs strings.Builder
	for {
		_, rest, ok := strings.Cut(format, "%")
		if !ok {
			return verbs.String()
		}
		rest = strings.TrimLeft(rest, "+-# 0123456789.[]*")
		if rest == "" {
			return verbs.String()
		}
		if rest[0] != '%' {
			verbs.WriteByte(rest[0])
		}
		format = rest[1:]
	}
}

// once reports whether fn runs once in a process: main, init, or what sets
// package-level variables.
func once(fn *ssa.Function) bool {
	if fn.Parent() != nil || fn.Signature.Recv() != nil {
		return false
	}
	return fn.Name() == "init" || strings.HasPrefix(fn.Name(), "init#") || fn.Name() == "main" && fn.Pkg != nil && fn.Pkg.Pkg.Name() == "main"
}

func isText(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

func (w *walker) builtin(b *ssa.Builtin, call *ssa.Call) Origin {
	switch b.Name() {
	case "append":
		return join(w.trace(call.Call.Args[0], call.Block()), w.trace(call.Call.Args[1], call.Block()))
	case "min", "max":
		if lower, upper := limits(call, 0); lower && upper {
			return Origin{}
		}
		o := Origin{}
		for _, a := range call.Call.Args {
			o = join(o, w.trace(a, call.Block()))
		}
		return o
	}
	return unknown
}

// maxLimit is the greatest number that is taken to say that there are few.
const maxLimit = 10000

// limits reports whether a number is no less than a constant, and no more than one.
func limits(v ssa.Value, depth int) (lower, upper bool) {
	b, ok := v.Type().Underlying().(*types.Basic)
	if !ok || b.Info()&types.IsInteger == 0 || depth > 4 {
		return false, false
	}
	lower = b.Info()&types.IsUnsigned != 0
	switch v := v.(type) {
	case *ssa.Const:
		n, exact := constant.Int64Val(constant.ToInt(v.Value))
		return true, exact && n <= maxLimit
	case *ssa.Call:
		b, ok := v.Call.Value.(*ssa.Builtin)
		if !ok || b.Name() != "min" && b.Name() != "max" {
			return lower, false
		}
		least := b.Name() == "min"
		all, some := [2]bool{true, true}, [2]bool{}
		for _, a := range v.Call.Args {
			l, u := limits(a, depth+1)
			all = [2]bool{all[0] && l, all[1] && u}
			some = [2]bool{some[0] || l, some[1] || u}
		}
		if least {
			return lower || all[0], some[1]
		}
		return lower || some[0], all[1]
	}
	return lower, false
}

// getter traces the methods that generated messages have for their fields.
func (w *walker) getter(call *ssa.Call) (Origin, bool) {
	args := Arguments(call.Common())
	if call.Call.IsInvoke() || len(args) != 1 || call.Call.Signature().Recv() == nil {
		return Origin{}, false
	}
	callee := call.Call.StaticCallee()
	if callee == nil || !leakapi.IsMessage(args[0].Type()) || len(callee.Name()) < 4 || callee.Name()[:3] != "Get" {
		return Origin{}, false
	}
	return w.selected(args[0], callee.Name()[3:], call.Block()), true
}

// isErrorText reports whether a call asks an error for its text.
func isErrorText(c *ssa.CallCommon) bool {
	args := Arguments(c)
	if len(args) != 1 || c.Signature().Recv() == nil || !types.Implements(args[0].Type(), errorType) {
		return false
	}
	callee := c.StaticCallee()
	return c.IsInvoke() && c.Method.Name() == "Error" || callee != nil && callee.Name() == "Error" && len(callee.Blocks) == 0
}

var errorType = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

// errorText traces the text of an error: where it is not known, there may be
// anything in it.
func (w *walker) errorText(call *ssa.Call) Origin {
	o := w.trace(Arguments(call.Common())[0], call.Block())
	switch {
	case o.Kind == Unknown:
		return Origin{Kind: Unbounded, Source: &Source{Text: Render(call), Says: anError, Weak: true, Pos: call.Pos()}}
	case o.Kind == Unbounded && o.Source.Text == "":
		s := *o.Source
		s.Text, s.Pos = Render(call), call.Pos()
		o.Source = &s
	}
	return o
}

// into carries what is known inside a function to a call of it.
func (w *walker) into(o Origin, fn *ssa.Function, call *ssa.Call) Origin {
	return w.substitute(o, fn, call.Common(), call.Block()).hop(call.Pos(), "what "+calledName(call.Common())+" returns")
}

// substitute replaces a function's parameters by a call's arguments.
func (w *walker) substitute(o Origin, fn *ssa.Function, c *ssa.CallCommon, at *ssa.BasicBlock) Origin {
	out := Origin{Kind: o.Kind, Source: o.Source}
	args := Arguments(c)
	for _, d := range o.Deps {
		i := slices.Index(fn.Params, d.Param)
		if i < 0 { // of a function around
			out = join(out, Origin{Deps: []Dep{d}})
			continue
		}
		if i >= len(args) {
			out = join(out, unknown)
			continue
		}
		out = join(out, w.atCall(d, args[i], at))
	}
	return out
}

// atCall traces what an argument is to a function that depends on it so.
func (w *walker) atCall(d Dep, arg ssa.Value, at *ssa.BasicBlock) Origin {
	a := w.path(arg, d.Path, at)
	if s := a.Source; s != nil {
		copied := *s
		copied.Weak = s.Weak || d.Weak
		if copied.Text == "" {
			copied.Text, copied.Pos = d.Text, d.Pos
			copied.Picked = d.Text != ""
		}
		copied.Hops = append(slices.Clip(copied.Hops), d.Hops...)
		a.Source = &copied
	}
	a.Deps = slices.Clone(a.Deps)
	for i := range a.Deps {
		e := &a.Deps[i]
		e.Weak = e.Weak || d.Weak
		if e.Text == "" {
			e.Text = d.Text
		}
		e.Hops = append(slices.Clip(e.Hops), d.Hops...)
	}
	return a
}

// path traces a field of v.
func (w *walker) path(v ssa.Value, path []string, at *ssa.BasicBlock) Origin {
	if len(path) == 0 {
		return w.trace(v, at)
	}
	if index := indexPath(v.Type(), path); index != nil {
		if made, o := w.own(v, index); made {
			return o
		}
	}
	o := w.selected(v, path[0], at)
	for _, name := range path[1:] {
		o = deeper(o, name)
	}
	return o
}

// deeper turns what is known of a value into what is known of a field of it.
func deeper(o Origin, field string) Origin {
	o.Deps = slices.Clone(o.Deps)
	for i, d := range o.Deps {
		o.Deps[i].Path = append(slices.Clip(d.Path), field)
	}
	return o
}

// flows traces a result by what its package says.
func (w *walker) flows(flows []Flow, call *ssa.Call, result int) Origin {
	for _, f := range flows {
		if f.Result != result {
			continue
		}
		o := Origin{Kind: f.Kind}
		if f.Kind == Unbounded {
			o.Source = &Source{Text: f.Text, Says: f.Says, Weak: f.Weak, Pos: call.Pos()}
		}
		args := Arguments(call.Common())
		for _, d := range f.Deps {
			if d.Arg < len(args) {
				o = join(o, w.atCall(Dep{Path: d.Path, Text: d.Text, Weak: d.Weak, Pos: call.Pos()}, args[d.Arg], call.Block()))
			}
		}
		return o.hop(call.Pos(), "what "+calledName(call.Common())+" returns")
	}
	return unknown
}

// Arguments returns a call's arguments, the receiver first.
func Arguments(c *ssa.CallCommon) []ssa.Value {
	if c.IsInvoke() {
		return append([]ssa.Value{c.Value}, c.Args...)
	}
	if mc, ok := c.Value.(*ssa.MakeClosure); ok && mc.Fn.(*ssa.Function).Synthetic != "" && len(mc.Bindings) == 1 {
		return append([]ssa.Value{mc.Bindings[0]}, c.Args...) // a method value
	}
	return c.Args
}

func calledName(c *ssa.CallCommon) string {
	if c.IsInvoke() {
		return c.Method.Name()
	}
	if fn := c.StaticCallee(); fn != nil {
		if fn.Parent() != nil {
			return "the function"
		}
		if o := fn.Origin(); o != nil {
			fn = o
		}
		return fn.Name()
	}
	return "the function"
}
