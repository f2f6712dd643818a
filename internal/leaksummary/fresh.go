package leaksummary

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// Fresh says whether a value is a pool of connections that is made anew for whoever
// gets it.
type Fresh uint8

const (
	NotFresh Fresh = iota
	Bounded        // made anew; it closes idle connections in time
	Unending       // made anew; it keeps idle connections for ever
)

// FreshPool returns what an expression is, within the body of a function.
func (r *Result) FreshPool(e ast.Expr, in *ast.BlockStmt) Fresh { return r.fresh.of(e, in, 0) }

// FreshVar returns the same of a local variable.
func (r *Result) FreshVar(v *types.Var, in *ast.BlockStmt) Fresh { return r.fresh.variable(v, in, 0) }

// freshness knows which expressions are fresh pools. It needs syntax alone.
type freshness struct {
	info   *types.Info
	pkg    *types.Package
	tables *leakapi.Tables
	fact   func(*types.Func) *LeakFunc
	decls  map[*types.Func]*ast.FuncDecl
	known  map[*types.Func]Fresh
}

// maxFresh bounds how many values one is followed through.
const maxFresh = 8

func (f *freshness) of(e ast.Expr, in *ast.BlockStmt, depth int) Fresh {
	if depth > maxFresh {
		return NotFresh
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			return f.of(e.X, in, depth)
		}
	case *ast.CompositeLit:
		return f.literal(e, in, depth)
	case *ast.Ident:
		if v, ok := f.info.Uses[e].(*types.Var); ok {
			return f.variable(v, in, depth+1)
		}
	case *ast.CallExpr:
		switch fn := typeutil.Callee(f.info, e).(type) {
		case *types.Func:
			if of := f.wrapped(fn); of >= 0 && of < len(e.Args) {
				return f.of(e.Args[of], in, depth+1)
			}
			return f.result(fn, depth+1)
		case *types.Var:
			if lit := literalOf(f.info, fn, in); lit != nil {
				return f.returned(lit.Body, depth+1)
			}
		}
	}
	return NotFresh
}

func (f *freshness) literal(lit *ast.CompositeLit, in *ast.BlockStmt, depth int) Fresh {
	row := f.tables.Pool(f.info.TypeOf(lit))
	if row == nil {
		return f.wrapper(lit, in, depth)
	}
	found := Unending
	if row.By != "" {
		found = NotFresh // it shares one
	}
	for _, elt := range lit.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok {
			return NotFresh
		}
		if key, ok := kv.Key.(*ast.Ident); ok {
			found = f.set(found, row, key.Name, kv.Value, in, depth)
		}
	}
	return found
}

// wrapper returns what a literal is that makes requests itself, by way of a pool that
// it holds.
func (f *freshness) wrapper(lit *ast.CompositeLit, in *ast.BlockStmt, depth int) Fresh {
	found := NotFresh
	if !leakapi.Requests(types.NewPointer(f.info.TypeOf(lit))) {
		return found
	}
	for _, elt := range lit.Elts {
		value := elt
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			value = kv.Value
		}
		if t := f.info.TypeOf(value); t != nil && leakapi.Requests(t) {
			found = max(found, f.of(value, in, depth+1))
		}
	}
	return found
}

// wrapped returns the argument whose pool a function's result makes requests with, or -1.
func (f *freshness) wrapped(fn *types.Func) int {
	if fn.Signature().Recv() != nil {
		return -1
	}
	if row := f.tables.Func(fn); row != nil && row.Serving != nil && row.Serving.Fresh {
		return row.Serving.Over
	}
	d := f.decls[fn.Origin()]
	if d == nil || len(d.Body.List) != 1 {
		return -1
	}
	ret, ok := d.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return -1
	}
	return f.holds(ret.Results[0], fn.Signature().Params())
}

