package leaksummary

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/leakvet/leakvet/internal/growth"
	"github.com/leakvet/leakvet/internal/leakapi"
)

// growing adds the functions that can matter to containers which may only grow:
// they mention one, make what it is a field of, or call what does.
func (s *summarizer) growing(calls callsIn, wanted map[*ast.FuncDecl]bool) {
	s.growth.like = map[*types.TypeName]*types.Var{}
	s.growth.emptied = map[*types.TypeName]bool{}
	s.growth.foreign = map[*types.TypeName]*leakapi.Container{}
	g := &growGate{s: s, calls: calls, found: map[*types.Var]*growCand{}, owners: map[*types.TypeName][]*growCand{}, looked: map[*ast.FuncDecl]bool{}, refs: map[*types.Func][]*ast.FuncDecl{}}
	s.growth.spawns = map[*types.TypeName]bool{}
	g.declared()
	g.saidToShrink()
	for _, f := range s.pass.Files {
		for _, decl := range f.Decls {
			if d, ok := decl.(*ast.FuncDecl); ok && !dropped(d) && !s.inTest(d.Pos()) {
				g.captured(d)
				g.scan(d)
			}
		}
	}
	g.facts(wanted)
	g.initialisers()
	var left []*growCand
	for _, c := range g.found {
		c.shrinks = c.shrinks || g.works(c, c.emptied)
		c.deletes = g.works(c, c.deleted)
		if c.local && (c.shrinks || len(c.deleted) > 0) {
			continue
		}
		if c.grows && (!c.shrinks && (!c.deletes || g.served(c) || g.lapses(c)) || c.deletes && awaited(c)) {
			left = append(left, c)
		}
	}
	slices.SortFunc(left, func(a, b *growCand) int { return int(a.v.Pos() - b.v.Pos()) })
	s.growth.owners = map[*types.Var]*types.TypeName{}
	for _, c := range left {
		s.growth.vars = append(s.growth.vars, c.v)
		s.growth.owners[c.v] = c.owner
		g.want(c, wanted)
	}
	s.growth.pruned = map[*types.Var]*growCand{}
	for v, c := range g.found {
		if c.deletes {
			s.growth.pruned[v] = c
		}
	}
	s.growth.inits = map[ast.Expr]bool{}
	for _, init := range s.pass.TypesInfo.InitOrder {
		if g.needs(init) {
			s.growth.inits[init.Rhs] = true
		}
	}
}

// growGate finds out by syntax and types which containers may only grow.
type growGate struct {
	s      *summarizer
	calls  callsIn
	found  map[*types.Var]*growCand
	owners map[*types.TypeName][]*growCand
	in     *ast.FuncDecl
	looked map[*ast.FuncDecl]bool          // for the sake of a container
	refs   map[*types.Func][]*ast.FuncDecl // who names a function of the package
}

// growCand is a variable or field that holds a container.
type growCand struct {
	v        *types.Var
	owner    *types.TypeName // what it is a field of
	local    bool            // it is a function's own
	grows    bool            // something may be put into it
	shrinks  bool            // something is taken out, other than by deleting an entry
	deletes  bool            // an entry is deleted, or all are
	emptied  []*ast.FuncDecl // what shrinks or deletes, if it does not run where the owner ends
	deleted  []*ast.FuncDecl
	puts     []*ast.FuncDecl // what sets an entry
	mentions []*ast.FuncDecl
	makes    []*ast.FuncDecl // what it is a field of
}

// initialisers notes containers that are handed to other variables where these
// are declared: what holds them there may take something out.
func (g *growGate) initialisers() {
	for _, init := range g.s.pass.TypesInfo.InitOrder {
		ast.Inspect(init.Rhs, func(n ast.Node) bool {
			if _, ok := n.(*ast.FuncLit); ok {
				return false
			}
			if id, ok := n.(*ast.Ident); ok {
				if c := g.of(id); c != nil && c.owner == nil && !c.v.IsField() {
					c.shrinks = true
				}
			}
			return true
		})
	}
}

// needs reports whether what a variable is declared as matters: it makes a
// container, or calls a function that is looked at.
func (g *growGate) needs(init *types.Initializer) bool {
	for _, v := range init.Lhs {
		if slices.Contains(g.s.growth.vars, v) && g.s.tables.Container(v.Type()) != nil {
			return true
		}
	}
	for callee := range g.s.called(init.Rhs) {
		if d := g.s.growth.decls[callee.Origin()]; d != nil && g.looked[d] {
			return true
		}
	}
	return false
}

