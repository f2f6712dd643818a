package connconf

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"time"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/place"
	"github.com/leakvet/leakvet/internal/report"
)

// settings reports literals of pools and servers that lack time limits, or whose
// settings do not go together.
func (c *checker) settings(files inspector.Cursor) {
	later := c.assigned(files)
	shortest := int64(0) // of the idle times of the package's servers
	var pools []*literal
	for _, cur := range c.makings(files) {
		lit := c.fields(cur, later)
		if lit == nil {
			continue
		}
		if row := c.tables.Pool(lit.typ); row != nil && row.Idle != "" {
			c.pool(lit, row)
			pools = append(pools, lit)
		} else if row := c.tables.Server(lit.typ); row != nil {
			c.server(lit, row)
			if d, ok := place.Int(c.pass, lit.values[row.Idle[0]]); ok && d > 0 && (shortest == 0 || d < shortest) {
				shortest = d
			}
		}
	}
	for _, lit := range pools {
		row := c.tables.Pool(lit.typ)
		if d, ok := place.Int(c.pass, lit.values[row.Idle]); ok && shortest > 0 && d > shortest {
			c.report(lit, leakconfig.Audit, fmt.Sprintf("%s keeps idle connections for %s, longer than a server of the package, which closes them after %s: a request may meet a closed one",
				c.typeName(lit.expr), time.Duration(d), time.Duration(shortest)))
		}
	}
}

// makings returns what makes pools and servers: literals, calls of new, and variables
// that are declared without a value.
func (c *checker) makings(files inspector.Cursor) []inspector.Cursor {
	var found []inspector.Cursor
	for cur := range files.Preorder((*ast.CompositeLit)(nil), (*ast.CallExpr)(nil), (*ast.ValueSpec)(nil)) {
		switch n := cur.Node().(type) {
		case *ast.CompositeLit:
			if c.isSet(c.pass.TypesInfo.TypeOf(n)) {
				found = append(found, cur)
			}
		case *ast.CallExpr:
			if id, ok := n.Fun.(*ast.Ident); ok && len(n.Args) == 1 && c.pass.TypesInfo.Uses[id] == types.Universe.Lookup("new") && c.pass.TypesInfo.Types[n.Args[0]].IsType() && c.isSet(c.pass.TypesInfo.TypeOf(n.Args[0])) {
				found = append(found, cur)
			}
		case *ast.ValueSpec:
			if n.Type == nil || len(n.Values) > 0 || !c.isSet(c.pass.TypesInfo.TypeOf(n.Type)) {
				continue
			}
			for _, name := range n.Names {
				if at, ok := cur.FindNode(name); ok && c.works(name) {
					found = append(found, at)
				}
			}
		}
	}
	return found
}

// isSet reports whether t is the type of a pool or server itself, which has settings.
func (c *checker) isSet(t types.Type) bool {
	_, ok := t.Underlying().(*types.Struct)
	return ok && (c.tables.Pool(t) != nil || c.tables.Server(t) != nil)
}

// works reports whether a method of a variable is called.
func (c *checker) works(name *ast.Ident) bool {
	v, ok := c.pass.TypesInfo.Defs[name].(*types.Var)
	return ok && slices.ContainsFunc(c.usesOf(v), func(use inspector.Cursor) bool {
		sel, ok := use.Parent().Node().(*ast.SelectorExpr)
		if !ok || sel.X != use.Node() {
			return false
		}
		_, method := c.pass.TypesInfo.Uses[sel.Sel].(*types.Func)
		return method
	})
}

// set holds which fields are set by assignment to something that is not zero, and in
// which variable or field; nil stands for one of which it is not known which literal it
// holds.
type set map[*types.Var]map[types.Object]bool

func (c *checker) assigned(files inspector.Cursor) set {
	owners := map[types.Object]bool{}
	for _, cur := range c.makings(files) {
		owners[c.owner(cur)] = true
	}
	later := set{}
	for cur := range files.Preorder((*ast.AssignStmt)(nil)) {
		a := cur.Node().(*ast.AssignStmt)
		for i, l := range a.Lhs {
			sel, ok := l.(*ast.SelectorExpr)
			if !ok {
				continue
			}
			v, ok := c.pass.TypesInfo.Uses[sel.Sel].(*types.Var)
			if !ok {
				continue
			}
			if len(a.Lhs) == len(a.Rhs) {
				if n, known := place.Int(c.pass, a.Rhs[i]); known && n == 0 {
					continue
				}
			}
			of := c.object(sel.X)
			if !owners[of] {
				of = nil
			}
			if later[v] == nil {
				later[v] = map[types.Object]bool{}
			}
			later[v][of] = true
		}
	}
	return later
}

// object returns the variable or field that an expression names, or nil.
func (c *checker) object(e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return c.pass.TypesInfo.ObjectOf(e)
	case *ast.SelectorExpr:
		return c.pass.TypesInfo.Uses[e.Sel]
	}
	return nil
}

// owner returns the variable or field that a literal is put into, or nil if that is not
// known.
func (c *checker) owner(lit inspector.Cursor) types.Object {
	value := lit.Node()
	if name, ok := value.(*ast.Ident); ok {
		return c.pass.TypesInfo.Defs[name]
	}
	up := lit.Parent()
	if p, ok := up.Node().(*ast.UnaryExpr); ok {
		value, up = p, up.Parent()
	}
	switch p := up.Node().(type) {
	case *ast.AssignStmt:
		for i, r := range p.Rhs {
			if r == value && len(p.Lhs) == len(p.Rhs) {
				return c.object(p.Lhs[i])
			}
		}
	case *ast.ValueSpec:
		for i, r := range p.Values {
			if r == value && len(p.Names) == len(p.Values) {
				return c.pass.TypesInfo.Defs[p.Names[i]]
			}
		}
	case *ast.KeyValueExpr:
		if key, ok := p.Key.(*ast.Ident); ok {
			return c.pass.TypesInfo.Uses[key]
		}
	}
	return nil
}

