package leaksummary

import (
	"go/ast"
	"go/types"
)

// caching adds the functions that can matter to caches: they fill one, or call
// what does, and something in them can fail.
func (s *summarizer) caching(calls callsIn, wanted map[*ast.FuncDecl]bool) {
	c := &cacheScan{
		s: s, containers: map[*types.Var]*container{}, writes: map[*types.Func]bool{}, once: map[*types.Func]bool{},
		fails: map[*types.Func]bool{}, answers: map[*types.Func]bool{}, into: map[*types.Func]map[*types.Var]bool{}, known: map[*types.Func]bool{}, resets: map[*types.Var]bool{}, sets: map[*types.Var]map[*types.Func]bool{}, setting: map[*types.Func]bool{}, readBy: map[*types.Func][]*types.Var{},
	}
	s.caches.scan = c
	objs := map[*types.Func]*ast.FuncDecl{}
	for d := range calls {
		obj, ok := s.pass.TypesInfo.Defs[d.Name].(*types.Func)
		if !ok || s.inTest(d.Pos()) {
			continue
		}
		objs[obj] = d
		c.decl(obj, d, calls[d])
		c.setsErrors(obj, d)
	}
	for _, init := range s.pass.TypesInfo.InitOrder {
		for callee := range s.called(init.Rhs) {
			if row := s.cacheRow(callee); row != nil && (row.Once != nil || row.Loaders != nil) {
				c.inits = true
			}
		}
	}
	c.spread(objs, calls)
	needed := c.needed(objs, calls)
	for obj, d := range objs {
		if c.once[obj] || c.writes[obj] && (c.fails[obj] || c.answers[obj] || needed[obj] || obj.Exported() && c.exports(obj)) {
			wanted[d] = true
		}
	}
}

// needed returns what fills a container for something that can fail.
func (c *cacheScan) needed(objs map[*types.Func]*ast.FuncDecl, calls callsIn) map[*types.Func]bool {
	found := map[*types.Func]bool{}
	for changed := true; changed; {
		changed = false
		for obj, d := range objs {
			if !c.fails[obj] && !found[obj] {
				continue
			}
			for callee := range calls[d] {
				if callee = callee.Origin(); c.writes[callee] && !found[callee] {
					found[callee], changed = true, true
				}
			}
		}
	}
	return found
}

// exports reports whether importers may want to know what a function keeps of
// what it is given.
func (c *cacheScan) exports(obj *types.Func) bool {
	if !takesValue(obj.Signature()) {
		return false
	}
	if c.known[obj] {
		return true
	}
	for v := range c.into[obj] {
		if c.containers[v].named {
			return true
		}
	}
	return false
}

// spread adds callers of what fills a container with what it is given.
func (c *cacheScan) spread(objs map[*types.Func]*ast.FuncDecl, calls callsIn) {
	for changed := true; changed; {
		changed = false
		for obj, d := range objs {
			for callee := range calls[d] {
				callee = callee.Origin()
				if callee == obj || !c.writes[callee] || !takesValue(callee.Signature()) || objs[callee] == nil {
					continue
				}
				if !c.writes[obj] || c.known[callee] && !c.known[obj] {
					c.writes[obj], changed = true, true
					c.known[obj] = c.known[obj] || c.known[callee]
				}
				for v := range c.into[callee] {
					if !c.into[obj][v] {
						c.fills(obj, v)
						changed = true
					}
				}
			}
		}
	}
}

// takesValue reports whether a function is given something that it may keep.
func takesValue(sig *types.Signature) bool { return sig.Params().Len() > 0 }
