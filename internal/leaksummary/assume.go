package leaksummary

import (
	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// Assumed implements obligation.Effects.
func (s *summarizer) Assumed(c *ssa.CallCommon) ([]leakapi.Assume, bool) {
	obj, fn := s.callee(c)
	if c.IsInvoke() {
		obj = c.Method
	}
	if obj == nil {
		return nil, true
	}
	if row := s.row(obj); row != nil {
		return row.Assumes, !row.Fails
	}
	if fn != nil {
		return s.assumesOf(fn), true
	}
	return nil, true
}

// assumesOf returns what must hold for the parameters of fn if it returns: what
// the calls assume that every one of its returns has behind it.
func (s *summarizer) assumesOf(fn *ssa.Function) []leakapi.Assume {
	found, ok := s.assumes[fn]
	if ok {
		return found
	}
	s.assumes[fn] = nil // recursion
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			assumed, _ := s.Assumed(call.Common())
			for _, a := range assumed {
				if a.Arg >= len(call.Call.Args) {
					continue
				}
				prm, ok := call.Call.Args[a.Arg].(*ssa.Parameter)
				if ok && prm.Parent() == fn && beforeReturns(b) {
					a.Arg = paramIndex(fn, prm)
					found = append(found, a)
				}
			}
		}
	}
	s.assumes[fn] = found
	return found
}

// beforeReturns reports whether every return of b's function has b behind it.
func beforeReturns(b *ssa.BasicBlock) bool {
	for _, r := range b.Parent().Blocks {
		if _, ok := r.Instrs[len(r.Instrs)-1].(*ssa.Return); ok && !b.Dominates(r) {
			return false
		}
	}
	return true
}

func paramIndex(fn *ssa.Function, prm *ssa.Parameter) int {
	for i, p := range fn.Params {
		if p == prm {
			return i
		}
	}
	return -1
}
