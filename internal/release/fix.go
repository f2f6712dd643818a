package release

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/obligation"
)

// fix proposes to defer the release right after the check of the call's error,
// in place of a later defer if there is one. It does so only where that keeps
// what the function does: nothing is handed on, no loop runs the call again,
// and releasing twice does no harm.
func (j *judge) fix() (analysis.SuggestedFix, bool) {
	none := analysis.SuggestedFix{}
	if j.test && !j.a.Tabled {
		return none, false // a fake's resource may be nil
	}
	if j.a.Aliases[0].Result < 0 || !j.a.Class.Again || !j.a.Class.Methods() || leakssa.InLoop(j.a.Call.Block()) {
		return none, false
	}
	for _, x := range j.a.Result.Exits {
		if x.Fate != obligation.Open && x.Fate != obligation.Done || x.Beside {
			return none, false // whoever has it may need it longer
		}
	}
	site, ok := j.site()
	if !ok {
		return none, false
	}
	release := site.release
	edits := []analysis.TextEdit{{
		Pos:     site.after,
		End:     site.after,
		NewText: []byte("\n" + site.indent + "defer " + release),
	}}
	message := "Defer " + release + " right after the error check"
	if old := laterDefer(site.rest, release); old != nil {
		edits = append(edits, j.removeLine(old))
		message = "Move defer " + release + " right after the error check"
	}
	return analysis.SuggestedFix{Message: message, TextEdits: edits}, true
}

// site is where a deferred release can be put.
type site struct {
	after   token.Pos  // the end of the statement that it follows
	indent  string     // what its line begins with
	release string     // the call
	rest    []ast.Stmt // the statements behind it
}

// site finds the statement that makes the call and the check of its error.
func (j *judge) site() (site, bool) {
	list, i := enclosing(j.a.Call.Parent().Syntax(), j.expr)
	if list == nil {
		return site{}, false
	}
	assign := list[i].(*ast.AssignStmt)
	al := j.a.Aliases[0]
	if len(assign.Lhs) <= al.Result {
		return site{}, false
	}
	id, ok := assign.Lhs[al.Result].(*ast.Ident)
	if !ok || id.Name == "_" {
		return site{}, false
	}
	last := list[i]
	if n := len(assign.Lhs); n > 1 {
		errID, ok := assign.Lhs[n-1].(*ast.Ident)
		if !ok || i+1 >= len(list) || !j.checks(list[i+1], errID) {
			return site{}, false
		}
		i++
		last = list[i]
	}
	release := j.releaseExpr(id)
	col := j.pass.Fset.PositionFor(assign.Pos(), false).Column
	return site{
		after:   last.End(),
		indent:  strings.Repeat("\t", col-1),
		release: release,
		rest:    list[i+1:],
	}, release != ""
}

// releaseExpr returns the call that releases what id leads to, or "" if the package
// cannot name it: a struct that holds it may have a method of its own.
func (j *judge) releaseExpr(id *ast.Ident) string {
	al := j.a.Aliases[0]
	expr, release := id.Name, j.a.Class.Release[0]
	t := j.a.Call.Common().Signature().Results().At(al.Result).Type()
	if _, value := t.Underlying().(*types.Struct); value && al.Path != "" && leakapi.Method(types.NewPointer(t), j.pass.Pkg, release) != nil {
		return fmt.Sprintf("%s.%s()", expr, release)
	}
	for i := range len(al.Path) {
		f := leakssa.FieldAt(t, int(al.Path[i]))
		if !f.Exported() && f.Pkg() != j.pass.Pkg {
			return ""
		}
		if !f.Embedded() { // whose methods are the struct's own
			expr += "." + f.Name()
		}
		t = f.Type()
	}
	return fmt.Sprintf("%s.%s()", expr, release)
}

// checks reports whether stmt leaves the block if the error is not nil.
func (j *judge) checks(stmt ast.Stmt, errID *ast.Ident) bool {
	s, ok := stmt.(*ast.IfStmt)
	if !ok || s.Init != nil || s.Else != nil || len(s.Body.List) == 0 {
		return false
	}
	cond, ok := s.Cond.(*ast.BinaryExpr)
	if !ok || cond.Op != token.NEQ {
		return false
	}
	x, ok := cond.X.(*ast.Ident)
	if !ok || j.pass.TypesInfo.ObjectOf(x) != j.pass.TypesInfo.ObjectOf(errID) {
		return false
	}
	if y, ok := cond.Y.(*ast.Ident); !ok || y.Name != "nil" {
		return false
	}
	switch s.Body.List[len(s.Body.List)-1].(type) {
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	}
	return false
}

// enclosing returns the block of fn that holds the assignment whose right side
// is expr alone, and its index there.
func enclosing(fn ast.Node, expr *ast.CallExpr) ([]ast.Stmt, int) {
	var list []ast.Stmt
	index := 0
	ast.Inspect(fn, func(n ast.Node) bool {
		var stmts []ast.Stmt
		switch n := n.(type) {
		case *ast.BlockStmt:
			stmts = n.List
		case *ast.CaseClause:
			stmts = n.Body
		case *ast.CommClause:
			stmts = n.Body
		}
		for i, s := range stmts {
			if a, ok := s.(*ast.AssignStmt); ok && len(a.Rhs) == 1 && ast.Unparen(a.Rhs[0]) == expr {
				list, index = stmts, i
			}
		}
		return list == nil
	})
	return list, index
}

// laterDefer returns the one statement among stmts that defers the same call.
func laterDefer(stmts []ast.Stmt, release string) *ast.DeferStmt {
	var found *ast.DeferStmt
	for _, s := range stmts {
		if d, ok := s.(*ast.DeferStmt); ok && types.ExprString(d.Call) == release {
			if found != nil {
				return nil
			}
			found = d
		}
	}
	return found
}

// removeLine removes a statement with the line that it stands on.
func (j *judge) removeLine(s ast.Stmt) analysis.TextEdit {
	file := j.pass.Fset.File(s.Pos())
	line := file.PositionFor(s.Pos(), false).Line
	if line < file.LineCount() {
		return analysis.TextEdit{Pos: file.LineStart(line), End: file.LineStart(line + 1)}
	}
	return analysis.TextEdit{Pos: s.Pos(), End: s.End()}
}
