package leaksummary

import (
	"go/ast"
	"go/types"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// labelling adds the functions that can matter to labels: they label something
// or call what does, compute what is passed there, or fill the fields that hold
// it. It reports whether package-level variables may hold vectors.
func (s *summarizer) labelling(calls callsIn, wanted map[*ast.FuncDecl]bool) (vectors bool) {
	g := &labelGate{s: s, calls: calls, decls: map[*types.Func]*ast.FuncDecl{}, found: map[*ast.FuncDecl]bool{}}
	for d := range calls {
		if obj, ok := s.pass.TypesInfo.Defs[d.Name].(*types.Func); ok {
			g.decls[obj] = d
		}
	}
	for d := range calls {
		for callee := range calls[d] {
			if g.labels(callee) {
				g.found[d] = true
				break
			}
		}
	}
	if len(g.found) > 0 {
		g.spread()
		g.surroundings()
		vectors = s.declaresVectors()
	}
	for obj, d := range g.decls {
		if !g.found[d] && obj.Exported() && g.tells(obj, d) {
			g.found[d] = true
		}
	}
	for d := range g.found {
		wanted[d] = true
	}
	return vectors
}

type labelGate struct {
	s     *summarizer
	calls callsIn
	decls map[*types.Func]*ast.FuncDecl
	found map[*ast.FuncDecl]bool
}

// labels reports whether a call of fn labels something, or makes or forgets
// what is labelled.
func (g *labelGate) labels(fn *types.Func) bool {
	if row := g.s.anyRow(fn); row != nil && !row.GrowthOnly() {
		v := row.Values
		return v != nil && (v.Labels != nil || v.Vector != nil || v.Forgets != nil || v.Register)
	}
	if isAbstract(fn) && forgetting[fn.Name()] {
		return true // an interface of the package's own
	}
	f := g.s.fact(fn)
	return f != nil && f.Labels != nil
}

// spread adds callers, whose arguments become labels, callees, whose results
// do, and what writes the fields that are read on the way.
func (g *labelGate) spread() {
	fields := map[*types.Var]bool{}
	var work []*ast.FuncDecl
	for d := range g.found {
		work = append(work, d)
	}
	add := func(d *ast.FuncDecl) {
		if d != nil && !g.found[d] {
			g.found[d] = true
			work = append(work, d)
		}
	}
	callers := map[*types.Func][]*ast.FuncDecl{}
	byName := map[string][]*ast.FuncDecl{} // callers of interfaces' methods
	for d, callees := range g.calls {
		for c := range callees {
			if c.Pkg() != g.s.pass.Pkg {
				continue
			}
			if isAbstract(c) {
				byName[c.Name()] = append(byName[c.Name()], d)
			} else {
				callers[c.Origin()] = append(callers[c.Origin()], d)
			}
		}
	}
	for len(work) > 0 {
		d := work[len(work)-1]
		work = work[:len(work)-1]
		obj, _ := g.s.pass.TypesInfo.Defs[d.Name].(*types.Func)
		if obj != nil && takesLabel(obj.Signature()) {
			for _, c := range callers[obj] {
				add(c)
			}
			if d.Recv != nil {
				for _, c := range byName[obj.Name()] {
					add(c)
				}
			}
		}
		for callee := range g.calls[d] {
			if sig := callee.Signature(); callee.Pkg() == g.s.pass.Pkg && (givesLabel(sig) || judges(sig) || g.registers(sig)) {
				add(g.decls[callee.Origin()])
			}
		}
		if fresh := g.fieldsIn(d, fields); fresh {
			for _, w := range g.writers(fields) {
				add(w)
			}
		}
	}
}

// registers reports whether a function gets what metrics are registered with.
func (g *labelGate) registers(sig *types.Signature) bool {
	for v := range sig.Params().Variables() {
		if g.s.canBeVector(v.Type()) {
			return true
		}
	}
	return false
}

// surroundings adds the functions that say which paths handlers serve, and those
// in which objects that the package holds come to an end.
func (g *labelGate) surroundings() {
	for d, callees := range g.calls {
		for callee := range callees {
			if row := g.s.anyRow(callee); row != nil && row.Values != nil && row.Values.Route != nil {
				g.found[d] = true
			}
		}
		if !g.found[d] && g.endsSomething(d) {
			g.found[d] = true
		}
	}
}

// endsSomething reports whether a function deletes from a map, or replaces a list
// or map in a field.
func (g *labelGate) endsSomething(d *ast.FuncDecl) bool {
	found := false
	ast.Inspect(d.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if id, ok := n.Fun.(*ast.Ident); ok && id.Name == "delete" {
				found = true
			}
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				sel, ok := l.(*ast.SelectorExpr)
				if !ok {
					continue
				}
				if v, ok := g.s.pass.TypesInfo.Uses[sel.Sel].(*types.Var); ok && v.IsField() && isContainer(v.Type()) {
					found = true
				}
			}
		}
		return !found
	})
	return found
}

