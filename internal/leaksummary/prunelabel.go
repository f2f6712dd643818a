package leaksummary

import (
	"go/ast"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// findLabelling finds the functions that look as if what they are given becomes
// a label: they call something with the name of what labels, in a file that
// imports a package which does, or such a function of the package. It finds,
// too, what makes text of a request.
func (p *pruner) findLabelling(files []*ast.File) {
	names := map[string]bool{}
	var open []*ast.FuncDecl
	for _, f := range files {
		imports := importNames(f)
		labels := false
		for _, path := range imports {
			labels = labels || leakapi.Builtin().Labels(path) && !leakapi.IsStd(path)
		}
		for _, decl := range f.Decls {
			d, ok := decl.(*ast.FuncDecl)
			switch {
			case !ok || d.Body == nil:
			case labels && callsNamed(d, leakapi.Builtin().NamesLabel), tellsOfRequest(d, imports):
				p.labelling[d] = true
				names[d.Name.Name] = names[d.Name.Name] || labels
			case d.Type.Params.NumFields() > 0:
				open = append(open, d)
			}
		}
	}
	for changed := len(names) > 0; changed; {
		changed = false
		for _, d := range open {
			if !p.labelling[d] && callsNamed(d, func(name string) bool { return names[name] }) {
				p.labelling[d], names[d.Name.Name], changed = true, true, true
			}
		}
	}
}

// callsNamed reports whether a function calls something with such a name.
func callsNamed(d *ast.FuncDecl, is func(string) bool) bool {
	found := false
	ast.Inspect(d.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && !found {
			switch fun := call.Fun.(type) {
			case *ast.Ident:
				found = is(fun.Name)
			case *ast.SelectorExpr:
				found = is(fun.Sel.Name)
			}
		}
		return !found
	})
	return found
}

// tellsOfRequest reports whether a function makes text of a request.
func tellsOfRequest(d *ast.FuncDecl, imports map[string]string) bool {
	if d.Type.Results.NumFields() == 0 || !isIdent(d.Type.Results.List[0].Type, "string") {
		return false
	}
	for _, f := range d.Type.Params.List {
		t := f.Type
		if star, ok := t.(*ast.StarExpr); ok {
			t = star.X
		}
		sel, ok := t.(*ast.SelectorExpr)
		if !ok {
			continue
		}
		if x, ok := sel.X.(*ast.Ident); ok && leakapi.Builtin().NamesRequest(imports[x.Name], sel.Sel.Name) {
			return true
		}
	}
	return false
}
