package leaksummary

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// marked reports whether an argument of call was surely made with a mark.
func (s *summarizer) marked(call *ssa.Call, m leakapi.Mark) bool {
	args := call.Call.Args
	i := m.Arg
	if call.Call.IsInvoke() {
		i-- // rows count the receiver
	}
	if i < 0 || i >= len(args) {
		return false
	}
	if m.Name == leakapi.NilMark {
		k, ok := args[i].(*ssa.Const)
		return ok && k.Value == nil
	}
	return s.carries(args[i], m.Name, 0)
}

const maxTrace = 8

func (s *summarizer) carries(v ssa.Value, mark string, depth int) bool {
	if depth > maxTrace {
		return false
	}
	if s.markedBy(v, mark) {
		return true
	}
	switch v := v.(type) {
	case *ssa.Extract:
		call, ok := v.Tuple.(*ssa.Call)
		return ok && s.callCarries(call, v.Index, mark, depth)
	case *ssa.Call:
		return s.callCarries(v, 0, mark, depth)
	case *ssa.UnOp:
		alloc, ok := v.X.(*ssa.Alloc)
		if !ok || v.Op != token.MUL {
			return false
		}
		stored := onlyStore(alloc)
		return stored != nil && s.carries(stored, mark, depth+1)
	case *ssa.Phi:
		for _, e := range v.Edges {
			if !s.carries(e, mark, depth+1) {
				return false
			}
		}
		return true
	}
	return false
}

func (s *summarizer) callCarries(call *ssa.Call, result int, mark string, depth int) bool {
	c := call.Common()
	obj := c.Method
	args := c.Args
	if obj == nil {
		obj, _ = s.callee(c)
	}
	if obj == nil {
		return false
	}
	row := s.row(obj)
	if row == nil || len(row.Makes) == 0 {
		// A method that returns its receiver's type is a builder's: it returns
		// the receiver.
		sig := obj.Signature()
		return c.Method == nil && sig.Recv() != nil && sig.Results().Len() > 0 &&
			types.Identical(sig.Recv().Type(), sig.Results().At(0).Type()) && s.carries(args[0], mark, depth+1)
	}
	for _, m := range row.Makes {
		if m.Mark != mark || m.Result != result || m.Arg >= len(args) {
			continue
		}
		if m.Value == "mark:"+mark {
			if s.carries(args[m.Arg], mark, depth+1) {
				return true
			}
			continue
		}
		if isConst(args[m.Arg], m.Value) {
			return true
		}
	}
	return false
}

// markedBy reports whether a method called on v, which changes its receiver,
// gives it the mark.
func (s *summarizer) markedBy(v ssa.Value, mark string) bool {
	refs := v.Referrers()
	if refs == nil {
		return false
	}
	for _, ref := range *refs {
		call, ok := ref.(*ssa.Call)
		if !ok || len(call.Call.Args) == 0 || call.Call.Args[0] != v {
			continue
		}
		obj, _ := s.callee(call.Common())
		if obj == nil || obj.Signature().Recv() == nil {
			continue
		}
		if row := s.row(obj); row != nil {
			for _, m := range row.Makes {
				if m.Mark == mark && m.Arg > 0 && m.Arg < len(call.Call.Args) && isConst(call.Call.Args[m.Arg], m.Value) {
					return true
				}
			}
		}
	}
	return false
}

// isConst reports whether v is the constant that a table spells so.
func isConst(v ssa.Value, spelled string) bool {
	k, ok := v.(*ssa.Const)
	if !ok || k.Value == nil {
		return false
	}
	return k.Value.Kind() == constant.String && constant.StringVal(k.Value) == spelled || k.Value.ExactString() == spelled
}

// givesText reports whether a call is surely given a text: itself, as a field of what it
// gets, or what that was made with.
func givesText(c *ssa.CallCommon, text string) bool {
	return slices.ContainsFunc(c.Args, func(v ssa.Value) bool { return madeWith(v, text, 0) })
}

func madeWith(v ssa.Value, text string, depth int) bool {
	if depth > maxTrace {
		return false
	}
	switch v := v.(type) {
	case *ssa.Const:
		return isConst(v, text)
	case *ssa.Phi:
		return !slices.ContainsFunc(v.Edges, func(e ssa.Value) bool { return !madeWith(e, text, depth+1) })
	case *ssa.MakeInterface:
		return madeWith(v.X, text, depth+1)
	}
	if setsField(v, text) {
		return true
	}
	switch v := v.(type) {
	case *ssa.Extract:
		return madeWith(v.Tuple, text, depth+1)
	case *ssa.Call:
		return slices.ContainsFunc(v.Call.Args, func(a ssa.Value) bool { return madeWith(a, text, depth+1) })
	case *ssa.UnOp:
		if alloc, ok := v.X.(*ssa.Alloc); ok && v.Op == token.MUL {
			stored := onlyStore(alloc)
			return stored != nil && madeWith(stored, text, depth+1)
		}
	}
	return false
}

// setsField reports whether a field of what v points to is set to a text.
func setsField(v ssa.Value, text string) bool {
	refs := v.Referrers()
	if refs == nil {
		return false
	}
	for _, ref := range *refs {
		field, ok := ref.(*ssa.FieldAddr)
		if !ok {
			continue
		}
		for _, ref := range *field.Referrers() {
			if st, ok := ref.(*ssa.Store); ok && st.Addr == ssa.Value(field) && isConst(st.Val, text) {
				return true
			}
		}
	}
	return false
}

// onlyStore returns the value of the one store to a variable, or nil.
func onlyStore(alloc *ssa.Alloc) ssa.Value {
	var found ssa.Value
	for _, ref := range *alloc.Referrers() {
		if st, ok := ref.(*ssa.Store); ok && st.Addr == alloc {
			if found != nil {
				return nil
			}
			found = st.Val
		}
	}
	return found
}
