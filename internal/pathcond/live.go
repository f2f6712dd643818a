package pathcond

import "golang.org/x/tools/go/ssa"

// liveness says which values of a function are needed at the start of a block.
type liveness struct {
	ids  map[ssa.Value]int
	live [][]uint64 // by block
}

// liveValues computes which values of fn are needed where.
func liveValues(fn *ssa.Function) *liveness {
	l := &liveness{ids: map[ssa.Value]int{}, live: make([][]uint64, len(fn.Blocks))}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if v, ok := instr.(ssa.Value); ok {
				l.ids[v] = len(l.ids)
			}
		}
	}
	words := (len(l.ids) + 63) / 64
	for i := range l.live {
		l.live[i] = make([]uint64, words)
	}
	set := make([]uint64, words)
	var ops [8]*ssa.Value
	for changed := true; changed; {
		changed = false
		for i := len(fn.Blocks) - 1; i >= 0; i-- {
			b := fn.Blocks[i]
			clear(set)
			for _, s := range b.Succs {
				for w, bits := range l.live[s.Index] {
					set[w] |= bits
				}
				l.phiUses(b, s, set)
			}
			for j := len(b.Instrs) - 1; j >= 0; j-- {
				instr := b.Instrs[j]
				if v, ok := instr.(ssa.Value); ok {
					id := l.ids[v]
					set[id/64] &^= 1 << (id % 64)
				}
				if _, isPhi := instr.(*ssa.Phi); isPhi {
					continue
				}
				for _, op := range instr.Operands(ops[:0]) {
					l.add(set, *op)
				}
			}
			for w, bits := range set {
				if l.live[i][w] != bits {
					l.live[i][w] = bits
					changed = true
				}
			}
		}
	}
	return l
}

func (l *liveness) phiUses(from, to *ssa.BasicBlock, set []uint64) {
	for _, instr := range to.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			return
		}
		for i, p := range to.Preds {
			if p == from {
				l.add(set, phi.Edges[i])
			}
		}
	}
}

func (l *liveness) add(set []uint64, v ssa.Value) {
	if id, ok := l.ids[v]; ok {
		set[id/64] |= 1 << (id % 64)
	}
}

// at reports whether v is needed at the start of b, or is a phi of b.
func (l *liveness) at(b *ssa.BasicBlock, v ssa.Value) bool {
	if phi, ok := v.(*ssa.Phi); ok && phi.Block() == b {
		return true
	}
	id, ok := l.ids[v]
	return ok && l.live[b.Index][id/64]&(1<<(id%64)) != 0
}