// declared finds the package's own containers.
func (g *growGate) declared() {
	s, info := g.s, g.s.pass.TypesInfo
	whole := true // nothing is left out of what others only want facts of
	for _, f := range s.pass.Files {
		for _, decl := range f.Decls {
			d, ok := decl.(*ast.FuncDecl)
			whole = whole && (!ok || !dropped(d))
		}
	}
	for _, f := range s.pass.Files {
		if s.inTest(f.Pos()) || !whole && s.fetched(f.Pos()) {
			continue
		}
		for _, decl := range f.Decls {
			d, ok := decl.(*ast.GenDecl)
			if !ok || d.Tok != token.VAR && d.Tok != token.TYPE {
				continue
			}
			for _, spec := range d.Specs {
				switch spec := spec.(type) {
				case *ast.ValueSpec:
					for _, name := range spec.Names {
						if v, ok := info.Defs[name].(*types.Var); ok {
							g.add(v, nil)
							g.fields(v.Type(), nil)
						}
					}
				case *ast.TypeSpec:
					if obj, ok := info.Defs[spec.Name].(*types.TypeName); ok && !obj.IsAlias() {
						g.fields(obj.Type().Underlying(), obj)
						if field := isLike(obj, s.growth.tracer.IsContainer); field != nil {
							s.growth.like[obj] = field
						}
					}
				}
			}
		}
	}
}

// fields adds the fields of a struct type.
func (g *growGate) fields(t types.Type, owner *types.TypeName) {
	if _, named := types.Unalias(t).(*types.Named); named {
		return
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return
	}
	for f := range st.Fields() {
		g.add(f, owner)
		g.fields(f.Type(), owner)
	}
}

func (g *growGate) add(v *types.Var, owner *types.TypeName) {
	if _, ok := g.s.growth.tracer.IsContainer(v.Type()); !ok || v.Name() == "_" || g.s.boundedAs(v) {
		return
	}
	c := &growCand{v: v, owner: owner}
	g.found[v] = c
	if owner != nil {
		g.owners[owner] = append(g.owners[owner], c)
	}
}

// of returns the container that an expression names, or nil.
func (g *growGate) of(e ast.Expr) *growCand {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if v, ok := g.s.pass.TypesInfo.Uses[e].(*types.Var); ok {
			return g.found[v.Origin()]
		}
	case *ast.SelectorExpr:
		return g.of(e.Sel)
	case *ast.StarExpr:
		return g.of(e.X)
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			return g.of(e.X)
		}
	case *ast.SliceExpr:
		return g.of(e.X)
	}
	return nil
}

// hands notes that an expression gives a container to something that may put
// something into it.
func (g *growGate) hands(exprs ...ast.Expr) {
	for _, e := range exprs {
		if c := g.of(e); c != nil {
			c.grows = true
		}
	}
}

// scan notes what a function does with containers.
func (g *growGate) scan(d *ast.FuncDecl) {
	g.in = d
	ast.Inspect(d.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			switch v := g.s.pass.TypesInfo.Uses[n].(type) {
			case *types.Func:
				if v.Pkg() == g.s.pass.Pkg {
					g.refs[v.Origin()] = append(g.refs[v.Origin()], d)
				}
			case *types.Var:
				if c := g.found[v.Origin()]; c != nil && (len(c.mentions) == 0 || c.mentions[len(c.mentions)-1] != d) {
					c.mentions = append(c.mentions, d)
				}
			}
		case *ast.AssignStmt:
			g.assign(n)
		case *ast.ValueSpec:
			g.hands(n.Values...)
			for _, name := range n.Names {
				if v := g.s.pass.TypesInfo.Defs[name]; v != nil {
					g.makes(v.Type())
				}
			}
		case *ast.IncDecStmt:
			if x, ok := ast.Unparen(n.X).(*ast.IndexExpr); ok {
				g.hands(x.X)
			}
		case *ast.CallExpr:
			g.call(n)
		case *ast.CompositeLit:
			g.makes(g.s.pass.TypesInfo.TypeOf(n))
			for _, e := range n.Elts {
				if kv, ok := e.(*ast.KeyValueExpr); ok {
					g.hands(kv.Value)
				} else {
					g.hands(e)
					g.unkeyed(n)
				}
			}
		case *ast.ReturnStmt:
			g.hands(n.Results...)
		case *ast.GoStmt:
			if owner := g.receiver(d); owner != nil {
				g.s.growth.spawns[owner] = true
			}
		case *ast.SendStmt:
			g.hands(n.Value)
		}
		return true
	})
}

