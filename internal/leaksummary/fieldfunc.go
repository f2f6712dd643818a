package leaksummary

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/leakvet/leakvet/internal/origin"
)

// fieldFuncs knows which functions the package puts into its fields, and who calls
// them there.
type fieldFuncs struct {
	set   map[*types.Var]*types.Func // nil where there is more than one, or it is not known
	calls map[*ast.FuncDecl][]*types.Var
	valid map[*types.Var]bool // fields that are held against a fixed set of values; nil until it is asked for
	once  map[*types.Var]bool // fields and package-level variables that hold a function which works once, for all its callers
}

// noteFuncs notes what node n says of functions in fields. Of fields that other
// packages can set, nothing is known.
func (s *summarizer) noteFuncs(n ast.Node, in *ast.FuncDecl) {
	switch n := n.(type) {
	case *ast.KeyValueExpr:
		if id, ok := n.Key.(*ast.Ident); ok {
			s.noteFunc(id, n.Value)
		}
	case *ast.AssignStmt:
		for i, l := range n.Lhs {
			sel, ok := l.(*ast.SelectorExpr)
			if !ok {
				continue
			}
			var v ast.Expr
			if len(n.Lhs) == len(n.Rhs) {
				v = n.Rhs[i]
			}
			s.noteFunc(sel.Sel, v)
		}
	case *ast.UnaryExpr:
		if sel, ok := n.X.(*ast.SelectorExpr); ok && n.Op == token.AND {
			s.noteFunc(sel.Sel, nil)
		}
	case *ast.CallExpr:
		if sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok {
			if f := s.funcField(sel.Sel); f != nil {
				s.fields.calls[in] = append(s.fields.calls[in], f)
			}
		}
	}
}

// noteDecl notes the same of a declaration outside of functions.
func (s *summarizer) noteDecl(decl ast.Decl) {
	if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.VAR {
		for _, spec := range d.Specs {
			spec := spec.(*ast.ValueSpec)
			for i, id := range spec.Names {
				if v, ok := s.pass.TypesInfo.Defs[id].(*types.Var); ok && i < len(spec.Values) && s.worksOnce(spec.Values[i]) {
					s.fields.once[v] = true
				}
			}
		}
		ast.Inspect(d, func(n ast.Node) bool {
			s.noteFuncs(n, nil)
			return true
		})
	}
}

// funcField returns the unexported field of the package that an identifier names, if
// that holds a function, or nil.
func (s *summarizer) funcField(id *ast.Ident) *types.Var {
	f, ok := s.pass.TypesInfo.Uses[id].(*types.Var)
	if !ok || !f.IsField() || f.Exported() || f.Pkg() != s.pass.Pkg {
		return nil
	}
	if _, ok := f.Type().Underlying().(*types.Signature); !ok {
		return nil
	}
	return f.Origin()
}

func (s *summarizer) noteFunc(id *ast.Ident, value ast.Expr) {
	f := s.funcField(id)
	if f == nil || s.inTest(id.Pos()) {
		return
	}
	if s.worksOnce(value) {
		s.fields.once[f] = true
	}
	fn := s.funcNamed(value)
	if was, ok := s.fields.set[f]; ok && was != fn {
		fn = nil
	}
	s.fields.set[f] = fn
}

// funcNamed returns the function, which is no method, that an expression names, or nil.
func (s *summarizer) funcNamed(e ast.Expr) *types.Func {
	var id *ast.Ident
	switch e := e.(type) {
	case *ast.Ident:
		id = e
	case *ast.SelectorExpr:
		id = e.Sel
	default:
		return nil
	}
	fn, ok := s.pass.TypesInfo.Uses[id].(*types.Func)
	if !ok || fn.Signature().Recv() != nil || fn.Signature().TypeParams().Len() > 0 {
		return nil
	}
	return fn
}

// calledField returns the only function that the package puts into the field that a
// call takes its function from, or nil.
func (s *summarizer) calledField(c *ssa.CallCommon) *types.Func {
	load, ok := c.Value.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return nil
	}
	v := origin.VarAt(load.X)
	if v == nil {
		return nil
	}
	return s.fields.set[v.Origin()]
}

// worksOnce reports whether an expression makes a function that works once.
func (s *summarizer) worksOnce(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return false
	}
	fn, ok := typeutil.Callee(s.pass.TypesInfo, call).(*types.Func)
	return ok && s.isOnce(fn)
}

func (s *summarizer) isOnce(fn *types.Func) bool {
	row := s.cacheRow(fn)
	return row != nil && len(row.Once) > 0
}

// shared reports whether a function that is called works once, for all its callers:
// what it returns is nobody's alone.
func (s *summarizer) shared(fn ssa.Value) bool {
	switch fn := fn.(type) {
	case *ssa.Call:
		obj := s.named(fn.Common())
		return obj != nil && s.isOnce(obj)
	case *ssa.UnOp:
		if alloc, ok := fn.X.(*ssa.Alloc); ok && fn.Op == token.MUL {
			stored := onlyStore(alloc)
			return stored != nil && s.shared(stored)
		}
		v := origin.VarAt(fn.X)
		return v != nil && s.fields.once[v.Origin()]
	}
	return false
}
