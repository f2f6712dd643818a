package contract

import (
	"go/ast"
	"go/token"
	"go/types"
)

// kind is what a directive can stand beside.
type kind int

const (
	aFunction kind = iota // or a method, of an interface, too
	aField
	aVariable
	aType
	anAlias
	aConstant
)

var kindNames = [...]string{"a function", "a field", "a variable", "a type", "an alias of a type", "a constant"}

func (k kind) String() string { return kindNames[k] }

// target is a declaration.
type target struct {
	kind kind
	objs []types.Object // several of one field or variable declaration
}

// places finds the declarations of a file by the line on which they begin: where
// several do, it is the outermost.
type places struct {
	fset    *token.FileSet
	info    *types.Info
	targets map[int]*target
}

func placesIn(fset *token.FileSet, f *ast.File, info *types.Info) *places {
	p := &places{fset: fset, info: info, targets: map[int]*target{}}
	for _, decl := range f.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			p.add(d.Pos(), aFunction, d.Name)
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if s, ok := spec.(*ast.ValueSpec); ok && d.Tok == token.CONST {
					p.add(s.Pos(), aConstant, s.Names...)
				} else if ok {
					p.add(s.Pos(), aVariable, s.Names...)
				}
			}
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.TypeSpec:
			k := aType
			if n.Assign.IsValid() {
				k = anAlias
			}
			p.add(n.Pos(), k, n.Name)
		case *ast.StructType:
			for _, field := range n.Fields.List {
				p.add(field.Pos(), aField, namesOf(field)...)
			}
		case *ast.InterfaceType:
			for _, m := range n.Methods.List {
				if len(m.Names) > 0 {
					p.add(m.Pos(), aFunction, m.Names...)
				}
			}
		}
		return true
	})
	return p
}

// namesOf returns a field's names: of an embedded one, that of its type.
func namesOf(field *ast.Field) []*ast.Ident {
	if len(field.Names) > 0 {
		return field.Names
	}
	for t := field.Type; ; {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
		case *ast.ParenExpr:
			t = x.X
		case *ast.IndexExpr:
			t = x.X
		case *ast.IndexListExpr:
			t = x.X
		case *ast.SelectorExpr:
			return []*ast.Ident{x.Sel}
		case *ast.Ident:
			return []*ast.Ident{x}
		default:
			return nil
		}
	}
}

func (p *places) add(pos token.Pos, k kind, names ...*ast.Ident) {
	line := p.line(pos)
	if p.targets[line] != nil {
		return
	}
	t := &target{kind: k}
	for _, name := range names {
		if obj := p.info.Defs[name]; obj != nil {
			t.objs = append(t.objs, obj)
		}
	}
	if len(t.objs) > 0 {
		p.targets[line] = t
	}
}

func (p *places) line(pos token.Pos) int { return p.fset.PositionFor(pos, false).Line }

// beside returns the declaration that a comment of a group stands beside: on its
// first line, or in the lines directly above it. It returns nil if there is none.
func (p *places) beside(group *ast.CommentGroup, c token.Pos) *target {
	if t := p.targets[p.line(c)]; t != nil {
		return t
	}
	return p.targets[p.line(group.End())+1]
}
