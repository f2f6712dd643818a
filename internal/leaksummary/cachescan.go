package leaksummary

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// container is a map, or what is like one, in a field or package-level variable.
type container struct {
	v       *types.Var
	readers map[*types.Func]bool // what looks keys up in it and returns something
	named   bool                 // one of them is named like a cache's reader
	evicts  map[*types.Func]bool // what takes entries out of it, or starts it anew
}

// cacheScan is what the syntax of a package says of its containers.
type cacheScan struct {
	s          *summarizer
	containers map[*types.Var]*container
	writes     map[*types.Func]bool                // what fills a container or a cache
	once       map[*types.Func]bool                // what runs something only once, or hands on a loader
	fails      map[*types.Func]bool                // what calls something that can fail
	answers    map[*types.Func]bool                // what calls something that gets or writes an HTTP response
	into       map[*types.Func]map[*types.Var]bool // the containers that a function fills
	known      map[*types.Func]bool                // what fills a cache, whoever reads it
	setting    map[*types.Func]bool                // what sets an error
	resets     map[*types.Var]bool                 // what is set anew, such as a sync.Once
	readBy     map[*types.Func][]*types.Var        // what a function looks keys up in
	sets       map[*types.Var]map[*types.Func]bool // what sets an error
	inits      bool                                // package-level variables do so
}

// readerWords are how methods begin that look something up.
var readerWords = []string{"get", "load", "lookup", "fetch", "find", "peek", "cached", "resolve", "read", "query"}

func namedLikeReader(name string) bool {
	name = strings.ToLower(name)
	for _, w := range readerWords {
		if strings.HasPrefix(name, w) || strings.Contains(name, "cache") && strings.Contains(name, w) {
			return true
		}
	}
	return false
}

func (c *cacheScan) at(v *types.Var) *container {
	v = v.Origin()
	x := c.containers[v]
	if x == nil {
		x = &container{v: v, readers: map[*types.Func]bool{}, evicts: map[*types.Func]bool{}}
		c.containers[v] = x
	}
	return x
}

func (c *cacheScan) decl(obj *types.Func, d *ast.FuncDecl, calls map[*types.Func]bool) {
	for callee := range calls {
		sig := callee.Signature()
		for v := range sig.Results().Variables() {
			if pathcond.IsError(v.Type()) {
				c.fails[obj] = true
			}
			c.answers[obj] = c.answers[obj] || leakapi.IsResponse(v.Type())
		}
		c.answers[obj] = c.answers[obj] || callee.Name() == "ServeHTTP"
		if row := c.s.cacheRow(callee); row != nil {
			c.writes[obj] = c.writes[obj] || row.Write != nil
			c.known[obj] = c.known[obj] || row.Write != nil
			c.once[obj] = c.once[obj] || row.Once != nil || row.Loaders != nil
		} else if f := c.s.fact(callee); f != nil && f.Caches != nil || c.s.keepsByName(callee) {
			c.writes[obj], c.known[obj] = true, true
		}
	}
	written := map[ast.Expr]bool{}
	ast.Inspect(d.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			c.assign(obj, d, n, written)
		case *ast.IndexExpr:
			if v := c.variable(n.X); v != nil && !written[n] && isMap(c.s.pass.TypesInfo.TypeOf(n.X)) {
				c.read(obj, v)
			}
		case *ast.CallExpr:
			c.call(obj, n)
			if !c.fails[obj] && c.canFail(n) {
				c.fails[obj] = true
			}
		}
		return true
	})
}

// canFail reports whether a call of a function value returns an error.
func (c *cacheScan) canFail(call *ast.CallExpr) bool {
	switch t := c.s.pass.TypesInfo.TypeOf(call).(type) {
	case *types.Tuple:
		for v := range t.Variables() {
			if pathcond.IsError(v.Type()) {
				return true
			}
		}
	case nil:
	default:
		return pathcond.IsError(t)
	}
	return false
}

func (c *cacheScan) read(obj *types.Func, v *types.Var) {
	x := c.at(v)
	if obj.Signature().Results().Len() > 0 {
		if !x.readers[obj] {
			c.readBy[obj] = append(c.readBy[obj], x.v)
		}
		x.readers[obj] = true
		x.named = x.named || namedLikeReader(obj.Name())
	}
}

func (c *cacheScan) assign(obj *types.Func, d *ast.FuncDecl, n *ast.AssignStmt, written map[ast.Expr]bool) {
	for _, l := range n.Lhs {
		l = ast.Unparen(l)
		if ix, ok := l.(*ast.IndexExpr); ok {
			if !isMap(c.s.pass.TypesInfo.TypeOf(ix.X)) {
				continue
			}
			if n.Tok == token.ASSIGN {
				written[ix] = true
			}
			if v := c.variable(ix.X); v != nil {
				c.fills(obj, c.at(v).v)
			}
			continue
		}
		v := c.variable(l)
		if v == nil {
			continue
		}
		switch {
		case isMap(v.Type()):
			if !setsUp(obj.Name()) && !c.underNilTest(d, l) {
				c.at(v).evicts[obj] = true
			}
		case pathcond.IsError(v.Type()):
			c.setsError(obj, v)
		default:
			c.resets[v.Origin()] = true
		}
	}
}

