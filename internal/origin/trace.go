package origin

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
)

var unknown = Origin{Kind: Unknown}

// trace returns where v comes from, as used in block at.
func (w *walker) trace(v ssa.Value, at *ssa.BasicBlock) Origin {
	if w.steps++; w.steps > maxSteps {
		return unknown
	}
	if _, ok := v.(*ssa.Const); ok || w.t.FewValues(v.Type()) {
		return Origin{}
	}
	if w.seen[v] {
		return Origin{} // a loop adds nothing
	}
	switch w.t.bounded(v, at) {
	case yes:
		return Origin{}
	case maybe:
		return unknown
	}
	w.seen[v] = true
	defer delete(w.seen, v)
	o := w.value(v, at)
	if row := w.t.eff.Request(v.Type()); o.Kind == Unknown && row != nil && row.Beside == "" {
		o = Origin{Kind: Unbounded, Source: &Source{Pos: v.Pos()}}
	}
	return w.named(v, o)
}

// named lets a source that is part of a request go by the name of the part: as
// long as that is no text or number, by the next one.
func (w *walker) named(v ssa.Value, o Origin) Origin {
	if o.Source != nil && o.Source.Text == "" {
		s := *o.Source
		if s.Pos == 0 || isPart(v) {
			s.Pos = v.Pos()
		}
		if isPlain(v.Type()) {
			s.Text = Render(v)
		}
		o.Source = &s
	}
	for i, d := range o.Deps {
		if d.Text == "" && isPart(v) && isPlain(v.Type()) && (len(d.Path) > 0 || w.t.eff.Request(d.Param.Type()) != nil) {
			o.Deps[i].Text, o.Deps[i].Pos = Render(v), v.Pos()
		}
	}
	return o
}

// isPart reports whether v is read out of something else.
func isPart(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.UnOp:
		return v.Op == token.MUL
	case *ssa.Field, *ssa.Call, *ssa.Lookup, *ssa.Index, *ssa.Extract:
		return true
	}
	return false
}

// isPlain reports whether values of t can be labels, or most of one.
func isPlain(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return true
	case *types.Slice:
		_, ok := u.Elem().Underlying().(*types.Basic)
		return ok
	}
	return false
}

func (w *walker) value(v ssa.Value, at *ssa.BasicBlock) Origin {
	switch v := v.(type) {
	case *ssa.Function, *ssa.Builtin:
		return Origin{}
	case *ssa.Phi:
		o := Origin{}
		for i, edge := range v.Edges {
			e := w.edge(edge, v.Block().Preds[i], v.Block())
			if e.Kind == Unknown && (edits(edge, v) || slices.ContainsFunc(v.Edges, func(x ssa.Value) bool { return edits(edge, x) })) {
				return unknown // what varies is taken out bit by bit
			}
			o = join(o, e)
		}
		return o
	case *ssa.Parameter:
		return w.param(v)
	case *ssa.FreeVar:
		if b := binding(v); b != nil {
			return w.trace(b, nil)
		}
	case *ssa.Call:
		return w.call(v, 0)
	case *ssa.Extract:
		switch tuple := v.Tuple.(type) {
		case *ssa.Call:
			return w.call(tuple, v.Index)
		case *ssa.Lookup:
			return w.lookup(tuple)
		case *ssa.TypeAssert:
			return w.trace(tuple.X, tuple.Block())
		case *ssa.UnOp: // a receive with ok
			return w.trace(tuple.X, tuple.Block())
		case *ssa.Select:
			return w.received(tuple, v.Index)
		case *ssa.Next:
			if r, ok := tuple.Iter.(*ssa.Range); ok {
				return w.ranged(r, v.Index)
			}
		}
	case *ssa.BinOp:
		return w.binary(v)
	case *ssa.UnOp:
		switch v.Op {
		case token.MUL:
			return w.load(v)
		case token.ARROW:
			return join(w.trace(v.X, v.Block()), w.put(v.X, false))
		case token.SUB, token.XOR:
			return w.trace(v.X, v.Block())
		}
	case *ssa.Convert:
		return w.trace(v.X, v.Block())
	case *ssa.ChangeType:
		return w.trace(v.X, v.Block())
	case *ssa.MultiConvert:
		return w.trace(v.X, v.Block())
	case *ssa.ChangeInterface:
		return w.trace(v.X, v.Block())
	case *ssa.MakeInterface:
		return w.trace(v.X, v.Block())
	case *ssa.TypeAssert:
		return w.trace(v.X, v.Block())
	case *ssa.Slice:
		return w.content(v.X, v.Block())
	case *ssa.SliceToArrayPointer:
		return w.content(v.X, v.Block())
	case *ssa.Field:
		return w.part(v.X, FieldOf(v.X.Type(), v.Field), v.Block())
	case *ssa.FieldAddr:
		return w.part(v.X, FieldOf(v.X.Type(), v.Field), v.Block())
	case *ssa.IndexAddr:
		return w.content(v.X, v.Block())
	case *ssa.Index:
		return w.content(v.X, v.Block())
	case *ssa.Lookup:
		return w.lookup(v)
	case *ssa.Alloc:
		if at != nil && isPlain(deref(v.Type())) && v.Parent() == at.Parent() {
			return w.reaching(v, at, len(at.Instrs), w.later) // a variable's address
		}
		return w.content(v, v.Block())
	case *ssa.MakeMap, *ssa.MakeSlice:
		return w.content(v, v.(ssa.Instruction).Block())
	}
	return unknown
}

