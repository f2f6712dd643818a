package leaksummary

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/growth"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// facts adds the functions of which importers may want to know what they do with
// containers: methods of what is one, and short ones that are given a map.
func (g *growGate) facts(wanted map[*ast.FuncDecl]bool) {
	for _, field := range g.s.growth.like {
		if c := g.found[field]; c != nil && c.grows {
			for _, d := range c.mentions {
				wanted[d] = true
			}
		}
	}
	for obj, d := range g.s.growth.decls {
		if !obj.Exported() || g.s.fetched(d.Pos()) || g.s.inTest(d.Pos()) {
			continue
		}
		if recv := receiverOf(obj); recv != nil && g.s.growth.like[recv] != nil {
			wanted[d] = true
			continue
		}
		if len(d.Body.List) > maxTelling {
			continue
		}
		for v := range obj.Signature().Params().Variables() {
			if _, ok := v.Type().Underlying().(*types.Map); ok {
				wanted[d] = true
			}
		}
	}
}

// served reports whether a function that mentions a container is given a client's
// request.
func (g *growGate) served(c *growCand) bool {
	return slices.ContainsFunc(c.mentions, func(d *ast.FuncDecl) bool {
		obj, ok := g.s.pass.TypesInfo.Defs[d.Name].(*types.Func)
		if !ok {
			return false
		}
		for p := range obj.Signature().Params().Variables() {
			if g.s.tables.Request(p.Type()) != nil {
				return true
			}
		}
		return false
	})
}

// captured adds the containers among a function's own variables that a literal captures,
// if one of its literals is given a client's request, and it is given none itself.
func (g *growGate) captured(d *ast.FuncDecl) {
	requested := func(sig types.Type) bool {
		s, ok := sig.(*types.Signature)
		if !ok {
			return false
		}
		for p := range s.Params().Variables() {
			if g.s.tables.Request(p.Type()) != nil {
				return true
			}
		}
		return false
	}
	info := g.s.pass.TypesInfo
	obj := info.Defs[d.Name]
	if obj == nil || requested(obj.Type()) || g.s.fetched(d.Pos()) {
		return
	}
	serves := false
	ast.Inspect(d.Body, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok {
			serves = serves || requested(info.TypeOf(lit))
		}
		return !serves
	})
	if !serves {
		return
	}
	ast.Inspect(d.Body, func(n ast.Node) bool {
		lit, ok := n.(*ast.FuncLit)
		if !ok {
			return true
		}
		ast.Inspect(lit.Body, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			v, ok := info.Uses[id].(*types.Var)
			if ok && !v.IsField() && g.found[v] == nil && v.Pos() > d.Body.Lbrace && v.Pos() < lit.Pos() {
				g.add(v, nil)
				if c := g.found[v]; c != nil {
					c.local = true
				}
			}
			return true
		})
		return true
	})
}

// awaited reports whether a function may wait for an entry that it puts into a map.
func awaited(c *growCand) bool {
	m, ok := c.v.Type().Underlying().(*types.Map)
	return ok && len(c.puts) > 0 && growth.Awaited(m.Elem())
}

// works reports whether one of some functions runs while what a container is part of
// works, and not only where that ends.
func (g *growGate) works(c *growCand, decls []*ast.FuncDecl) bool {
	return slices.ContainsFunc(decls, func(d *ast.FuncDecl) bool { return !g.ends(c.owner, d, 0) })
}

// ends reports whether a function runs only where its receiver, which must be an
// owner, ends.
func (g *growGate) ends(owner *types.TypeName, d *ast.FuncDecl, depth int) bool {
	obj, _ := g.s.pass.TypesInfo.Defs[d.Name].(*types.Func)
	if obj == nil || depth > maxKeyCalls || owner != nil && receiverOf(obj) == nil || owner == nil && receiverOf(obj) != nil {
		return false
	}
	if growth.EndsAll(obj) {
		return true
	}
	refs := g.refs[obj]
	return len(refs) > 0 && !obj.Exported() && !slices.ContainsFunc(refs, func(by *ast.FuncDecl) bool { return !g.ends(owner, by, depth+1) })
}

// lapses reports whether a function that deletes an entry compares times, or calls one
// that does: it may be one that has expired.
func (g *growGate) lapses(c *growCand) bool {
	compares := func(d *ast.FuncDecl) bool {
		for callee := range g.calls[d] {
			if recv := callee.Signature().Recv(); recv != nil && leakapi.IsTime(recv.Type()) || callee.Pkg() != nil && callee.Pkg().Path() == "time" {
				return true
			}
		}
		return false
	}
	return slices.ContainsFunc(c.deleted, func(d *ast.FuncDecl) bool {
		if compares(d) {
			return true
		}
		for callee := range g.calls[d] {
			if by := g.s.growth.decls[callee.Origin()]; by != nil && compares(by) {
				return true
			}
		}
		return false
	})
}

