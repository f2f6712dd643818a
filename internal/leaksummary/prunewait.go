package leaksummary

import (
	"go/ast"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// findWaiting finds the functions that look as if they wait for something, or
// pass a context on: they call something with the name of what waits, hand on
// a context, or call such a function of the package.
func (p *pruner) findWaiting(files []*ast.File) {
	if !anyFlow(files) {
		return
	}
	var open []candidate
	names := map[string]bool{}
	for _, f := range files {
		imports := importNames(f)
		for _, decl := range f.Decls {
			d, ok := decl.(*ast.FuncDecl)
			if !ok || d.Body == nil {
				continue
			}
			c := candidate{d, map[string]bool{}}
			if waitsBySyntax(d, imports, c.calls) {
				p.waiting[d] = true
				names[d.Name.Name] = true
			} else {
				open = append(open, c)
			}
		}
	}
	spread(open, names, p.waiting)
}

// candidate is a function that may be kept for what it calls.
type candidate struct {
	decl  *ast.FuncDecl
	calls map[string]bool // the names of what it calls
}

// spread keeps the candidates that call something with one of the names, and
// those that call them, until nothing changes.
func spread(open []candidate, names map[string]bool, kept map[*ast.FuncDecl]bool) {
	for changed := true; changed; {
		changed = false
		for _, c := range open {
			if kept[c.decl] {
				continue
			}
			for name := range c.calls {
				if names[name] {
					kept[c.decl], names[c.decl.Name.Name], changed = true, true, true
					break
				}
			}
		}
	}
}

// anyFlow reports whether a package imports contexts or anything that waits.
func anyFlow(files []*ast.File) bool {
	for _, f := range files {
		for _, path := range importNames(f) {
			if leakapi.Builtin().Waits(path) {
				return true
			}
		}
	}
	return false
}

// waitsBySyntax reports whether a function calls something with the name of
// what waits, or hands on a context. It notes the names of all it calls.
func waitsBySyntax(d *ast.FuncDecl, imports map[string]string, calls map[string]bool) bool {
	contexts := map[string]bool{}
	for _, f := range d.Type.Params.List {
		sel, ok := f.Type.(*ast.SelectorExpr)
		if !ok || sel.Sel.Name != "Context" {
			continue
		}
		if x, ok := sel.X.(*ast.Ident); ok && imports[x.Name] == "context" {
			for _, name := range f.Names {
				contexts[name.Name] = true
			}
		}
	}
	found := false
	ast.Inspect(d.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || found {
			return !found
		}
		switch fun := call.Fun.(type) {
		case *ast.Ident:
			calls[fun.Name] = true
		case *ast.SelectorExpr:
			calls[fun.Sel.Name] = true
			found = found || leakapi.Builtin().NamesBlocking(fun.Sel.Name)
		}
		for _, arg := range call.Args {
			if id, ok := arg.(*ast.Ident); ok && contexts[id.Name] {
				found = true
			}
		}
		return true
	})
	return found
}
