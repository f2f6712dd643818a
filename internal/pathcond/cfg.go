package pathcond

import "golang.org/x/tools/go/ssa"

// cyclic returns, by block index, whether a block lies on a cycle (Tarjan).
func cyclic(fn *ssa.Function) []bool {
	n := len(fn.Blocks)
	var (
		index = make([]int, n)
		low   = make([]int, n)
		on    = make([]bool, n)
		loop  = make([]bool, n)
		stack []int
		next  = 1
	)
	var visit func(b *ssa.BasicBlock)
	visit = func(b *ssa.BasicBlock) {
		i := b.Index
		index[i], low[i] = next, next
		next++
		stack = append(stack, i)
		on[i] = true
		for _, s := range b.Succs {
			if index[s.Index] == 0 {
				visit(s)
				low[i] = min(low[i], low[s.Index])
			} else if on[s.Index] {
				low[i] = min(low[i], index[s.Index])
			}
			if s == b {
				loop[i] = true
			}
		}
		if low[i] != index[i] {
			return
		}
		single := stack[len(stack)-1] == i
		for {
			top := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			on[top] = false
			if !single {
				loop[top] = true
			}
			if top == i {
				return
			}
		}
	}
	for _, b := range fn.Blocks {
		if index[b.Index] == 0 {
			visit(b)
		}
	}
	return loop
}
