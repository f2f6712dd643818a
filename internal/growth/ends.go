package growth

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/origin"
)

// endNames are names of functions that end what they are methods of, or the
// package's work.
var endNames = map[string]bool{
	"close": true, "destroy": true, "dispose": true, "gracefulstop": true, "gracefulshutdown": true, "quit": true,
	"shutdown": true, "stop": true, "teardown": true, "terminate": true,
}

// EndsAll reports whether a function's name and signature say that it ends what
// it is a method of, or, where it is none, the package's work: it is asked for
// nothing in particular.
func EndsAll(obj *types.Func) bool {
	name := ""
	for _, word := range leakssa.Words(obj.Name()) {
		name += word
	}
	if !endNames[name] {
		return false
	}
	for p := range obj.Signature().Params().Variables() {
		if !leakapi.IsContext(p.Type()) {
			return false
		}
	}
	return true
}

// ended notes what empties a container where an instruction takes something out only
// where what holds it ends, so that it holds everything until then. It reports
// whether that is so.
func (u *use) ended(at ssa.Instruction) bool {
	end := u.end(at)
	if end != nil && !slices.Contains(u.c.Ends, end) {
		u.c.Ends = append(u.c.Ends, end)
	}
	return end != nil
}

// end returns the function that ends what holds the container and alone runs an
// instruction, or nil.
func (u *use) end(at ssa.Instruction) *ssa.Function {
	fn := leakssa.Declared(at.Parent())
	if call, ok := at.(ssa.CallInstruction); ok && len(origin.Arguments(call.Common())) > 1 && at.Parent() == fn && !leakssa.InLoop(at.Block()) {
		return nil // one entry, which may be that of something else that ends
	}
	var owner *types.TypeName
	if u.base != nil {
		owner = typeOf(root(u.base).Type())
	}
	if u.depth > 0 || u.base != nil && owner == nil {
		return nil
	}
	return u.t.endOf(fn, owner, 0)
}

// endOf returns the function that ends an owner, or the package's work if that is
// nil, where fn runs only then, or nil.
func (t *Tracer) endOf(fn *ssa.Function, owner *types.TypeName, depth int) *ssa.Function {
	obj, ok := fn.Object().(*types.Func)
	if !ok || depth > maxDepth {
		return nil
	}
	var of *types.TypeName
	if recv := obj.Signature().Recv(); recv != nil {
		of = typeOf(recv.Type())
	}
	if of != owner {
		return nil
	}
	if EndsAll(obj) {
		return fn
	}
	calls, all := t.eff.Calls(fn)
	if !all || obj.Exported() {
		return nil
	}
	var end *ssa.Function
	for _, c := range calls {
		if end = t.endOf(leakssa.Declared(c.Parent()), owner, depth+1); end == nil {
			return nil
		}
	}
	return end
}

// root returns what a field, or a field of a field, is part of.
func root(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.Field:
			v = x.X
		default:
			return v
		}
	}
}
