package leaksummary

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// takesBack reports whether what an instruction puts into a container may be taken
// out or replaced before the function returns.
func (s *summarizer) takesBack(put ssa.Instruction, site *CacheSite, c *container) bool {
	for _, b := range put.Parent().Blocks {
		for i, instr := range b.Instrs {
			if up, ok := instr.(*ssa.MapUpdate); ok && instr != put && site.Key != nil && put.Block().Dominates(b) &&
				(b != put.Block() || i > slices.Index(b.Instrs, put)) && s.containerOf(up.Map) == c.v && sameKey(up.Key, site.Key) {
				return true
			}
			call, ok := instr.(ssa.CallInstruction)
			if d, isDefer := instr.(*ssa.Defer); isDefer && s.evictsIn(d, c) {
				return true
			}
			if !ok || !s.evictsFrom(call.Common(), c) {
				continue
			}
			if b != put.Block() && reaches(put.Block(), b, nil) || b == put.Block() && i > slices.Index(b.Instrs, put) {
				return true
			}
			if _, ok := call.(*ssa.Defer); ok {
				return true
			}
		}
	}
	return false
}

// evictsIn reports whether a deferred function literal takes entries out of a container.
func (s *summarizer) evictsIn(d *ssa.Defer, c *container) bool {
	mc, ok := d.Call.Value.(*ssa.MakeClosure)
	if !ok {
		return false
	}
	for _, b := range mc.Fn.(*ssa.Function).Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok && s.evictsFrom(call.Common(), c) {
				return true
			}
		}
	}
	return false
}

func (s *summarizer) evictsFrom(call *ssa.CallCommon, c *container) bool {
	if b, ok := call.Value.(*ssa.Builtin); ok {
		return (b.Name() == "delete" || b.Name() == "clear") && s.containerOf(call.Args[0]) == c.v
	}
	obj := s.named(call)
	if obj == nil {
		return false
	}
	if row := s.cacheRow(obj); row != nil && row.Evicts != nil {
		return s.containerOf(call.Args[0]) == c.v
	}
	return c.evicts[obj.Origin()]
}
