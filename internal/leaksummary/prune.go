package leaksummary

import (
	"go/ast"
	"go/token"
	"path"
	"strconv"
	"strings"

	"github.com/leakvet/leakvet/internal/contract"
	"github.com/leakvet/leakvet/internal/leakapi"
)

// Prune removes the bodies of functions that cannot matter to any summary of a
// package whose own findings nobody will see, and reports whether there is anything
// left to summarise: a body, or directives beside declarations. It works on syntax alone, before type checking, and changes files in
// place. What it cannot see through is left out: a missing fact means unknown.
func Prune(files []*ast.File) bool {
	p := &pruner{holders: map[string]bool{}, ending: map[string]bool{}, waiting: map[*ast.FuncDecl]bool{}, labelling: map[*ast.FuncDecl]bool{}}
	p.findHolders(files)
	p.findEnding(files)
	p.findWaiting(files)
	p.findLabelling(files)
	left := false
	for _, f := range files {
		imports := importNames(f)
		for _, decl := range f.Decls {
			d, ok := decl.(*ast.FuncDecl)
			if !ok || d.Body == nil {
				continue
			}
			if p.keeps(d, imports) || p.waiting[d] || p.labelling[d] {
				left = true
			} else {
				drop(d)
			}
		}
	}
	return left || contract.Speaks(files)
}

// drop removes the body of d. The type checker wants some functions to have
// one, so these get one without a position: of an init function nothing, of a
// generic function what fits any result.
func drop(d *ast.FuncDecl) {
	switch {
	case d.Type.TypeParams != nil:
		d.Body = &ast.BlockStmt{List: []ast.Stmt{&ast.ForStmt{Body: &ast.BlockStmt{}}}}
	case d.Recv == nil && d.Name.Name == "init":
		d.Body = &ast.BlockStmt{}
	default:
		d.Body = nil
	}
}

// dropped reports whether d has no body, or not its own.
func dropped(d *ast.FuncDecl) bool { return d.Body == nil || !d.Body.Lbrace.IsValid() }

// ioTypes are the interfaces of package io: under all of them a resource is
// handed around.
var ioTypes = map[string]bool{
	"ByteReader": true, "ByteScanner": true, "ByteWriter": true, "Closer": true, "ReadCloser": true, "ReadSeekCloser": true,
	"ReadSeeker": true, "ReadWriteCloser": true, "ReadWriteSeeker": true, "ReadWriter": true, "Reader": true, "ReaderAt": true,
	"ReaderFrom": true, "RuneReader": true, "RuneScanner": true, "Seeker": true, "StringWriter": true, "WriteCloser": true,
	"WriteSeeker": true, "Writer": true, "WriterAt": true, "WriterTo": true,
}

type pruner struct {
	// holders are the package's own types under which a resource can be
	// handed around, or with a field of such a type.
	holders   map[string]bool
	ending    map[string]bool // functions that look as if they never return
	waiting   map[*ast.FuncDecl]bool
	labelling map[*ast.FuncDecl]bool
}

func (p *pruner) keeps(d *ast.FuncDecl, imports map[string]string) bool {
	if d.Recv == nil && p.ending[d.Name.Name] && endsInCall(d.Body) != "" {
		return true
	}
	return p.inFields(d.Recv, imports) || p.inFields(d.Type.Params, imports) || p.inFields(d.Type.Results, imports) ||
		d.Recv == nil && operated(d.Type.Params, imports)
}

// operated reports whether a parameter is of a type by way of which connections are used:
// clients that are generated are made of such.
func operated(params *ast.FieldList, imports map[string]string) bool {
	for _, f := range params.List {
		sel, ok := f.Type.(*ast.SelectorExpr)
		if !ok {
			continue
		}
		if x, ok := sel.X.(*ast.Ident); ok && leakapi.Builtin().Operates(imports[x.Name], sel.Sel.Name) {
			return true
		}
	}
	return false
}

func (p *pruner) inFields(list *ast.FieldList, imports map[string]string) bool {
	if list == nil {
		return false
	}
	for _, f := range list.List {
		if p.tracked(f.Type, imports) {
			return true
		}
	}
	return false
}

