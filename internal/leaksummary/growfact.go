package leaksummary

import (
	"encoding/binary"
	"fmt"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/growth"
	"github.com/leakvet/leakvet/internal/leakapi"
)

// exportedHeld returns what a function does with containers that it is given, or
// that its receiver is.
func (s *summarizer) exportedHeld(fn *ssa.Function, obj *types.Func) []growth.Held {
	var out []growth.Held
	// Of what is fetched, most bodies are left out where only facts are wanted.
	if recv := receiverOf(obj); recv != nil && !s.fetched(obj.Pos()) {
		if field := s.growth.like[recv]; field != nil && !s.emptied(recv, field) {
			if h, ok := s.growth.tracer.Method(fn, field); ok {
				out = append(out, h)
			}
		}
	}
	for i, p := range fn.Params {
		if _, ok := p.Type().Underlying().(*types.Map); ok {
			if h, ok := s.growth.tracer.Param(fn, i); ok {
				out = append(out, h)
			}
		}
	}
	return out
}

// emptied reports whether something else than a type's exported methods takes
// something out of its container.
func (s *summarizer) emptied(obj *types.TypeName, field *types.Var) bool {
	if e, ok := s.growth.emptied[obj]; ok {
		return e
	}
	e := s.growth.tracer.Emptied(field, func(fn *ssa.Function) bool {
		m, ok := fn.Object().(*types.Func)
		return ok && m.Exported() && receiverOf(m) == obj
	})
	s.growth.emptied[obj] = e
	return e
}

// receiverOf returns the named type that a method is of, or nil.
func receiverOf(obj *types.Func) *types.TypeName {
	if recv := obj.Signature().Recv(); recv != nil {
		return namedOf(recv.Type())
	}
	return nil
}

// isLike returns the field that makes a type of the package a container with
// methods of its own: it holds one container and little else.
func isLike(obj *types.TypeName, isContainer func(types.Type) (string, bool)) *types.Var {
	st, ok := obj.Type().Underlying().(*types.Struct)
	if !ok || !obj.Exported() || st.NumFields() > maxLike {
		return nil
	}
	var found *types.Var
	for f := range st.Fields() {
		if _, ok := isContainer(f.Type()); ok {
			if found != nil || f.Exported() {
				return nil
			}
			found = f
			continue
		}
		if _, basic := f.Type().Underlying().(*types.Basic); !basic && !leakapi.IsLock(f.Type()) {
			return nil
		}
	}
	return found
}

// maxLike is how many fields a type may have that is a container with methods.
const maxLike = 3

// likeContainer returns what another package's type is as a container, going by what is
// known of its methods, or nil.
func (s *summarizer) likeContainer(t types.Type) *leakapi.Container {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return nil
	}
	named = named.Origin()
	pkg := named.Obj().Pkg()
	if pkg == nil || pkg == s.pass.Pkg || leakapi.IsStd(pkg.Path()) {
		return nil
	}
	row, ok := s.growth.foreign[named.Obj()]
	if ok {
		return row
	}
	for m := range named.Methods() {
		f := s.fact(m)
		if f == nil {
			continue
		}
		for _, h := range f.Held {
			if h.Arg == 0 && h.Grows {
				row = &leakapi.Container{Noun: "map", Partly: true}
			}
		}
	}
	s.growth.foreign[named.Obj()] = row
	return row
}

// rowOf returns what is known of what a function does with containers, in the
// form that tables give it, or nil.
func rowOf(held []growth.Held) *leakapi.Growth {
	if held == nil {
		return nil
	}
	g := &leakapi.Growth{}
	for _, h := range held {
		if h.Grows && !h.Shrinks && h.Key >= 0 {
			g.Grows = append(g.Grows, leakapi.Grow{Arg: h.Arg, Key: h.Key})
		}
		if h.Shrinks {
			g.Shrinks = append(g.Shrinks, h.Arg)
		}
		g.Borrows = append(g.Borrows, h.Arg)
	}
	return g
}

func heldString(h growth.Held) string {
	s := fmt.Sprintf("reads container %d", h.Arg)
	switch {
	case h.Shrinks:
		s = fmt.Sprintf("shrinks container %d", h.Arg)
	case h.Grows && h.Key >= 0:
		s = fmt.Sprintf("grows container %d by param %d", h.Arg, h.Key)
	case h.Grows:
		s = fmt.Sprintf("grows container %d", h.Arg)
	}
	return s
}

func appendHeld(b []byte, h growth.Held) []byte {
	return append(binary.AppendUvarint(b, uint64(h.Arg)), bit(h.Grows)|bit(h.Shrinks)<<1, byte(h.Key))
}

func (d *decoder) held() growth.Held {
	h := growth.Held{Arg: d.uvarint()}
	m := d.byte()
	h.Grows, h.Shrinks, h.Key = m&1 != 0, m&2 != 0, int(int8(d.byte()))
	return h
}
