package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// newlyDeprecated returns the keys of rows on a package whose declarations are
// deprecated now, and were not before, sorted.
func newlyDeprecated(tables *leakapi.Tables, before, now *packages.Package) ([]string, error) {
	if before == nil || now == nil {
		return nil, nil
	}
	old, err := deprecatedIn(before.PkgPath, before.GoFiles)
	if err != nil {
		return nil, err
	}
	found, err := deprecatedIn(now.PkgPath, now.GoFiles)
	if err != nil {
		return nil, err
	}
	var keys []string
	for key := range found {
		if !old[key] && (tables.FuncByKey(key) != nil || tables.TypeByKey(key) != nil || tables.TypeByKey("*"+key) != nil) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys, nil
}

// deprecatedIn returns the keys of a package's deprecated functions, methods and
// types.
func deprecatedIn(pkg string, files []string) (map[string]bool, error) {
	found := map[string]bool{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, decl := range file.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				if isDeprecated(decl.Doc) {
					found[functionKey(pkg, decl)] = true
				}
			case *ast.GenDecl:
				for _, spec := range decl.Specs {
					if spec, ok := spec.(*ast.TypeSpec); ok {
						deprecatedType(found, pkg, decl, spec)
					}
				}
			}
		}
	}
	return found, nil
}

func deprecatedType(found map[string]bool, pkg string, decl *ast.GenDecl, spec *ast.TypeSpec) {
	if isDeprecated(decl.Doc) || isDeprecated(spec.Doc) {
		found[pkg+"."+spec.Name.Name] = true
	}
	iface, ok := spec.Type.(*ast.InterfaceType)
	if !ok {
		return
	}
	for _, method := range iface.Methods.List {
		for _, name := range method.Names {
			if isDeprecated(method.Doc) {
				found["("+pkg+"."+spec.Name.Name+")."+name.Name] = true
			}
		}
	}
}

// functionKey returns a declaration's key as tables spell it.
func functionKey(pkg string, decl *ast.FuncDecl) string {
	if decl.Recv == nil {
		return pkg + "." + decl.Name.Name
	}
	recv, star := decl.Recv.List[0].Type, ""
	if ptr, ok := recv.(*ast.StarExpr); ok {
		recv, star = ptr.X, "*"
	}
	switch generic := recv.(type) {
	case *ast.IndexExpr:
		recv = generic.X
	case *ast.IndexListExpr:
		recv = generic.X
	}
	name := ""
	if id, ok := recv.(*ast.Ident); ok {
		name = id.Name
	}
	return "(" + star + pkg + "." + name + ")." + decl.Name.Name
}

// isDeprecated reports whether a paragraph of a comment begins as the go command
// and its tools expect of what is deprecated.
func isDeprecated(doc *ast.CommentGroup) bool {
	return slices.ContainsFunc(strings.Split(doc.Text(), "\n\n"), func(paragraph string) bool {
		return strings.HasPrefix(paragraph, "Deprecated: ")
	})
}