// tracked reports whether a type expression can stand for a resource.
func (p *pruner) tracked(t ast.Expr, imports map[string]string) bool {
	switch t := t.(type) {
	case *ast.StarExpr:
		return p.tracked(t.X, imports)
	case *ast.ParenExpr:
		return p.tracked(t.X, imports)
	case *ast.Ellipsis:
		return p.tracked(t.Elt, imports)
	case *ast.IndexExpr:
		return p.tracked(t.X, imports)
	case *ast.Ident:
		return p.holders[t.Name]
	case *ast.SelectorExpr:
		x, ok := t.X.(*ast.Ident)
		if !ok {
			return false
		}
		pkg := imports[x.Name]
		return pkg == "io" && ioTypes[t.Sel.Name] || leakapi.Builtin().NamesType(pkg, t.Sel.Name)
	case *ast.FuncType:
		// What is retried fails with an error.
		return t.Results != nil && len(t.Results.List) == 1 && isIdent(t.Results.List[0].Type, "error")
	case *ast.InterfaceType:
		return p.closes(t, imports)
	}
	return false
}

// closes reports whether an interface has, or embeds, a Close or Read method.
func (p *pruner) closes(t *ast.InterfaceType, imports map[string]string) bool {
	for _, m := range t.Methods.List {
		if len(m.Names) == 0 {
			if p.tracked(m.Type, imports) {
				return true
			}
			continue
		}
		if name := m.Names[0].Name; name == "Close" || name == "Read" {
			return true
		}
	}
	return false
}

// findHolders finds the package's types that can stand for a resource or hold
// one, until nothing changes.
func (p *pruner) findHolders(files []*ast.File) {
	for changed := true; changed; {
		changed = false
		for _, f := range files {
			imports := importNames(f)
			for _, decl := range f.Decls {
				g, ok := decl.(*ast.GenDecl)
				if !ok || g.Tok != token.TYPE {
					continue
				}
				for _, spec := range g.Specs {
					ts := spec.(*ast.TypeSpec)
					if !p.holders[ts.Name.Name] && p.holds(ts.Type, imports) {
						p.holders[ts.Name.Name] = true
						changed = true
					}
				}
			}
		}
	}
}

func (p *pruner) holds(t ast.Expr, imports map[string]string) bool {
	st, ok := t.(*ast.StructType)
	if !ok {
		return p.tracked(t, imports)
	}
	for _, f := range st.Fields.List {
		if _, isFunc := f.Type.(*ast.FuncType); !isFunc && p.tracked(f.Type, imports) {
			return true
		}
	}
	return false
}

// findEnding finds functions whose last statement calls something that looks
// as if it does not return.
func (p *pruner) findEnding(files []*ast.File) {
	for changed := true; changed; {
		changed = false
		for _, f := range files {
			for _, decl := range f.Decls {
				d, ok := decl.(*ast.FuncDecl)
				if !ok || d.Body == nil || d.Recv != nil || d.Type.Results != nil || p.ending[d.Name.Name] {
					continue
				}
				if last := endsInCall(d.Body); stops(last) || p.ending[last] {
					p.ending[d.Name.Name] = true
					changed = true
				}
			}
		}
	}
}

func stops(name string) bool {
	return name == "panic" || name == "Exit" || name == "Goexit" ||
		strings.HasPrefix(name, "Fatal") || strings.HasPrefix(name, "Panic")
}

// endsInCall returns the name of what the last statement of body calls, or "".
func endsInCall(body *ast.BlockStmt) string {
	if len(body.List) == 0 {
		return ""
	}
	stmt, ok := body.List[len(body.List)-1].(*ast.ExprStmt)
	if !ok {
		return ""
	}
	call, ok := stmt.X.(*ast.CallExpr)
	if !ok {
		return ""
	}
	switch fun := call.Fun.(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return fun.Sel.Name
	}
	return ""
}

// importNames returns the import paths of a file by the names under which it
// uses them. Where the file gives no name, the last element of the path that is
// no version stands in for it.
func importNames(f *ast.File) map[string]string {
	names := map[string]string{}
	for _, spec := range f.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		if spec.Name != nil {
			names[spec.Name.Name] = p
			continue
		}
		base := path.Base(p)
		if len(base) > 1 && base[0] == 'v' && strings.Trim(base[1:], "0123456789") == "" {
			base = path.Base(path.Dir(p))
		}
		names[base] = p
	}
	return names
}

func isIdent(e ast.Expr, name string) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == name
}