// receiver returns the type that a method is of, or nil.
func (g *growGate) receiver(d *ast.FuncDecl) *types.TypeName {
	if obj, ok := g.s.pass.TypesInfo.Defs[d.Name].(*types.Func); ok {
		return receiverOf(obj)
	}
	return nil
}

// makes notes that the function at hand makes values of a type.
func (g *growGate) makes(t types.Type) {
	if t == nil {
		return
	}
	if named, ok := types.Unalias(t).(*types.Named); ok {
		for _, c := range g.owners[named.Origin().Obj()] {
			c.makes = append(c.makes, g.in)
		}
	}
}

// unkeyed notes the fields that a literal sets without naming them.
func (g *growGate) unkeyed(lit *ast.CompositeLit) {
	if named, ok := types.Unalias(g.s.pass.TypesInfo.TypeOf(lit)).(*types.Named); ok {
		for _, c := range g.owners[named.Origin().Obj()] {
			c.mentions = append(c.mentions, g.in)
		}
	}
}

func (g *growGate) assign(n *ast.AssignStmt) {
	g.hands(n.Rhs...)
	for i, l := range n.Lhs {
		switch x := ast.Unparen(l).(type) {
		case *ast.IndexExpr:
			g.hands(x.X)
			if c := g.of(x.X); c != nil {
				c.puts = append(c.puts, g.in)
			}
			continue
		case *ast.Ident:
			if x.Name == "_" {
				continue
			}
		}
		if n.Tok == token.DEFINE {
			continue
		}
		if c := g.of(l); c != nil && len(n.Lhs) == len(n.Rhs) {
			switch r := ast.Unparen(n.Rhs[i]).(type) {
			case *ast.SliceExpr:
				c.shrinks = true
			case *ast.Ident:
				if r.Name == "nil" {
					c.emptied = append(c.emptied, g.in)
				}
			}
		}
		// What is put in place of a whole struct replaces its containers.
		if t := g.s.pass.TypesInfo.TypeOf(l); t != nil && !isLocal(g.s.pass.TypesInfo, l) {
			if named, ok := types.Unalias(t).(*types.Named); ok {
				for _, c := range g.owners[named.Origin().Obj()] {
					c.shrinks = true
				}
			}
		}
	}
}

// isLocal reports whether an expression is a function's own variable.
func isLocal(info *types.Info, e ast.Expr) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := info.Uses[id].(*types.Var)
	return ok && !v.IsField() && v.Parent() != v.Pkg().Scope()
}

func (g *growGate) call(n *ast.CallExpr) {
	info := g.s.pass.TypesInfo
	switch fun := ast.Unparen(n.Fun).(type) {
	case *ast.Ident:
		if b, ok := info.Uses[fun].(*types.Builtin); ok {
			switch b.Name() {
			case "delete", "clear":
				if c := g.of(n.Args[0]); c != nil {
					c.deleted = append(c.deleted, g.in)
					if b.Name() == "clear" {
						c.emptied = append(c.emptied, g.in)
					}
				}
			case "append", "copy":
				g.hands(n.Args[0])
			case "new":
				g.makes(info.TypeOf(n.Args[0]))
			}
			return
		}
	case *ast.SelectorExpr:
		if c := g.of(fun.X); c != nil {
			m, _ := info.Uses[fun.Sel].(*types.Func)
			if m == nil {
				break
			}
			row := g.s.growthRow(m)
			if row == nil {
				c.grows = c.grows || m.Pkg() == g.s.pass.Pkg
				break
			}
			if slices.Contains(row.Shrinks, 0) {
				c.emptied, c.deleted = append(c.emptied, g.in), append(c.deleted, g.in)
			}
			c.grows = c.grows || len(row.Grows) > 0
		}
	}
	g.hands(n.Args...)
}

var _ growth.Effects = growthEffects{}