// literal is what makes a struct with settings.
type literal struct {
	at     inspector.Cursor
	expr   ast.Expr
	end    token.Pos // of what a finding points at
	typ    types.Type
	values map[string]ast.Expr
	later  map[string]bool // fields that are set elsewhere
}

// fields returns what a literal, or what stands for one without fields, sets, or nil if
// that is not known.
func (c *checker) fields(cur inspector.Cursor, later set) *literal {
	expr := cur.Node().(ast.Expr)
	t := c.pass.TypesInfo.TypeOf(expr)
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	lit := &literal{at: cur, expr: expr, end: expr.End(), typ: t, values: map[string]ast.Expr{}, later: map[string]bool{}}
	if comp, ok := expr.(*ast.CompositeLit); ok {
		lit.end = comp.Lbrace
		for _, e := range comp.Elts {
			kv, ok := e.(*ast.KeyValueExpr)
			if !ok {
				return nil
			}
			if id, ok := kv.Key.(*ast.Ident); ok {
				lit.values[id.Name] = kv.Value
			}
		}
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	owner := c.owner(cur)
	for f := range st.Fields() {
		in := later[f]
		lit.later[f.Name()] = in[nil] || in[owner] || owner == nil && len(in) > 0
	}
	return lit
}

// has reports whether one of the fields is set to something, here or elsewhere.
func (c *checker) has(lit *literal, fields ...string) bool {
	return slices.ContainsFunc(fields, func(name string) bool {
		v := lit.values[name]
		if v == nil {
			return lit.later[name]
		}
		n, known := place.Int(c.pass, v)
		return !known || n != 0
	})
}

func (c *checker) report(lit *literal, tier leakconfig.Tier, message string) {
	c.r.Report(report.Finding{Pos: lit.expr.Pos(), End: lit.end, Tier: tier, Message: message})
}

func (c *checker) pool(lit *literal, row *leakapi.Pool) {
	all, known := place.Int(c.pass, lit.values[row.All])
	each, also := place.Int(c.pass, lit.values[row.Each])
	if known && also && all > 0 && each > all {
		c.report(lit, leakconfig.Default, fmt.Sprintf("%s is %d, but %s lets %s keep no more than %d: what is over is closed at once", row.Each, each, row.All, c.typeName(lit.expr), all))
		return
	}
	if c.told[lit.expr] || c.has(lit, row.Idle) || lit.values[row.Off] != nil || lit.later[row.Off] || lit.later[row.Idle] {
		return
	}
	c.report(lit, leakconfig.Audit, fmt.Sprintf("%s has no %s: idle connections stay for ever, also those to hosts that are gone", c.typeName(lit.expr), row.Idle))
}

func (c *checker) server(lit *literal, row *leakapi.Server) {
	tier := leakconfig.Audit
	if c.isReached(lit, row) && !c.isTried() && !c.handed(lit) {
		tier = leakconfig.Default
	}
	name := c.typeName(lit.expr)
	switch {
	case !c.has(lit, row.First...):
		c.report(lit, tier, fmt.Sprintf("%s has no %s: a client that says nothing keeps its connection and goroutine for ever", name, row.First[0]))
	case !c.has(lit, row.Idle...):
		c.report(lit, leakconfig.Audit, fmt.Sprintf("%s has no %s: connections stay open for ever after the last request", name, row.Idle[0]))
	}
}

// isTried reports whether the package serves tests, or to show something.
func (c *checker) isTried() bool { return c.r.SupportsTests() || place.Example(c.pass.Pkg) }

// call judges calls of functions that serve, and that read bodies.
func (c *checker) call(cur inspector.Cursor) {
	call := cur.Node().(*ast.CallExpr)
	fn := c.callee(call)
	if fn == nil {
		return
	}
	row := c.tables.Func(fn)
	if row == nil || row.Serving == nil {
		return
	}
	switch s := row.Serving; {
	case s.Serves:
		c.serve(cur, s)
	case s.Slurps:
		c.slurp(cur, call)
	}
}

// mentions reports whether the package uses the field of that name of a type, or a pointer's.
func (c *checker) mentions(t types.Type, name string) bool {
	field, _, _ := types.LookupFieldOrMethod(t, true, c.pass.Pkg, name)
	for cur := range c.sum.Files().Preorder((*ast.SelectorExpr)(nil)) {
		if c.pass.TypesInfo.Uses[cur.Node().(*ast.SelectorExpr).Sel] == field {
			return true
		}
	}
	return false
}

func (c *checker) serve(cur inspector.Cursor, s *leakapi.Serving) {
	call := cur.Node().(*ast.CallExpr)
	f := report.Finding{Pos: call.Pos(), End: call.End(), Tier: leakconfig.Audit}
	public := false
	fn := c.callee(call)
	if s.Unless != "" && c.mentions(fn.Signature().Recv().Type(), s.Unless) {
		return
	}
	if e := argument(fn, call, s.Addr); e != nil {
		public = !c.isHere(e)
	} else if s.Addr >= 0 && fn.Signature().Variadic() {
		public = true
	} else if e := argument(fn, call, s.On); e != nil {
		if l, ok := cur.FindNode(e); ok {
			public = c.isPublic(l)
		}
	}
	if public && !c.isTried() {
		f.Tier = leakconfig.Default
	}
	f.Message = fmt.Sprintf("%s serves without time limits: a client that says nothing keeps its connection and goroutine for ever; use a server with ReadHeaderTimeout and IdleTimeout", types.ExprString(call.Fun))
	c.r.Report(f)
}