// fieldsIn adds the package's fields that d reads and that can hold what
// becomes a label. It reports whether there are new ones.
func (g *labelGate) fieldsIn(d *ast.FuncDecl, fields map[*types.Var]bool) (fresh bool) {
	ast.Inspect(d.Body, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		f, ok := g.s.pass.TypesInfo.Uses[sel.Sel].(*types.Var)
		if ok && f.IsField() && f.Pkg() == g.s.pass.Pkg && !fields[f] && canLabel(f.Type()) {
			fields[f], fresh = true, true
		}
		return true
	})
	return fresh
}

// writers returns the functions that assign to the fields, or make literals
// with them.
func (g *labelGate) writers(fields map[*types.Var]bool) []*ast.FuncDecl {
	var out []*ast.FuncDecl
	info := g.s.pass.TypesInfo
	isField := func(e ast.Expr) bool {
		switch e := ast.Unparen(e).(type) {
		case *ast.SelectorExpr:
			v, ok := info.Uses[e.Sel].(*types.Var)
			return ok && fields[v]
		case *ast.Ident:
			v, ok := info.Uses[e].(*types.Var)
			return ok && fields[v]
		}
		return false
	}
	for d := range g.calls {
		if g.found[d] {
			continue
		}
		writes := false
		ast.Inspect(d.Body, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for _, l := range n.Lhs {
					writes = writes || isField(l)
				}
			case *ast.KeyValueExpr:
				writes = writes || isField(n.Key)
			}
			return !writes
		})
		if writes {
			out = append(out, d)
		}
	}
	return out
}

// maxNesting is how deep in lists and maps labels are looked for: types may hold
// themselves.
const maxNesting = 4

// canLabel reports whether what a value of t holds can become a label.
func canLabel(t types.Type) bool { return canLabelIn(t, 0) }

func canLabelIn(t types.Type, depth int) bool {
	if depth > maxNesting {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&(types.IsString|types.IsInteger) != 0
	case *types.Slice:
		return canLabelIn(u.Elem(), depth+1)
	case *types.Map:
		return canLabelIn(u.Elem(), depth+1)
	case *types.Signature:
		return givesLabel(u)
	}
	return false
}

// takesLabel reports whether something passed to a function can become a label.
func takesLabel(sig *types.Signature) bool {
	for v := range sig.Params().Variables() {
		if b, ok := v.Type().Underlying().(*types.Basic); !ok || b.Info()&types.IsString != 0 {
			return true
		}
	}
	return false
}

// judges reports whether a function can tell whether a text is one of a few.
func judges(sig *types.Signature) bool {
	if sig.Results().Len() == 0 {
		return false
	}
	last, ok := sig.Results().At(sig.Results().Len() - 1).Type().Underlying().(*types.Basic)
	if !ok || last.Info()&types.IsBoolean == 0 {
		return false
	}
	for v := range sig.Params().Variables() {
		if b, ok := v.Type().Underlying().(*types.Basic); ok && b.Info()&types.IsString != 0 {
			return true
		}
	}
	return false
}

// givesLabel reports whether what a function returns can become a label.
func givesLabel(sig *types.Signature) bool {
	for v := range sig.Results().Variables() {
		switch u := v.Type().Underlying().(type) {
		case *types.Basic:
			if u.Info()&types.IsString != 0 {
				return true
			}
		case *types.Slice, *types.Map, *types.Struct, *types.Interface:
			return true
		}
	}
	return false
}

// maxTelling is how many statements a function may have whose text another
// package's labels are followed through.
const maxTelling = 12

// tells reports whether importers may want to know where the text comes from
// that a function returns: it is given a request, or text, or takes it from
// what has any number of values.
func (g *labelGate) tells(obj *types.Func, d *ast.FuncDecl) bool {
	sig := obj.Signature()
	gives := false
	for v := range sig.Results().Variables() {
		b, ok := v.Type().Underlying().(*types.Basic)
		gives = gives || ok && b.Info()&types.IsString != 0
	}
	if !gives || len(d.Body.List) > maxTelling || g.s.fetched(d.Pos()) {
		return false
	}
	for v := range sig.Params().Variables() {
		b, ok := v.Type().Underlying().(*types.Basic)
		if ok && b.Info()&types.IsString != 0 || g.s.tables.Request(v.Type()) != nil {
			return true
		}
	}
	for callee := range g.calls[d] {
		if row := g.s.saidValues(callee); row != nil && row.Sources != nil {
			return true
		}
	}
	return false
}

// declaresVectors reports whether a package-level variable is set to something
// that labels series where it is declared.
func (s *summarizer) declaresVectors() bool {
	for _, init := range s.pass.TypesInfo.InitOrder {
		if s.makesVector(init.Rhs) {
			return true
		}
	}
	return false
}

// makesVector reports whether an expression calls what makes vectors, or hands
// on what it is given to something that may.
func (s *summarizer) makesVector(e ast.Expr) bool {
	for callee := range s.called(e) {
		if callee.Pkg() == nil {
			continue
		}
		if row := s.anyRow(callee); row != nil && row.Values != nil && row.Values.Vector != nil {
			return true
		}
		if s.tables.Labels(callee.Pkg().Path()) && !leakapi.IsStd(callee.Pkg().Path()) {
			return true
		}
	}
	return false
}
