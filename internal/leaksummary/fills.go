package leaksummary

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// Some values hold nothing until a method is called on them that acquires something and
// keeps it in a field: who made the value and called it has to end it from then on.

// fills returns what a call of a method lays on who has made its receiver: it stores
// what it acquires in a field of it, and another method releases that.
func (s *summarizer) fills(fn *ssa.Function, obj *types.Func) []Owned {
	recv := fn.Signature.Recv()
	if recv == nil || enders[obj.Name()] || namedOf(recv.Type()) == nil || startsOthers(fn) {
		return nil
	}
	if res := fn.Signature.Results(); res.Len() > 0 && !pathcond.IsError(res.At(res.Len()-1).Type()) {
		return nil
	}
	for _, site := range s.sitesWithin(fn) {
		if site.Call.Parent() != fn || site.Perhaps {
			continue
		}
		s.explore(site)
		if !site.Result.Reached || site.Result.GaveUp {
			continue
		}
		field := -1
		for _, x := range site.Result.Exits {
			if x.Fate == obligation.Returned {
				field = -1
				break
			}
			st, ok := x.Instr.(*ssa.Store)
			if !ok || x.Fate != obligation.Stored {
				continue
			}
			if fa, ok := st.Addr.(*ssa.FieldAddr); ok && fa.X == ssa.Value(fn.Params[0]) && fa.Field < 0xF0 {
				field = fa.Field
			}
		}
		if field < 0 {
			continue
		}
		for _, e := range endings {
			if !s.endsWith(recv.Type(), e.name, pathcond.Path([]byte{byte(field)}), site.Class.Release) {
				continue
			}
			s.noteHolder(recv.Type(), recv.Type(), e.name)
			return []Owned{{
				Class: site.Class.Name, By: e.name, Perhaps: true,
				Aliases: []obligation.Alias{{Result: ^0}}, When: fillsWhen(fn.Signature),
			}}
		}
	}
	return nil
}

func fillsWhen(sig *types.Signature) leakapi.When {
	if sig.Results().Len() == 0 {
		return leakapi.Always
	}
	return leakapi.Zero
}

// startsOthers reports whether a function starts goroutines, or makes functions: they
// may release what it keeps.
func startsOthers(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr.(type) {
			case *ssa.Go, *ssa.MakeClosure:
				return true
			}
		}
	}
	return false
}

// reaches reports whether a call has what leads to the resource: a result, or an
// argument that the function has made for itself.
func (s *summarizer) reaches(call *ssa.Call, a obligation.Alias) bool {
	if a.Result >= 0 {
		return a.Result < call.Call.Signature().Results().Len()
	}
	return ^a.Result < len(call.Call.Args) && s.isOwn(call.Call.Args[^a.Result], call)
}

// isOwn reports whether v, on which a method is called, is made by the function, and
// nobody else has got it before the call.
func (s *summarizer) isOwn(v ssa.Value, call *ssa.Call) bool {
	from := v
	if ex, ok := v.(*ssa.Extract); ok {
		from = ex.Tuple
	}
	switch from := from.(type) {
	case *ssa.Alloc:
	case *ssa.Call:
		obj, fn := s.callee(from.Common())
		if obj == nil || len(s.acquires(from)) > 0 {
			return false // what it holds from the start is followed from there
		}
		if fn != nil && s.foreign(fn, 0) {
			return false
		}
		of := namedOf(v.Type())
		if of == nil || fn == nil && (of.Pkg() != obj.Pkg() || !strings.HasPrefix(strings.ToLower(obj.Name()), "new")) {
			return false
		}
	default:
		return false
	}
	before := leakssa.LeadTo(call.Block())
	for _, ref := range *v.Referrers() {
		if ref == ssa.Instruction(call) || !before[ref.Block()] || ref.Block() == call.Block() && indexIn(ref) > indexIn(call) {
			continue
		}
		switch ref := ref.(type) {
		case *ssa.FieldAddr, *ssa.BinOp, *ssa.DebugRef:
		case *ssa.Store:
			if ref.Val == v {
				return false
			}
		case ssa.CallInstruction:
			c := ref.Common()
			if c.IsInvoke() || c.StaticCallee() == nil || c.Signature().Recv() == nil || len(c.Args) == 0 || c.Args[0] != v || slices.Contains(c.Args[1:], v) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

func indexIn(instr ssa.Instruction) int { return slices.Index(instr.Block().Instrs, instr) }

// leadType returns the type of the result or argument of a call that leads to what it
// acquires.
func leadType(call *ssa.Call, a obligation.Alias) types.Type {
	if a.Result < 0 {
		return call.Call.Args[^a.Result].Type()
	}
	return call.Call.Signature().Results().At(a.Result).Type()
}

// handleType returns the static type of what a acquires, or nil.
func handleType(a *Acquisition) types.Type {
	return typeAt(leadType(a.Call, a.Aliases[0]), a.Aliases[0].Path)
}

// typeAt returns the type of the field to which a path of fields leads from a value of type
// t, or nil.
func typeAt(t types.Type, path pathcond.Path) types.Type {
	for i := range len(path) {
		f := leakssa.FieldAt(t, int(path[i]))
		if f == nil {
			return nil
		}
		t = f.Type()
	}
	return t
}
