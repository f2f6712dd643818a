package place

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
)

// Uses knows where a package calls its own functions.
type Uses struct {
	pass  *analysis.Pass
	files inspector.Cursor

	// What follows is nil until it is asked for.
	found   map[*types.Func][]inspector.Cursor // identifiers
	dynamic map[string]bool                    // names of the methods that interfaces call
}

// NewUses returns the Uses of the package of a pass; files is the parent of the files
// that count.
func NewUses(pass *analysis.Pass, files inspector.Cursor) *Uses {
	return &Uses{pass: pass, files: files}
}

// Calls returns the calls of a function of the package, and whether there are no others:
// other packages cannot name it, it is no value, and no interface calls it.
func (u *Uses) Calls(fn *types.Func) (calls []inspector.Cursor, all bool) {
	calls, all = u.Here(fn)
	return calls, all && (!fn.Exported() || fn.Signature().Recv() == nil && u.pass.Pkg.Name() == "main")
}

// Here returns the calls of a function of the package, and whether the package has no
// others: it is no value there, and no interface that is called there has its name.
func (u *Uses) Here(fn *types.Func) (calls []inspector.Cursor, all bool) {
	if u.found == nil {
		u.find()
	}
	all = fn.Signature().Recv() == nil || !u.dynamic[fn.Name()]
	for _, use := range u.found[fn] {
		if call, ok := callOf(use); ok {
			calls = append(calls, call)
		} else {
			all = false
		}
	}
	return calls, all
}

func (u *Uses) find() {
	u.found, u.dynamic = map[*types.Func][]inspector.Cursor{}, map[string]bool{}
	for cur := range u.files.Preorder((*ast.Ident)(nil)) {
		used, ok := u.pass.TypesInfo.Uses[cur.Node().(*ast.Ident)].(*types.Func)
		if !ok {
			continue
		}
		if recv := used.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) {
			u.dynamic[used.Name()] = true
		}
		if used.Pkg() == u.pass.Pkg {
			used = used.Origin()
			u.found[used] = append(u.found[used], cur)
		}
	}
}

// callOf returns the call of the function that an identifier names, if it is called
// there.
func callOf(name inspector.Cursor) (inspector.Cursor, bool) {
	for cur := name; ; cur = cur.Parent() {
		switch up := cur.Parent().Node().(type) {
		case *ast.SelectorExpr, *ast.IndexExpr, *ast.IndexListExpr, *ast.ParenExpr:
			continue // an index that is a function is none of a generic one
		case *ast.CallExpr:
			return cur.Parent(), up.Fun == cur.Node()
		}
		return inspector.Cursor{}, false
	}
}
