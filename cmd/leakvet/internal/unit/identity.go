package unit

import (
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"strings"

	"golang.org/x/tools/go/ast/astutil"
	"golang.org/x/tools/go/types/typeutil"
)

// Source is a package's syntax with its types. It tells what findings are
// about in words that survive when lines move, files are renamed and code is
// formatted anew.
type Source struct {
	Files []*ast.File
	Info  *types.Info
	Pkg   *types.Package

	sums map[string]string // of files that fixes change
}

// sum returns the sum of a file that a fix changes; "" if it cannot be read.
func (s *Source) sum(file string) string {
	sum, ok := s.sums[file]
	if !ok {
		if data, err := os.ReadFile(file); err == nil {
			sum = Sum(data)
		}
		if s.sums == nil {
			s.sums = make(map[string]string)
		}
		s.sums[file] = sum
	}
	return sum
}

// maxSubject is how long a subject may be, in bytes: it tells equals apart,
// and need not tell all.
const maxSubject = 160

// Identify returns the declaration around the code between pos and end, such
// as "(*Client).Get" or "var pool", and what that code is: the function called
// and what its results are called, or the text of an expression.
func (s *Source) Identify(pos, end token.Pos) (function, subject string) {
	whole := !end.IsValid() // the finding starts at pos, and is what starts there
	if whole {
		end = pos
	}
	for _, f := range s.Files {
		if f.FileStart <= pos && pos < f.FileEnd {
			path, _ := astutil.PathEnclosingInterval(f, pos, end)
			for whole && len(path) > 1 && isExpr(path[1]) && path[1].Pos() == pos {
				path = path[1:]
			}
			subject = s.subject(path)
			if len(subject) > maxSubject {
				subject = strings.ToValidUTF8(subject[:maxSubject], "")
			}
			return declaration(path), strings.Join(strings.Fields(subject), " ")
		}
	}
	return "", ""
}

// declaration names the declaration that ends a path.
func declaration(path []ast.Node) string {
	for i, n := range path {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Recv == nil || len(n.Recv.List) == 0 {
				return n.Name.Name
			}
			return "(" + receiver(n.Recv.List[0].Type) + ")." + n.Name.Name
		case *ast.GenDecl:
			if i+1 < len(path) && !isFile(path[i+1]) {
				continue // within a function
			}
			if i == 0 {
				return n.Tok.String()
			}
			switch spec := path[i-1].(type) {
			case *ast.ValueSpec:
				return n.Tok.String() + " " + names(spec.Names)
			case *ast.TypeSpec:
				return "type " + spec.Name.Name
			}
			return n.Tok.String()
		}
	}
	return ""
}

// receiver spells a receiver's type without type parameters.
func receiver(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.StarExpr:
		return "*" + receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.IndexListExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

func names(ids []*ast.Ident) string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = id.Name
	}
	return strings.Join(list, ",")
}

// subject says what the first node of a path is about.
func (s *Source) subject(path []ast.Node) string {
	for i, n := range path {
		switch n := n.(type) {
		case *ast.CallExpr:
			return s.callee(n) + resultNames(path[i+1:], n)
		case *ast.FuncLit:
			return "func" + resultNames(path[i+1:], n)
		case *ast.SelectorExpr, *ast.Ident, *ast.BasicLit:
			// Of a call's name, the call is meant.
			if call, ok := parent(path, i).(*ast.CallExpr); ok && ast.Unparen(call.Fun) == n {
				continue
			}
			if sel, ok := parent(path, i).(*ast.SelectorExpr); ok && sel.Sel == n {
				continue
			}
			return types.ExprString(n.(ast.Expr))
		case ast.Expr:
			return types.ExprString(n) + resultNames(path[i+1:], n)
		case *ast.AssignStmt:
			return exprs(n.Lhs)
		case *ast.IncDecStmt:
			return types.ExprString(n.X)
		case *ast.SendStmt:
			return types.ExprString(n.Chan)
		case *ast.RangeStmt:
			return "range " + types.ExprString(n.X)
		case *ast.GoStmt:
			return "go " + s.callee(n.Call)
		case *ast.DeferStmt:
			return "defer " + s.callee(n.Call)
		case *ast.ExprStmt:
			if call, ok := ast.Unparen(n.X).(*ast.CallExpr); ok {
				return s.callee(call)
			}
			return types.ExprString(n.X)
		case *ast.ForStmt:
			return "for"
		case *ast.SelectStmt:
			return "select"
		case *ast.Field:
			return names(n.Names)
		case *ast.ValueSpec:
			return names(n.Names)
		case *ast.TypeSpec:
			return n.Name.Name
		case *ast.FuncDecl:
			return ""
		}
	}
	return ""
}

func isFile(n ast.Node) bool {
	_, ok := n.(*ast.File)
	return ok
}

func isExpr(n ast.Node) bool {
	_, ok := n.(ast.Expr)
	return ok
}

func parent(path []ast.Node, i int) ast.Node {
	for _, n := range path[i+1:] {
		if _, ok := n.(*ast.ParenExpr); !ok {
			return n
		}
	}
	return nil
}

// callee names the function that is called: with its package, if it is known
// which it is, else as the call does.
func (s *Source) callee(call *ast.CallExpr) string {
	if fn, ok := typeutil.Callee(s.Info, call).(*types.Func); ok {
		name := fn.Origin().FullName()
		if fn.Pkg() == s.Pkg {
			name = strings.Replace(name, s.Pkg.Path()+".", "", 1)
		}
		return name
	}
	if _, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		return "func"
	}
	return types.ExprString(call.Fun)
}

// resultNames returns what the value of e is stored in, with a blank before
// it; nothing if the nearest of its parents stores nothing.
func resultNames(parents []ast.Node, e ast.Expr) string {
	for _, n := range parents {
		switch n := n.(type) {
		case *ast.ParenExpr:
			continue
		case *ast.UnaryExpr: // &T{…}
			continue
		case *ast.AssignStmt:
			i := index(n.Rhs, e)
			if i < 0 {
				return "" // it is what gets something
			}
			if len(n.Rhs) == len(n.Lhs) {
				return " " + types.ExprString(n.Lhs[i])
			}
			return " " + exprs(n.Lhs)
		case *ast.ValueSpec:
			return " " + names(n.Names)
		case *ast.KeyValueExpr:
			return " " + types.ExprString(n.Key)
		}
		return ""
	}
	return ""
}

// index returns which of the list holds e; -1 if none does.
func index(list []ast.Expr, e ast.Expr) int {
	for i, x := range list {
		if x.Pos() <= e.Pos() && e.End() <= x.End() {
			return i
		}
	}
	return -1
}

func exprs(list []ast.Expr) string {
	words := make([]string, len(list))
	for i, e := range list {
		words[i] = types.ExprString(e)
	}
	return strings.Join(words, ",")
}