// received traces what a select receives.
func (w *walker) received(sel *ssa.Select, result int) Origin {
	i := 2 // after the index and ok
	for _, st := range sel.States {
		if st.Dir != types.RecvOnly {
			continue
		}
		if i == result {
			return join(w.trace(st.Chan, sel.Block()), w.put(st.Chan, false))
		}
		i++
	}
	return unknown
}

// edits reports whether v is made of x by a call.
func edits(v, x ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	return ok && slices.Contains(Arguments(call.Common()), x)
}

// edge traces what a phi gets on the edge from one block to another.
func (w *walker) edge(v ssa.Value, from, to *ssa.BasicBlock) Origin {
	if _, ok := v.(*ssa.Const); ok {
		return Origin{}
	}
	switch w.t.boundedOn(v, from, to) {
	case yes:
		return Origin{}
	case maybe:
		return unknown
	}
	return w.trace(v, from)
}

// binary traces what an operation makes. What a remainder or a mask leaves is
// few.
func (w *walker) binary(v *ssa.BinOp) Origin {
	_, isConst := v.Y.(*ssa.Const)
	switch v.Op {
	case token.REM, token.AND:
		if isConst {
			return Origin{}
		}
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return Origin{}
	}
	return join(w.trace(v.X, v.Block()), w.trace(v.Y, v.Block()))
}

// param traces a parameter: it is a request, or its caller knows.
func (w *walker) param(p *ssa.Parameter) Origin {
	if row := w.t.eff.Request(p.Type()); row != nil && (row.Beside == "" || hasBeside(p, row.Beside)) || isRPC(p) {
		return Origin{Kind: Unbounded, Source: &Source{Pos: p.Pos()}}
	}
	return Origin{Deps: []Dep{{Param: p, Pos: p.Pos()}}}
}

// hasBeside reports whether the function that p belongs to gets something of
// the named type too.
func hasBeside(p *ssa.Parameter, name string) bool {
	for _, q := range p.Parent().Params {
		if types.TypeString(q.Type(), nil) == name {
			return true
		}
	}
	return false
}

// isRPC reports whether p is the message that a method which serves remote
// calls gets: it takes a context and a message, and returns a message and an
// error.
func isRPC(p *ssa.Parameter) bool {
	fn := p.Parent()
	return len(fn.Params) == 3 && fn.Params[2] == p && fn.Object() != nil && fn.Object().Exported() && IsCall(fn.Signature)
}

// IsCall reports whether a signature is that of a method which serves remote
// calls: it takes a context and a message, and returns a message and an error.
func IsCall(sig *types.Signature) bool {
	if sig.Recv() == nil || sig.Params().Len() != 2 || sig.Results().Len() != 2 {
		return false
	}
	return leakapi.IsContext(sig.Params().At(0).Type()) && leakapi.IsMessage(sig.Params().At(1).Type()) && leakapi.IsMessage(sig.Results().At(0).Type())
}

// binding returns what a captured variable stands for in the function around,
// or nil.
func binding(v *ssa.FreeVar) ssa.Value {
	fn := v.Parent()
	if mc := closure(fn); mc != nil {
		return mc.Bindings[slices.Index(fn.FreeVars, v)]
	}
	return nil
}

// FewValues reports whether a type has few values, or is said to.
func (t *Tracer) FewValues(typ types.Type) bool {
	if FewValues(typ) {
		return true
	}
	named, ok := types.Unalias(typ).(*types.Named)
	return ok && t.eff.Few(named.Origin().Obj())
}

// few reports whether what v is, or is read from, is said to have few values.
func (w *walker) few(v ssa.Value) bool {
	if load, ok := v.(*ssa.UnOp); ok {
		if at := VarAt(load.X); at != nil && w.t.eff.Few(at) {
			return true
		}
	}
	return w.t.FewValues(v.Type())
}

// FewValues reports whether a type has few values: truth values, bytes,
// enumerations.
func FewValues(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	if !ok {
		return false
	}
	switch b.Kind() {
	case types.Bool, types.UntypedBool, types.Int8, types.Uint8:
		return true
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil || b.Info()&(types.IsInteger|types.IsString) == 0 || leakapi.IsQuantity(t) {
		return false
	}
	scope := named.Obj().Pkg().Scope()
	if named.Obj().Parent() != scope {
		return false
	}
	n := 0
	for _, name := range scope.Names() {
		if c, ok := scope.Lookup(name).(*types.Const); ok && types.Identical(c.Type(), t) {
			if n++; n == 2 {
				return true
			}
		}
	}
	return false
}

// FieldOf returns field i of the struct that t is or points to, as it is declared, or
// nil.
func FieldOf(t types.Type, i int) *types.Var {
	if f := leakssa.FieldAt(t, i); f != nil {
		return f.Origin()
	}
	return nil
}
