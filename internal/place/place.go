// Package place reads a program's text: where something stands, and what an expression
// names or says.
package place

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
)

// Function returns the declaration or literal around a node; the zero Cursor if it
// stands in neither.
func Function(cur inspector.Cursor) (inspector.Cursor, bool) {
	for up := range cur.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		if up != cur {
			return up, true
		}
	}
	return inspector.Cursor{}, false
}

// Body returns the body of what Function returned.
func Body(fn inspector.Cursor) *ast.BlockStmt {
	switch fn := fn.Node().(type) {
	case *ast.FuncDecl:
		return fn.Body
	case *ast.FuncLit:
		return fn.Body
	}
	return nil
}

// Declared returns the declared function around a node, or nil.
func Declared(cur inspector.Cursor) *ast.FuncDecl {
	for up := range cur.Enclosing((*ast.FuncDecl)(nil)) {
		return up.Node().(*ast.FuncDecl)
	}
	return nil
}

// RunBy returns token.GO or token.DEFER if a statement of that kind runs a literal.
func RunBy(lit inspector.Cursor) token.Token {
	call := lit.Parent()
	if c, ok := call.Node().(*ast.CallExpr); !ok || c.Fun != lit.Node() {
		return token.ILLEGAL
	}
	switch call.Parent().Node().(type) {
	case *ast.GoStmt:
		return token.GO
	case *ast.DeferStmt:
		return token.DEFER
	}
	return token.ILLEGAL
}

// ForProcess reports whether a function of a package runs once in a process: what it
// starts ends with that.
func ForProcess(pkg *types.Package, d *ast.FuncDecl) bool {
	return d == nil || d.Recv == nil && (d.Name.Name == "init" || d.Name.Name == "main" && pkg.Name() == "main")
}

// LoopAround returns the innermost loop of the function around a node.
func LoopAround(cur inspector.Cursor) (inspector.Cursor, bool) {
	for up := range cur.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		switch up.Node().(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return up, true
		}
		return inspector.Cursor{}, false
	}
	return inspector.Cursor{}, false
}

// Version returns the Go version of the file around a node, such as go1.22.
func Version(pass *analysis.Pass, n ast.Node) string {
	if f := File(pass, n.Pos()); f != nil {
		return pass.TypesInfo.FileVersions[f]
	}
	return ""
}

// File returns the file in which a position lies, or nil.
func File(pass *analysis.Pass, pos token.Pos) *ast.File {
	for _, f := range pass.Files {
		if f.FileStart <= pos && pos < f.FileEnd {
			return f
		}
	}
	return nil
}

// Command reports whether a package is a command, or a part of one by its path: what its
// functions do is most likely done once.
func Command(pkg *types.Package) bool {
	return pkg.Name() == "main" || below(pkg, "cmd")
}

// Example reports whether a package is an example by its path.
func Example(pkg *types.Package) bool {
	return below(pkg, "example", "examples", "_examples")
}

// below reports whether a package's path has one of these elements.
func below(pkg *types.Package, dirs ...string) bool {
	return slices.ContainsFunc(strings.Split(pkg.Path(), "/"), func(dir string) bool { return slices.Contains(dirs, dir) })
}

// Variable returns the local variable that an expression names, or nil.
func Variable(pass *analysis.Pass, e ast.Expr) *types.Var {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	v, ok := pass.TypesInfo.ObjectOf(id).(*types.Var)
	if !ok || v.IsField() || v.Parent() == pass.Pkg.Scope() {
		return nil
	}
	return v
}

// Within reports whether a variable is declared in a node.
func Within(n ast.Node, v *types.Var) bool { return n.Pos() <= v.Pos() && v.Pos() < n.End() }

// Int returns the whole number that an expression, or none, is known to be.
func Int(pass *analysis.Pass, e ast.Expr) (n int64, known bool) {
	v := pass.TypesInfo.Types[e].Value
	if v == nil || v.Kind() != constant.Int {
		return 0, false
	}
	return constant.Int64Val(v)
}
