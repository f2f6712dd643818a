package timerleak

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// leaves reports whether the statements of a case lead out of the loop around it
// whatever happens.
func (c *checker) leaves(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	switch s := list[len(list)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return s.Tok == token.GOTO || s.Tok == token.BREAK && s.Label != nil
	case *ast.BlockStmt:
		return c.leaves(s.List)
	case *ast.LabeledStmt:
		return c.leaves([]ast.Stmt{s.Stmt})
	case *ast.IfStmt:
		return s.Else != nil && c.leaves(s.Body.List) && c.leaves([]ast.Stmt{s.Else})
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		return ok && c.exits(call)
	}
	return false
}

// continues reports whether something in a case goes on with the next round of the loop
// around it.
func continues(cc *ast.CommClause) bool {
	found := false
	ast.Inspect(cc, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.FuncLit:
			return false
		case *ast.BranchStmt:
			found = found || n.Tok == token.CONTINUE && n.Label == nil
		}
		return !found
	})
	return found
}

// isLast reports whether what follows a select leads out of the loop around it; cur lies
// in the select.
func (c *checker) isLast(cur inspector.Cursor, choice *ast.SelectStmt, loop ast.Node) bool {
	for cur.Node() != ast.Node(choice) {
		cur = cur.Parent()
	}
	for ; cur.Node() != loop; cur = cur.Parent() {
		var list []ast.Stmt
		switch around := cur.Parent().Node().(type) {
		case *ast.BlockStmt:
			list = around.List
		case *ast.CommClause:
			list = around.Body
		case *ast.CaseClause:
			list = around.Body
		}
		i := slices.IndexFunc(list, func(s ast.Stmt) bool { return ast.Node(s) == cur.Node() })
		if i < 0 || i+1 == len(list) {
			continue
		}
		if c.leaves(list[i+1:]) {
			return true
		}
		b, ok := list[len(list)-1].(*ast.BranchStmt)
		if ok && b.Tok == token.BREAK && b.Label == nil && cur.Parent().Parent().Node() == loop {
			return true
		}
	}
	return false
}

// exits reports whether a call never returns.
func (c *checker) exits(call *ast.CallExpr) bool {
	switch fn := typeutil.Callee(c.pass.TypesInfo, call).(type) {
	case *types.Builtin:
		return fn.Name() == "panic"
	case *types.Func:
		row := c.tables.Func(fn)
		return row != nil && row.NoReturn
	}
	return false
}

// canLeave reports whether anything in the body of a loop leads out of it.
func canLeave(loop *ast.BlockStmt) bool {
	found := false
	ast.PreorderStack(loop, nil, func(n ast.Node, around []ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			found = true
		case *ast.BranchStmt:
			switch n.Tok {
			case token.GOTO:
				found = true
			case token.BREAK:
				found = found || n.Label != nil || !slices.ContainsFunc(around, takesBreak)
			case token.CONTINUE:
				found = found || n.Label != nil // perhaps of a loop around it
			}
		}
		return !found
	})
	return found
}

// takesBreak reports whether a statement is one that a bare break in it leaves.
func takesBreak(n ast.Node) bool {
	switch n.(type) {
	case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
		return true
	}
	return false
}

// returns reports whether a function can return: it has a return statement, or its end
// can be reached.
func returns(fn *ast.BlockStmt) bool {
	found := false
	ast.Inspect(fn, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			found = true
		}
		return !found
	})
	if found || len(fn.List) == 0 {
		return true
	}
	last := fn.List[len(fn.List)-1]
	if l, ok := last.(*ast.LabeledStmt); ok {
		last = l.Stmt
	}
	switch s := last.(type) {
	case *ast.ForStmt:
		return s.Cond != nil || canLeave(s.Body)
	case *ast.SelectStmt:
		return len(s.Body.List) > 0
	}
	return true
}

// endsOwner reports whether a function makes, or is a method of, something that one of
// some methods ends, or gets a context: what it starts should end then.
func endsOwner(info *types.Info, d *ast.FuncDecl, by []string) bool {
	fn, ok := info.Defs[d.Name].(*types.Func)
	if !ok {
		return false
	}
	sig := fn.Signature()
	if r := sig.Recv(); r != nil && hasEnd(r.Type(), by) {
		return true
	}
	for v := range sig.Params().Variables() {
		if leakapi.IsContext(v.Type()) {
			return true
		}
	}
	for v := range sig.Results().Variables() {
		if hasEnd(v.Type(), by) {
			return true
		}
	}
	return false
}

// endings are names of methods that end at once what they are called on, and so what
// methods of it have started.
var endings = []string{"Abort", "Cancel", "Close", "CloseNow", "Kill", "Release", "Shutdown", "Stop", "Terminate"}

// partEndings are those of what a process has many of: a server that is shut down mostly
// ends with it.
var partEndings = slices.DeleteFunc(slices.Clone(endings), func(name string) bool { return name == "Shutdown" })

func ends(name string) bool { return slices.Contains(endings, name) }

func hasEnd(t types.Type, by []string) bool {
	set := types.NewMethodSet(t)
	for m := range set.Methods() {
		if slices.Contains(by, m.Obj().Name()) {
			return true
		}
	}
	return false
}