// holds returns the parameter with which a literal that makes requests does so, or -1.
func (f *freshness) holds(e ast.Expr, params *types.Tuple) int {
	if u, ok := ast.Unparen(e).(*ast.UnaryExpr); ok && u.Op == token.AND {
		e = u.X
	}
	lit, ok := ast.Unparen(e).(*ast.CompositeLit)
	if !ok || !leakapi.Requests(types.NewPointer(f.info.TypeOf(lit))) {
		return -1
	}
	for _, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			elt = kv.Value
		}
		id, ok := elt.(*ast.Ident)
		if !ok {
			continue
		}
		for i := range params.Len() {
			if f.info.Uses[id] == types.Object(params.At(i)) && f.mayBePool(params.At(i).Type()) {
				return i
			}
		}
	}
	return -1
}

// set returns what a pool is once a field of it has a value.
func (f *freshness) set(was Fresh, row *leakapi.Pool, field string, value ast.Expr, in *ast.BlockStmt, depth int) Fresh {
	switch field {
	case row.Idle:
		if !f.isZero(value) && was != NotFresh {
			return Bounded
		}
	case row.Off:
		return NotFresh
	case row.Each:
		if v := f.info.Types[value].Value; v != nil && constant.Sign(v) < 0 {
			return NotFresh
		}
	case row.By:
		return f.of(value, in, depth+1)
	}
	return was
}

func (f *freshness) isZero(e ast.Expr) bool {
	v := f.info.Types[e].Value
	return v != nil && v.Kind() == constant.Int && constant.Sign(v) == 0
}

// variable returns what a local variable is: all that it is set to is fresh, and its
// fields count.
func (f *freshness) variable(v *types.Var, in *ast.BlockStmt, depth int) Fresh {
	if depth > maxFresh || in == nil || v.Pos() < in.Pos() || v.Pos() >= in.End() {
		return NotFresh
	}
	if !f.mayBePool(v.Type()) {
		return NotFresh
	}
	row := f.tables.Pool(v.Type())
	if row == nil {
		row = &leakapi.Pool{} // any of several
	}
	found, sure := NotFresh, true
	join := func(x Fresh, own bool) {
		if x > found {
			found = x
		}
		sure = sure && (x != NotFresh || own)
	}
	bounded, off := false, false
	ast.Inspect(in, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ValueSpec:
			for i, id := range n.Names {
				if f.info.Defs[id] == types.Object(v) && i < len(n.Values) {
					join(f.of(n.Values[i], in, depth+1), f.shares(n.Values[i]))
				}
			}
		case *ast.AssignStmt:
			for i, l := range n.Lhs {
				switch l := l.(type) {
				case *ast.Ident:
					if f.info.ObjectOf(l) == types.Object(v) {
						if len(n.Lhs) == len(n.Rhs) {
							join(f.of(n.Rhs[i], in, depth+1), f.shares(n.Rhs[i]))
						} else if i == 0 && len(n.Rhs) == 1 {
							join(f.of(n.Rhs[0], in, depth+1), false)
						} else {
							sure = false
						}
					}
				case *ast.SelectorExpr:
					id, ok := ast.Unparen(l.X).(*ast.Ident)
					if !ok || f.info.Uses[id] != types.Object(v) || len(n.Lhs) != len(n.Rhs) {
						continue
					}
					switch l.Sel.Name {
					case row.Idle:
						bounded = bounded || !f.isZero(n.Rhs[i])
					case row.Off:
						off = true
					case row.By:
						join(f.of(n.Rhs[i], in, depth+1), false)
					}
				}
			}
		}
		return true
	})
	switch {
	case !sure || off:
		return NotFresh
	case bounded && found == Unending:
		return Bounded
	}
	return found
}

// shares reports whether an expression is a pool that holds none of its own yet, or one of
// another package that all share.
func (f *freshness) shares(e ast.Expr) bool {
	if sel, ok := ast.Unparen(e).(*ast.SelectorExpr); ok {
		v, ok := f.info.Uses[sel.Sel].(*types.Var)
		return ok && !v.IsField() && v.Pkg() != f.pkg && f.mayBePool(v.Type())
	}
	if u, ok := ast.Unparen(e).(*ast.UnaryExpr); ok && u.Op == token.AND {
		e = u.X
	}
	lit, ok := ast.Unparen(e).(*ast.CompositeLit)
	if !ok {
		return false
	}
	row := f.tables.Pool(f.info.TypeOf(lit))
	if row == nil || row.By == "" {
		return false
	}
	for _, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); !ok || kv.Key.(*ast.Ident).Name == row.By {
			return false
		}
	}
	return true
}

