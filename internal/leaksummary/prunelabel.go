package leaksummary

import (
	"go/ast"
	"slices"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// findLabelling finds the functions that look as if what they are given becomes
// a label: they call something with the name of what labels, in a file that
// imports a package which does, or such a function of the package. It finds,
// too, what makes text of a request.
func (p *pruner) findLabelling(files []*ast.File) {
	names := map[string]bool{}
	var open []candidate
	anyLabels := slices.ContainsFunc(files, importsLabels)
	for _, f := range files {
		imports := importNames(f)
		labels := anyLabels && importsLabels(f)
		for _, decl := range f.Decls {
			d, ok := decl.(*ast.FuncDecl)
			if !ok || d.Body == nil {
				continue
			}
			var calls map[string]bool
			if anyLabels {
				calls = namesCalled(d)
			}
			switch {
			case labels && labelsByName(calls), tellsOfRequest(d, imports):
				p.labelling[d] = true
				names[d.Name.Name] = names[d.Name.Name] || labels
			case anyLabels && d.Type.Params.NumFields() > 0:
				open = append(open, candidate{d, calls})
			}
		}
	}
	spread(open, names, p.labelling)
}

// importsLabels reports whether a file imports a package that labels, of other
// people's.
func importsLabels(f *ast.File) bool {
	for _, path := range importNames(f) {
		if leakapi.Builtin().Labels(path) && !leakapi.IsStd(path) {
			return true
		}
	}
	return false
}

// namesCalled returns the names of what a function calls.
func namesCalled(d *ast.FuncDecl) map[string]bool {
	names := map[string]bool{}
	ast.Inspect(d.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			switch fun := call.Fun.(type) {
			case *ast.Ident:
				names[fun.Name] = true
			case *ast.SelectorExpr:
				names[fun.Sel.Name] = true
			}
		}
		return true
	})
	return names
}

// labelsByName reports whether something with one of the names labels.
func labelsByName(names map[string]bool) bool {
	for name := range names {
		if leakapi.Builtin().NamesLabel(name) {
			return true
		}
	}
	return false
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
