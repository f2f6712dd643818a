package leaksummary

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/leakvet/leakvet/internal/pathcond"
)

// Pure implements pathcond.Contracts.
func (s *summarizer) Pure(c *ssa.CallCommon) (*pathcond.PureFunc, []ssa.Value) {
	if c.IsInvoke() {
		if s.row(c.Method) == nil && asksState(c.Method) {
			return &pathcond.PureFunc{Of: c.Method}, append([]ssa.Value{c.Value}, c.Args...)
		}
		return nil, nil
	}
	obj, fn := s.callee(c)
	if obj == nil {
		return nil, nil
	}
	if row := s.row(obj); row != nil {
		if row.Pure {
			return &pathcond.PureFunc{Of: obj, Prefix: row.Prefix}, c.Args
		}
		return nil, nil
	}
	if obj.Pkg() == s.pass.Pkg {
		if inner, values := s.onlyCalls(c, fn); inner != nil {
			return inner, values
		}
		if s.onlyReads(obj) {
			return &pathcond.PureFunc{Of: obj}, c.Args
		}
		return nil, nil
	}
	if asksState(obj) {
		return &pathcond.PureFunc{Of: obj}, c.Args
	}
	return nil, nil
}

// onlyCalls returns the function that depends on its arguments alone, and those, to which
// a call of fn, a helper, comes down; nil if it comes down to none.
func (s *summarizer) onlyCalls(c *ssa.CallCommon, fn *ssa.Function) (*pathcond.PureFunc, []ssa.Value) {
	if fn == nil || len(fn.Blocks) != 1 {
		return nil, nil
	}
	ret, ok := fn.Blocks[0].Instrs[len(fn.Blocks[0].Instrs)-1].(*ssa.Return)
	if !ok || len(ret.Results) != 1 {
		return nil, nil
	}
	call, ok := ret.Results[0].(*ssa.Call)
	if !ok {
		return nil, nil
	}
	inner, _ := s.callee(&call.Call)
	if inner == nil {
		return nil, nil
	}
	row := s.row(inner)
	if row == nil || !row.Pure {
		return nil, nil
	}
	values := make([]ssa.Value, len(call.Call.Args))
	for i, a := range call.Call.Args {
		switch a := a.(type) {
		case *ssa.Const:
			values[i] = a
		case *ssa.Parameter:
			values[i] = c.Args[slices.Index(fn.Params, a)]
		default:
			return nil, nil
		}
	}
	return &pathcond.PureFunc{Of: inner, Prefix: row.Prefix}, values
}

// asksState reports whether a function that is not seen only asks something, going by its
// name: a path on which it gave two answers would be no proof.
func asksState(obj *types.Func) bool {
	res := obj.Signature().Results()
	if res.Len() != 1 || !pathcond.IsBool(res.At(0).Type()) {
		return false
	}
	for _, prefix := range []string{"Is", "Has", "Can", "Should", "Supports", "Needs", "Want", "Uses"} {
		if rest, ok := strings.CutPrefix(obj.Name(), prefix); ok && (rest == "" || rest[0] < 'a' || rest[0] > 'z') {
			return true
		}
	}
	return strings.HasSuffix(obj.Name(), "Enabled")
}

// maxReads bounds the statements of a function that is taken to only read.
const maxReads = 20

// onlyReads reports whether a function of the package only reads what it is given, and what
// that leads to: asked twice, it is taken to give one answer.
func (s *summarizer) onlyReads(obj *types.Func) bool {
	obj = obj.Origin()
	known, ok := s.readers[obj]
	if ok {
		return known
	}
	s.readers[obj] = false // recursion proves nothing
	d := s.growth.decls[obj]
	res := obj.Signature().Results()
	if d == nil || res.Len() != 1 {
		return false
	}
	if _, basic := res.At(0).Type().Underlying().(*types.Basic); !basic {
		return false
	}
	s.readers[obj] = s.readsOnly(d)
	return s.readers[obj]
}

func (s *summarizer) readsOnly(d *ast.FuncDecl) bool {
	statements, ok := 0, true
	ast.Inspect(d.Body, func(n ast.Node) bool {
		if !ok {
			return false
		}
		switch n := n.(type) {
		case *ast.CallExpr:
			ok = s.callReads(n)
		case *ast.AssignStmt:
			for _, lhs := range n.Lhs {
				ok = ok && s.isLocal(lhs)
			}
		case *ast.IncDecStmt:
			ok = s.isLocal(n.X)
		case *ast.UnaryExpr:
			ok = n.Op != token.AND && n.Op != token.ARROW
		case *ast.FuncLit, *ast.GoStmt, *ast.DeferStmt, *ast.SendStmt, *ast.SelectStmt:
			ok = false
		case *ast.RangeStmt:
			t := s.pass.TypesInfo.TypeOf(n.X)
			if t == nil {
				ok = false
				break
			}
			switch t.Underlying().(type) {
			case *types.Chan, *types.Signature:
				ok = false
			}
		}
		if _, stmt := n.(ast.Stmt); stmt {
			statements++
			ok = ok && statements <= maxReads
		}
		return ok
	})
	return ok
}

// isLocal reports whether an expression is a local variable.
func (s *summarizer) isLocal(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := s.pass.TypesInfo.ObjectOf(id).(*types.Var)
	return id.Name == "_" || ok && v.Parent() != s.pass.Pkg.Scope()
}

// callReads reports whether a call only reads.
func (s *summarizer) callReads(call *ast.CallExpr) bool {
	if s.pass.TypesInfo.Types[call.Fun].IsType() {
		return true
	}
	switch fn := typeutil.Callee(s.pass.TypesInfo, call).(type) {
	case *types.Builtin:
		switch fn.Name() {
		case "len", "cap", "min", "max":
			return true
		}
	case *types.Func:
		if row := s.row(fn); row != nil {
			return row.Pure
		}
		return fn.Pkg() == s.pass.Pkg && s.onlyReads(fn)
	}
	return false
}