// result returns what the first result of a function is.
func (f *freshness) result(fn *types.Func, depth int) Fresh {
	fn = fn.Origin()
	res := fn.Signature().Results()
	if res.Len() == 0 || depth > maxFresh {
		return NotFresh
	}
	if row := f.tables.Func(fn); row != nil && row.Serving != nil && row.Serving.Fresh {
		return Bounded
	}
	if fn.Pkg() != f.pkg {
		if fact := f.fact(fn); fact != nil {
			return fact.Fresh
		}
		return NotFresh
	}
	if found, ok := f.known[fn]; ok {
		return found
	}
	f.known[fn] = NotFresh // recursion
	d := f.decls[fn]
	if d == nil || !f.mayBePool(res.At(0).Type()) {
		return NotFresh
	}
	f.known[fn] = f.returned(d.Body, depth)
	return f.known[fn]
}

// returned returns what all returns of a body give first.
func (f *freshness) returned(body *ast.BlockStmt, depth int) Fresh {
	if depth > maxFresh {
		return NotFresh
	}
	found, sure := NotFresh, true
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			if len(n.Results) == 0 {
				sure = false
			} else if !f.info.Types[n.Results[0]].IsNil() {
				x := f.of(n.Results[0], body, depth)
				if id, ok := ast.Unparen(n.Results[0]).(*ast.Ident); ok && x != NotFresh {
					if v, ok := f.info.Uses[id].(*types.Var); ok && f.kept(v, body) {
						x = NotFresh
					}
				}
				sure = sure && x != NotFresh
				found = max(found, x)
			}
		}
		return true
	})
	if !sure {
		return NotFresh
	}
	return found
}

// mayBePool reports whether a function that returns type t may make a pool: it is one,
// or an interface of what makes requests.
func (f *freshness) mayBePool(t types.Type) bool {
	return f.tables.Pool(t) != nil || types.IsInterface(t) && leakapi.Requests(t)
}

// literalOf returns the only function literal that a local variable holds, or nil.
func literalOf(info *types.Info, v *types.Var, in *ast.BlockStmt) *ast.FuncLit {
	if in == nil || v.Pos() < in.Pos() || v.Pos() >= in.End() {
		return nil
	}
	var found *ast.FuncLit
	n := 0
	ast.Inspect(in, func(node ast.Node) bool {
		a, ok := node.(*ast.AssignStmt)
		if !ok {
			return true
		}
		for i, l := range a.Lhs {
			if id, ok := l.(*ast.Ident); ok && info.ObjectOf(id) == types.Object(v) {
				n++
				if len(a.Lhs) == len(a.Rhs) {
					found, _ = a.Rhs[i].(*ast.FuncLit)
				}
			}
		}
		return true
	})
	if n != 1 {
		return nil
	}
	return found
}

// kept reports whether something else than a function's result gets hold of a variable:
// it is stored, sent or captured.
func (f *freshness) kept(v *types.Var, in *ast.BlockStmt) bool {
	found := false
	is := func(e ast.Expr) bool {
		id, ok := ast.Unparen(e).(*ast.Ident)
		return ok && f.info.Uses[id] == types.Object(v)
	}
	ast.Inspect(in, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, r := range n.Rhs {
				if is(r) && i < len(n.Lhs) {
					if _, local := n.Lhs[i].(*ast.Ident); !local {
						found = true
					}
				}
			}
		case *ast.SendStmt:
			found = found || is(n.Value)
		case *ast.CallExpr:
			for _, a := range n.Args {
				found = found || is(a)
			}
		}
		return !found
	})
	return found
}
