package release

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/obligation"
)

// read reports whether the function, or a literal in it, looks at what it acquired. A
// test that asks for the status only, or for nothing, most often has a server that sends
// no body.
func (j *judge) read() bool {
	for _, al := range j.a.Aliases {
		if al.Result < 0 || al.Path == "" {
			continue
		}
		r := reader{field: int(al.Path[0]), seen: map[ssa.Value]bool{}}
		if r.value(j.a.Call) {
			return true
		}
	}
	return false
}

// reader looks for uses of a field.
type reader struct {
	field int
	seen  map[ssa.Value]bool
}

// value reports whether the field of a value, or of one of the results of a call, is
// used. Other results of the call have no fields.
func (r *reader) value(v ssa.Value) bool {
	if r.seen[v] {
		return false
	}
	r.seen[v] = true
	for _, ref := range *v.Referrers() {
		found := false
		switch ref := ref.(type) {
		case *ssa.FieldAddr:
			found = ref.X == v && ref.Field == r.field
		case *ssa.Field:
			found = ref.Field == r.field
		case *ssa.Extract:
			found = r.value(ref)
		case *ssa.Phi:
			found = r.value(ref)
		case *ssa.Store:
			found = ref.Val == v && r.cell(ref.Addr)
		}
		if found {
			return true
		}
	}
	return false
}

// cell reports whether the field of what a variable holds is used.
func (r *reader) cell(addr ssa.Value) bool {
	if addr.Referrers() == nil || r.seen[addr] {
		return false // a variable of the package
	}
	r.seen[addr] = true
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.UnOp:
			if r.value(ref) {
				return true
			}
		case *ssa.MakeClosure:
			lit := ref.Fn.(*ssa.Function)
			for i, b := range ref.Bindings {
				if b == addr && r.cell(lit.FreeVars[i]) {
					return true
				}
			}
		}
	}
	return false
}

// drained reports whether the function reads the resource to its end, if it reads it: a
// connection whose body is read so serves others at once.
func (j *judge) drained() bool {
	for _, b := range j.a.Call.Parent().Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok && j.sum.ReadsAll(&call.Call) && j.holds(call.Call.Args[0]) {
				return true
			}
		}
	}
	return false
}

// holds reports whether a value is the part of the acquired that is the resource.
func (j *judge) holds(v ssa.Value) bool {
	for {
		switch x := v.(type) {
		case *ssa.ChangeInterface:
			v = x.X
			continue
		case *ssa.MakeInterface:
			v = x.X
			continue
		case *ssa.UnOp:
			field, ok := x.X.(*ssa.FieldAddr)
			return ok && slices.ContainsFunc(j.a.Aliases, func(al obligation.Alias) bool {
				r, ok := field.X.(*ssa.Extract)
				return ok && r.Tuple == j.a.Call && r.Index == al.Result && al.Path != "" && int(al.Path[0]) == field.Field
			})
		}
		return false
	}
}
