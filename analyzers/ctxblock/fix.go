package ctxblock

import (
	"fmt"
	"go/ast"
	"go/printer"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/pathcond"
	"github.com/leakvet/leakvet/internal/place"
	"github.com/leakvet/leakvet/internal/report"
)

// sleepFix turns a sleep into a wait for time to pass or the context to end,
// where the function returns an error or nothing.
func (c *checker) sleepFix(call *ssa.Call, expr *ast.CallExpr, s ctxflow.Scope) (analysis.SuggestedFix, bool) {
	none := analysis.SuggestedFix{}
	fun, ok := expr.Fun.(*ast.SelectorExpr)
	if !ok || s.Blank || len(expr.Args) != 1 || !c.statement(expr) || owes(call) {
		return none, false
	}
	ret := "return"
	switch res := call.Parent().Signature.Results(); {
	case res.Len() == 0:
	case res.Len() == 1 && pathcond.IsError(res.At(0).Type()):
		ret += " " + s.Expr + ".Err()"
	default:
		return none, false
	}
	if scope := c.pass.Pkg.Scope().Innermost(expr.Pos()); scope == nil {
		return none, false
	} else if _, obj := scope.LookupParent(s.Var.Name(), expr.Pos()); obj != s.Var {
		return none, false // another variable has its name here
	}
	var arg, pkg strings.Builder
	if printer.Fprint(&arg, c.pass.Fset, expr.Args[0]) != nil || printer.Fprint(&pkg, c.pass.Fset, fun.X) != nil {
		return none, false
	}
	posn := c.pass.Fset.Position(expr.Pos())
	indent := strings.Repeat("\t", max(posn.Column-1, 0))
	text := fmt.Sprintf("select {\n%[1]scase <-%[2]s.Done():\n%[1]s\t%[3]s\n%[1]scase <-%[4]s.After(%[5]s):\n%[1]s}",
		indent, s.Expr, ret, pkg.String(), arg.String())
	return analysis.SuggestedFix{
		Message:   "Wait for " + s.Expr + " to end too",
		TextEdits: []analysis.TextEdit{{Pos: expr.Pos(), End: expr.End(), NewText: []byte(text)}},
	}, true
}

// owes reports whether a function that returned at a call would skip what others
// may wait for: something that ends what has begun, or a value sent to them. What
// it defers is done all the same.
func owes(at *ssa.Call) bool {
	seen := map[*ssa.BasicBlock]bool{}
	var after func(instrs []ssa.Instruction, b *ssa.BasicBlock) bool
	after = func(instrs []ssa.Instruction, b *ssa.BasicBlock) bool {
		if slices.ContainsFunc(instrs, settles) {
			return true
		}
		for _, next := range b.Succs {
			if !seen[next] {
				seen[next] = true
				if after(next.Instrs, next) {
					return true
				}
			}
		}
		return false
	}
	b := at.Block()
	return after(b.Instrs[slices.Index(b.Instrs, ssa.Instruction(at))+1:], b)
}

// settles reports whether an instruction ends something, by its name, or tells
// somebody of it.
func settles(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Send:
		return true
	case *ssa.Select:
		return slices.ContainsFunc(instr.States, func(s *ssa.SelectState) bool { return s.Dir == types.SendOnly })
	case *ssa.Call:
		call := instr.Common()
		var name string
		switch fn := call.Value.(type) {
		case *ssa.Builtin:
			name = fn.Name()
		case *ssa.Function:
			name = fn.Name()
		default:
			if call.Method == nil {
				// What somebody has handed in to be called at the end has nothing to say.
				res := call.Signature().Results()
				return res.Len() == 0 || res.Len() == 1 && pathcond.IsError(res.At(0).Type())
			}
			name = call.Method.Name()
		}
		return report.CleansUp(name) || slices.ContainsFunc(leakssa.Words(name), func(w string) bool {
			return w == "end" || w == "done" || w == "commit" || w == "signal" || w == "broadcast"
		})
	}
	return false
}

// statement reports whether a call is a statement of its own.
func (c *checker) statement(call *ast.CallExpr) bool {
	f := place.File(c.pass, call.Pos())
	if f == nil {
		return false
	}
	found := false
	ast.Inspect(f, func(n ast.Node) bool {
		if stmt, ok := n.(*ast.ExprStmt); ok && stmt.X == ast.Expr(call) {
			found = true
		}
		return !found
	})
	return found
}
