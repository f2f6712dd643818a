package apitest

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// flow checks what a row says of waiting and of contexts.
func (c *checker) flow(fn *types.Func, f *leakapi.Func) {
	sig := fn.Signature()
	if b := f.Block; b != nil {
		if b.Ctx >= 0 {
			c.carrier(c.arg(sig, b.Ctx))
		}
		if b.Limiter >= 0 {
			if t := c.arg(sig, b.Limiter); t != nil && len(c.tables.Limits(t)) == 0 && !c.takesDeadline(t) {
				c.fail("%s has no limit row, and no method with a deadline row", t)
			}
		}
	}
	if t := f.Twin; t != nil {
		if t.With != "" {
			c.with(fn, t.With)
		}
		if t.Via != "" {
			c.via(fn, t.Via)
		}
	}
	for _, ctx := range f.Contexts {
		if ctx.Into >= 0 {
			c.carrier(c.arg(sig, ctx.Into))
			c.carrier(c.arg(sig, ctx.Arg))
			continue
		}
		t := c.result(sig, ctx.Result)
		if ctx.From == leakapi.FromArg {
			arg := c.arg(sig, ctx.Arg)
			c.carrier(arg)
			if t != nil && arg != nil && isContext(arg) && shows(t) {
				continue
			}
		}
		c.carrier(t)
	}
	for _, i := range f.Shared {
		if t := c.arg(sig, i); t != nil && !isFunc(t) {
			c.fail("argument %d is %s, not a function", i, t)
		}
	}
	for _, i := range f.Accepts {
		if t := c.result(sig, i); t != nil && !c.takesDeadline(t) {
			c.fail("%s has no method with a deadline row", t)
		}
	}
	for _, i := range f.Sets {
		if t := c.arg(sig, i); t != nil && isBasic(t, ^types.BasicInfo(0)) {
			c.fail("argument %d is %s, which has no deadline", i, t)
		}
	}
}

// takesDeadline reports whether the tables say of a method of t that it sets a
// deadline.
func (c *checker) takesDeadline(t types.Type) bool {
	for m := range types.NewMethodSet(t).Methods() {
		if row := c.tables.Func(m.Obj().(*types.Func)); row != nil && slices.Contains(row.Sets, 0) {
			return true
		}
	}
	return false
}

// carrier checks that a value of type t can be, or carry, a context.
func (c *checker) carrier(t types.Type) {
	if t == nil || isContext(t) {
		return
	}
	elem := types.Unalias(t)
	if p, ok := elem.(*types.Pointer); ok {
		elem = types.Unalias(p.Elem())
	}
	named, ok := elem.(*types.Named)
	if ok && named.Obj().Pkg() != nil {
		if _, basic := named.Underlying().(*types.Basic); !basic {
			return
		}
	}
	c.fail("%s carries no context", t)
}

// shows reports whether a value of type t can tell that a context is over.
func shows(t types.Type) bool {
	_, ok := t.Underlying().(*types.Chan)
	return ok || types.Identical(t, types.Universe.Lookup("error").Type())
}

// with checks that what stands beside a function under name takes a context
// first, and is otherwise of one shape with it.
func (c *checker) with(fn *types.Func, name string) {
	var obj types.Object
	if recv := fn.Signature().Recv(); recv != nil {
		obj, _, _ = types.LookupFieldOrMethod(recv.Type(), true, fn.Pkg(), name)
	} else {
		obj = fn.Pkg().Scope().Lookup(name)
	}
	twin, ok := obj.(*types.Func)
	if !ok {
		c.fail("there is no %s beside it", name)
		return
	}
	have, want := twin.Signature(), fn.Signature()
	params := have.Params()
	if params.Len() == 0 || !isContext(params.At(0).Type()) {
		c.fail("%s does not take a context first", name)
		return
	}
	var rest []*types.Var
	for i := 1; i < params.Len(); i++ {
		rest = append(rest, params.At(i))
	}
	if have.Variadic() != want.Variadic() || !types.Identical(types.NewTuple(rest...), want.Params()) || !types.Identical(have.Results(), want.Results()) {
		c.fail("%s is not of the same shape: %s", name, have)
	}
}

// via checks that a method of the receiver turns a context into a receiver.
func (c *checker) via(fn *types.Func, name string) {
	recv := fn.Signature().Recv()
	if recv == nil {
		c.fail("via= says nothing of a function without a receiver")
		return
	}
	m := leakapi.Method(recv.Type(), fn.Pkg(), name)
	if m == nil {
		c.fail("there is no %s beside it", name)
		return
	}
	params, results := m.Signature().Params(), m.Signature().Results()
	if params.Len() != 1 || !isContext(params.At(0).Type()) || results.Len() != 1 || !types.Identical(results.At(0).Type(), recv.Type()) {
		c.fail("%s does not turn a context into a %s: %s", name, recv.Type(), m.Signature())
	}
}

// offerRow checks that what stands behind a value's name makes a context.
func (c *checker) offerRow(key string) {
	t := c.named(key)
	if t == nil {
		return
	}
	offer := c.tables.OfferByKey(key)
	if c.tables.Offer(t) != offer {
		c.fail("the key does not find its row")
	}
	for step := range strings.SplitSeq(offer.Get, ".") {
		name, call := strings.CutSuffix(step, "()")
		obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
		if obj == nil || !token.IsExported(name) {
			c.fail("%s has no %s", t, name)
			return
		}
		t = obj.Type()
		sig, isFunc := t.(*types.Signature)
		if call != isFunc {
			c.fail("%s is a %s", name, t)
			return
		}
		if call {
			if sig.Params().Len() != 0 || sig.Results().Len() != 1 {
				c.fail("%s is a %s", name, sig)
				return
			}
			t = sig.Results().At(0).Type()
		}
	}
	if !isContext(t) {
		c.fail("%s is a %s, not a context", offer.Get, t)
	}
}

// limitRow checks that fields can say when to give up.
func (c *checker) limitRow(key string) {
	t := c.named(key)
	if t == nil {
		return
	}
	if len(c.tables.Limits(t)) == 0 {
		c.fail("the key does not find its row")
	}
	for _, name := range c.tables.LimitByKey(key) {
		ft := c.field(t, []string{name})
		if ft == nil {
			continue
		}
		// A pointer is a hold on what is waited for.
		if _, isPtr := ft.Underlying().(*types.Pointer); !isPtr && !isBasic(ft, types.IsInteger) && !is(ft, "time", "Time") {
			c.fail("field %s is %s, neither an integer, a time nor a pointer", name, ft)
		}
	}
}

func isContext(t types.Type) bool { return is(t, "context", "Context") }

func is(t types.Type, pkg, name string) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == pkg && named.Obj().Name() == name
}
