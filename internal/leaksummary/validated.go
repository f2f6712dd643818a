package leaksummary

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/leakvet/leakvet/internal/leakssa"
)

// validated reports whether a field of the package is held against a fixed set of values
// by what validates it: a function that is named so, or a tag for a library that does.
func (s *summarizer) validated(f *types.Var) bool {
	if !f.IsField() || f.Pkg() != s.pass.Pkg {
		return false
	}
	if s.fields.valid == nil {
		s.fields.valid = map[*types.Var]bool{}
		for obj, d := range s.growth.decls {
			if validates(obj.Name()) {
				s.noteValidated(d)
			}
		}
		s.noteTags()
	}
	return s.fields.valid[f.Origin()]
}

// validates reports whether a function's name says that it rejects what is not valid.
func validates(name string) bool {
	words := leakssa.Words(name)
	if len(words) == 0 {
		return false
	}
	first := words[0]
	if first == "is" && len(words) > 1 {
		first = words[1]
	}
	return first == "valid" || first == "validate" || first == "verify" || first == "check"
}

// noteValidated notes the fields that a function holds against a fixed set.
func (s *summarizer) noteValidated(d *ast.FuncDecl) {
	note := func(e ast.Expr) {
		sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
		if !ok {
			return
		}
		if v, ok := s.pass.TypesInfo.Uses[sel.Sel].(*types.Var); ok && v.IsField() {
			s.fields.valid[v.Origin()] = true
		}
	}
	ast.Inspect(d.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SwitchStmt:
			if n.Tag != nil {
				note(n.Tag)
			}
		case *ast.BinaryExpr:
			if n.Op == token.EQL || n.Op == token.NEQ {
				if tv := s.pass.TypesInfo.Types[n.Y]; tv.Value != nil && tv.Value.ExactString() != `""` {
					note(n.X)
				}
			}
		case *ast.IndexExpr:
			if t := s.pass.TypesInfo.TypeOf(n.X); t != nil {
				if _, isMap := t.Underlying().(*types.Map); isMap {
					note(n.Index)
				}
			}
		case *ast.CallExpr:
			fn, ok := typeutil.Callee(s.pass.TypesInfo, n).(*types.Func)
			if !ok {
				break
			}
			if row := s.anyRow(fn); row != nil && row.Values != nil {
				for _, b := range row.Values.Bounds {
					if b.Arg < len(n.Args) && fn.Signature().Recv() == nil {
						note(n.Args[b.Arg])
					}
				}
			}
		}
		return true
	})
}

// noteTags notes the fields whose tags name the values that they may have.
func (s *summarizer) noteTags() {
	scope := s.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		obj, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || obj.IsAlias() {
			continue
		}
		st, ok := obj.Type().Underlying().(*types.Struct)
		if !ok {
			continue
		}
		for i := range st.NumFields() {
			if tag := st.Tag(i); strings.Contains(tag, "oneof=") || strings.Contains(tag, `enum:"`) {
				s.fields.valid[st.Field(i).Origin()] = true
			}
		}
	}
}
