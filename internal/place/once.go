package place

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/leakvet/leakvet/internal/fixpoint"
)

// Once knows which code of a package runs no more often in a process than the
// program's text calls it: what main does, and what a command does that a framework
// runs. What such code leaves behind does not grow, and ends with the process.
type Once struct {
	pass  *analysis.Pass
	files inspector.Cursor
	// command reports whether a framework gives values of a type to the functions
	// of commands; request, whether functions that get one serve requests.
	command, request func(types.Type) bool

	uses  *Uses
	runs  map[*types.TypeName]bool      // types of fields that kong takes for commands
	funcs fixpoint.Memo[ast.Node, bool] // declarations and literals
}

// NewOnce returns an Once for the package of a pass; uses knows its files without tests.
func NewOnce(pass *analysis.Pass, uses *Uses, command, request func(types.Type) bool) *Once {
	o := &Once{pass: pass, files: uses.files, uses: uses, command: command, request: request}
	o.funcs = fixpoint.Memo[ast.Node, bool]{Answer: o.once, Equal: fixpoint.Same[bool]}
	return o
}

// At reports whether what stands at a position runs once, and not in a loop.
func (o *Once) At(pos token.Pos) bool {
	cur, ok := o.files.FindByPos(pos, pos)
	return ok && o.at(cur)
}

func (o *Once) at(cur inspector.Cursor) bool {
	if _, ok := LoopAround(cur); ok {
		return false
	}
	fn, ok := Function(cur)
	return !ok || o.funcs.Ask(fn.Node())
}

// once reports whether a function, declared or literal, runs once.
func (o *Once) once(fn ast.Node) bool {
	cur, ok := o.files.FindNode(fn)
	if !ok {
		return false
	}
	switch fn := fn.(type) {
	case *ast.FuncDecl:
		obj, ok := o.pass.TypesInfo.Defs[fn.Name].(*types.Func)
		return ok && o.declared(fn, obj)
	case *ast.FuncLit:
		sig, ok := o.pass.TypesInfo.TypeOf(fn).(*types.Signature)
		if ok && takes(sig, o.command) {
			return true
		}
		call, ok := cur.Parent().Node().(*ast.CallExpr)
		return ok && (call.Fun == fn || isGo(call)) && o.at(cur.Parent())
	}
	return false
}

// isGo reports whether a call starts a goroutine for its only argument, as that of an
// errgroup or a WaitGroup does.
func isGo(call *ast.CallExpr) bool {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "Go" && len(call.Args) == 1
}

func (o *Once) declared(d *ast.FuncDecl, fn *types.Func) bool {
	if ForProcess(o.pass.Pkg, d) || takes(fn.Signature(), o.command) || o.isRun(fn) {
		return true
	}
	calls, all := o.uses.Here(fn)
	for _, call := range calls {
		if !o.at(call) {
			return false
		}
	}
	// Only through an interface can other packages call a method of a program, and what
	// the program calls itself they most likely do not.
	main := o.pass.Pkg.Name() == "main"
	if all && (main || !fn.Exported()) {
		return len(calls) > 0
	}
	// The functions of a command's packages are called once most likely, but for those
	// of objects and those that serve.
	return !main && Command(o.pass.Pkg) && d.Recv == nil && !takes(fn.Signature(), o.request)
}

// takes reports whether a function has a parameter of a type.
func takes(sig *types.Signature, typ func(types.Type) bool) bool {
	for v := range sig.Params().Variables() {
		if typ(v.Type()) {
			return true
		}
	}
	return false
}

// isRun reports whether a method is what kong (v1.16) runs for a command: the method
// Run of the type of a field with the tag cmd.
func (o *Once) isRun(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil || fn.Name() != "Run" {
		return false
	}
	if o.runs == nil {
		o.runs = map[*types.TypeName]bool{}
		for cur := range o.files.Preorder((*ast.StructType)(nil)) {
			if s, ok := o.pass.TypesInfo.TypeOf(cur.Node().(*ast.StructType)).(*types.Struct); ok {
				o.commandsIn(s)
			}
		}
	}
	named := namedOf(recv.Type())
	return named != nil && o.runs[named.Obj()]
}

func (o *Once) commandsIn(s *types.Struct) {
	for i := range s.NumFields() {
		if _, ok := reflect.StructTag(s.Tag(i)).Lookup("cmd"); ok {
			if named := namedOf(s.Field(i).Type()); named != nil {
				o.runs[named.Obj()] = true
			}
		}
	}
}

// namedOf returns the named type that a type is or points to, or nil.
func namedOf(t types.Type) *types.Named {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, _ := types.Unalias(t).(*types.Named)
	return named
}