// want adds the functions that matter to a container.
func (g *growGate) want(c *growCand, wanted map[*ast.FuncDecl]bool) {
	var work []*ast.FuncDecl
	seen := map[*ast.FuncDecl]bool{}
	add := func(d *ast.FuncDecl) {
		if !seen[d] {
			seen[d] = true
			wanted[d], g.looked[d] = true, true
			work = append(work, d)
		}
	}
	for _, d := range c.mentions {
		add(d)
		g.wantKeys(c, d, wanted)
		for callee := range g.calls[d] { // it may be handed on there
			if d := g.s.growth.decls[callee.Origin()]; d != nil && g.takes(callee.Signature(), c.v.Type()) {
				add(d)
			}
		}
	}
	for _, d := range c.makes {
		add(d)
	}
	for len(work) > 0 {
		d := work[len(work)-1]
		work = work[:len(work)-1]
		obj, _ := g.s.pass.TypesInfo.Defs[d.Name].(*types.Func)
		if obj == nil || obj.Exported() && !c.deletes {
			continue // others call it, too
		}
		for _, caller := range g.refs[obj] {
			add(caller)
		}
	}
}

// maxKeyCalls is how many calls deep a key may be made or checked.
const maxKeyCalls = 3

// wantKeys adds the functions that may make a key of a container, or check one, for a
// function that mentions it. It goes level by level, so that the order of calls does not
// matter.
func (g *growGate) wantKeys(c *growCand, d *ast.FuncDecl, wanted map[*ast.FuncDecl]bool) {
	seen := map[*ast.FuncDecl]bool{d: true}
	level := []*ast.FuncDecl{d}
	for range maxKeyCalls {
		var next []*ast.FuncDecl
		for _, d := range level {
			for callee := range g.calls[d] {
				of := g.s.growth.decls[callee.Origin()]
				if of != nil && !seen[of] && makesKey(callee.Signature(), c.v.Type()) {
					seen[of], wanted[of] = true, true
					next = append(next, of)
				}
			}
		}
		level = next
	}
}

// makesKey reports whether results can be a key of a container, or tell whether
// something may be one.
func makesKey(sig *types.Signature, container types.Type) bool {
	m, _ := container.Underlying().(*types.Map)
	for v := range sig.Results().Variables() {
		t := v.Type()
		if b, ok := t.Underlying().(*types.Basic); ok && b.Info()&(types.IsString|types.IsBoolean|types.IsInteger) != 0 || pathcond.IsError(t) || m != nil && types.Identical(m.Key(), t) {
			return true
		}
	}
	return false
}

// takes reports whether a function can be handed a container of a type.
func (g *growGate) takes(sig *types.Signature, t types.Type) bool {
	is := func(p types.Type) bool {
		if ptr, ok := p.Underlying().(*types.Pointer); ok {
			p = ptr.Elem()
		}
		return types.Identical(p.Underlying(), t.Underlying()) || types.IsInterface(p)
	}
	if r := sig.Recv(); r != nil && is(r.Type()) {
		return true
	}
	for v := range sig.Params().Variables() {
		if is(v.Type()) {
			return true
		}
	}
	return false
}

// growths knows the containers of the package.
type growths struct {
	tracer  *growth.Tracer
	vars    []*types.Var                   // that may only grow
	like    map[*types.TypeName]*types.Var // types that are containers with methods, and the field
	foreign map[*types.TypeName]*leakapi.Container
	decls   map[*types.Func]*ast.FuncDecl
	found   []*growth.Container
	looked  bool
	owners  map[*types.Var]*types.TypeName
	inits   map[ast.Expr]bool        // what the variables are declared as
	pruned  map[*types.Var]*growCand // containers that entries are deleted from
	emptied map[*types.TypeName]bool
	once    map[*ssa.Function]bool
	spawns  map[*types.TypeName]bool // their methods start goroutines
}

// declarations notes where the functions of the package are declared.
func (s *summarizer) declarations(calls callsIn) {
	s.growth.decls = map[*types.Func]*ast.FuncDecl{}
	for d := range calls {
		if obj, ok := s.pass.TypesInfo.Defs[d.Name].(*types.Func); ok {
			s.growth.decls[obj] = d
		}
	}
}

// growthEffects answers the growth engine's questions.
type growthEffects struct{ *summarizer }

// Containers returns the package's containers that may only grow, in source
// order.
func (r *Result) Containers() []*growth.Container {
	if r == nil || r.s == nil {
		return nil
	}
	g := &r.s.growth
	if !g.looked {
		g.looked = true
		g.found = g.tracer.Containers(g.vars)
	}
	return g.found
}

// Growth returns what judges containers.
func (r *Result) Growth() *growth.Tracer { return r.s.growth.tracer }