// setsUp reports whether a function's name says that it makes something.
func setsUp(name string) bool {
	name = strings.ToLower(name)
	for _, w := range []string{"new", "init", "make", "open", "start", "setup", "unmarshal"} {
		if strings.HasPrefix(name, w) {
			return true
		}
	}
	return false
}

// fills notes that a function fills a container.
func (c *cacheScan) fills(obj *types.Func, v *types.Var) {
	c.writes[obj] = true
	if c.into[obj] == nil {
		c.into[obj] = map[*types.Var]bool{}
	}
	c.into[obj][v] = true
}

// setsError notes that a function sets a variable that holds an error.
func (c *cacheScan) setsError(obj *types.Func, v *types.Var) {
	v = v.Origin()
	if c.sets[v] == nil {
		c.sets[v] = map[*types.Func]bool{}
	}
	c.sets[v][obj] = true
	c.setting[obj] = true
}

// setsErrors looks for initialisers: they set an error for later calls, and begin
// with a test of it or of a flag.
func (c *cacheScan) setsErrors(obj *types.Func, d *ast.FuncDecl) {
	if !c.setting[obj] || obj.Signature().Results().Len() < 2 {
		return
	}
	tests := false
	ast.Inspect(d.Body, func(n ast.Node) bool {
		st, ok := n.(*ast.IfStmt)
		if !ok {
			return !tests
		}
		ast.Inspect(st.Cond, func(n ast.Node) bool {
			e, ok := n.(ast.Expr)
			if !ok {
				return true
			}
			if v := c.variable(e); v != nil {
				b, isBasic := v.Type().Underlying().(*types.Basic)
				tests = tests || c.sets[v.Origin()][obj] || isBasic && b.Info()&types.IsBoolean != 0
			}
			return !tests
		})
		return !tests
	})
	c.writes[obj] = c.writes[obj] || tests
}

// underNilTest reports whether an expression is set where it was found nil.
func (c *cacheScan) underNilTest(d *ast.FuncDecl, e ast.Expr) bool {
	text := types.ExprString(e)
	found := false
	ast.Inspect(d.Body, func(n ast.Node) bool {
		st, ok := n.(*ast.IfStmt)
		if !ok {
			return !found
		}
		if st.Body.Pos() < e.Pos() && e.Pos() < st.Body.End() && strings.Contains(types.ExprString(st.Cond), text) {
			found = true
		}
		return !found
	})
	return found
}

func (c *cacheScan) call(obj *types.Func, call *ast.CallExpr) {
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok && len(call.Args) > 0 && (id.Name == "delete" || id.Name == "clear") {
		if v := c.variable(call.Args[0]); v != nil {
			c.at(v).evicts[obj] = true
		}
		return
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return
	}
	callee, ok := c.s.pass.TypesInfo.Uses[sel.Sel].(*types.Func)
	if !ok {
		return
	}
	row := c.s.cacheRow(callee)
	if row == nil {
		return
	}
	v := c.variable(sel.X)
	if v == nil {
		return
	}
	if row.Read != nil && row.Read.Of == 0 {
		c.read(obj, v)
	}
	if row.Evicts != nil {
		c.at(v).evicts[obj] = true
	}
}

// variable returns the field or package-level variable that an expression names,
// or a part of what that holds.
func (c *cacheScan) variable(e ast.Expr) *types.Var {
	switch e := ast.Unparen(e).(type) {
	case *ast.SelectorExpr:
		v, _ := c.s.pass.TypesInfo.Uses[e.Sel].(*types.Var)
		if v != nil && (v.IsField() || packageLevel(v)) {
			return v
		}
	case *ast.Ident:
		v, _ := c.s.pass.TypesInfo.Uses[e].(*types.Var)
		if v != nil && packageLevel(v) {
			return v
		}
	case *ast.IndexExpr:
		return c.variable(e.X)
	case *ast.StarExpr:
		return c.variable(e.X)
	case *ast.UnaryExpr:
		return c.variable(e.X)
	}
	return nil
}

func packageLevel(v *types.Var) bool { return v.Pkg() != nil && v.Parent() == v.Pkg().Scope() }

func isMap(t types.Type) bool {
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Map)
	return ok
}

// cacheRow returns what the tables say of fn and caches, or nil.
func (s *summarizer) cacheRow(fn *types.Func) *leakapi.Caching {
	if row := s.anyRow(fn); row != nil {
		return row.Caching
	}
	return nil
}

// keepsByName reports whether a method puts something into what calls itself a
// cache: its type can be read by a method, too.
func (s *summarizer) keepsByName(fn *types.Func) bool {
	sig := fn.Signature()
	recv := sig.Recv()
	if recv == nil || sig.Params().Len() < 2 || fn.Pkg() == nil || leakapi.IsStd(fn.Pkg().Path()) {
		return false
	}
	switch fn.Name() {
	case "Set", "Put", "Add", "Store", "SetWithTTL", "set", "put", "add", "store":
	default:
		return false
	}
	named := namedOf(recv.Type())
	if named == nil || !strings.Contains(strings.ToLower(named.Name()), "cache") && !strings.HasSuffix(fn.Pkg().Name(), "cache") {
		return false
	}
	for _, name := range []string{"Get", "Load", "Lookup", "Fetch", "get", "load", "lookup"} {
		if m := leakapi.Method(recv.Type(), fn.Pkg(), name); m != nil && m.Signature().Results().Len() > 0 {
			return true
		}
	}
	return false
}
