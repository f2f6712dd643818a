package cancelleak

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/cfg"
)

// vet knows what go vet's lostcancel pass says of a function: it looks for a way
// from where a cancel function is put into a variable to a return on which the
// variable is not so much as named.
type vet struct {
	info  *types.Info
	never func(*types.Func) bool
	fn    ast.Node
}

// vetted are the functions of package context whose results the pass looks at.
var vetted = map[string]bool{
	"WithCancel": true, "WithCancelCause": true, "WithDeadline": true, "WithDeadlineCause": true, "WithTimeout": true, "WithTimeoutCause": true,
}

// says reports whether go vet reports the cancel function of a call.
func (v vet) says(call *ast.CallExpr) bool {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	fn, ok := v.info.Uses[sel.Sel].(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg().Path() != "context" || !vetted[fn.Name()] {
		return false
	}
	id, def := v.assigned(call)
	if id == nil {
		return false
	}
	if id.Name == "_" {
		return true
	}
	obj, ok := v.info.ObjectOf(id).(*types.Var)
	if !ok || obj.IsField() || !within(v.fn, obj) {
		return false
	}
	return v.reachesReturn(obj, def)
}

// within reports whether a variable is declared in a function.
func within(fn ast.Node, obj *types.Var) bool { return fn.Pos() <= obj.Pos() && obj.Pos() < fn.End() }

// assigned returns the name that a call's second result is given, and the
// statement that does.
func (v vet) assigned(call *ast.CallExpr) (id *ast.Ident, def ast.Node) {
	ast.Inspect(v.fn, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if len(n.Rhs) == 1 && ast.Unparen(n.Rhs[0]) == ast.Expr(call) && len(n.Lhs) == 2 {
				id, _ = n.Lhs[1].(*ast.Ident)
				def = n
			}
		case *ast.ValueSpec:
			if len(n.Values) == 1 && ast.Unparen(n.Values[0]) == ast.Expr(call) && len(n.Names) == 2 {
				id, def = n.Names[1], n
			}
		}
		return def == nil
	})
	return id, def
}

// waived reports whether the function says that it will not call what a call
// returns, by assigning it to nothing.
func (v vet) waived(call *ast.CallExpr) bool {
	id, _ := v.assigned(call)
	if id == nil || id.Name == "_" {
		return false
	}
	obj := v.info.ObjectOf(id)
	found := false
	ast.Inspect(v.fn, func(n ast.Node) bool {
		if as, ok := n.(*ast.AssignStmt); ok && len(as.Lhs) == 1 && len(as.Rhs) == 1 {
			l, blank := as.Lhs[0].(*ast.Ident)
			r, named := as.Rhs[0].(*ast.Ident)
			found = found || blank && l.Name == "_" && named && v.info.Uses[r] == obj
		}
		return !found
	})
	return found
}

// reachesReturn reports whether a return can be reached from def without a use of
// the variable.
func (v vet) reachesReturn(obj *types.Var, def ast.Node) bool {
	var body *ast.BlockStmt
	var sig *types.Signature
	switch fn := v.fn.(type) {
	case *ast.FuncDecl:
		body = fn.Body
		sig, _ = v.info.Defs[fn.Name].Type().(*types.Signature)
	case *ast.FuncLit:
		body = fn.Body
		sig, _ = v.info.TypeOf(fn).(*types.Signature)
	}
	if body == nil || sig == nil {
		return false
	}
	g := cfg.New(body, v.mayReturn)
	start, rest := defining(g, def)
	if start == nil || v.uses(obj, sig, rest) {
		return false
	}
	if start.Return() != nil {
		return true
	}
	seen := map[*cfg.Block]bool{}
	var search func([]*cfg.Block) bool
	search = func(blocks []*cfg.Block) bool {
		for _, b := range blocks {
			if seen[b] {
				continue
			}
			seen[b] = true
			if v.uses(obj, sig, b.Nodes) {
				continue
			}
			if b.Return() != nil || search(b.Succs) {
				return true
			}
		}
		return false
	}
	return search(start.Succs)
}

// defining returns the block that holds a statement, and what follows it there.
func defining(g *cfg.CFG, def ast.Node) (*cfg.Block, []ast.Node) {
	for _, b := range g.Blocks {
		for i, n := range b.Nodes {
			if n == def {
				return b, b.Nodes[i+1:]
			}
		}
	}
	return nil, nil
}

// uses reports whether some node names the variable; a bare return names results.
func (v vet) uses(obj *types.Var, sig *types.Signature, nodes []ast.Node) bool {
	found := false
	for _, n := range nodes {
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				found = found || v.info.Uses[n] == obj
			case *ast.ReturnStmt:
				if n.Results == nil {
					for r := range sig.Results().Variables() {
						found = found || r == obj
					}
				}
			}
			return !found
		})
	}
	return found
}

func (v vet) mayReturn(call *ast.CallExpr) bool {
	fun := ast.Unparen(call.Fun)
	if sel, ok := fun.(*ast.SelectorExpr); ok {
		fun = sel.Sel
	}
	id, ok := fun.(*ast.Ident)
	if !ok {
		return true
	}
	switch obj := v.info.Uses[id].(type) {
	case *types.Builtin:
		return obj.Name() != "panic"
	case *types.Func:
		return !v.never(obj)
	}
	return true
}
