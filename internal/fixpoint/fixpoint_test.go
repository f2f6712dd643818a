package fixpoint

import (
	"slices"
	"testing"
)

// graph answers with all that can be reached.
type graph struct {
	Memo[int, []int]
	asked int
}

func newGraph(next func(int) []int) *graph {
	g := new(graph)
	g.Unknown = []int{-1}
	g.Equal = slices.Equal[[]int]
	g.Answer = func(n int) []int {
		g.asked++
		found := []int{n}
		for _, x := range next(n) {
			found = append(found, g.Ask(x)...)
		}
		slices.Sort(found)
		return slices.Compact(found)
	}
	return g
}

func TestOrder(t *testing.T) {
	// 0 -> 1 <-> 2 -> 3 -> 3; 2 -> 4; 5 <-> 0
	edges := [][]int{{1, 5}, {2}, {1, 3, 4}, {3}, {}, {0}}
	want := [][]int{{0, 1, 2, 3, 4, 5}, {1, 2, 3, 4}, {1, 2, 3, 4}, {3}, {4}, {0, 1, 2, 3, 4, 5}}
	for first := range edges {
		for second := range edges {
			g := newGraph(func(n int) []int { return edges[n] })
			g.Ask(first)
			g.Ask(second)
			for n := range edges {
				if got := g.Ask(n); !slices.Equal(got, want[n]) {
					t.Errorf("asked for %d and %d first: %d reaches %v, not %v", first, second, n, got, want[n])
				}
			}
			if len(g.open) != 0 {
				t.Errorf("asked for %d and %d first: %d answers are not settled", first, second, len(g.open))
			}
		}
	}
}

func TestWork(t *testing.T) {
	// Each leads to the next and to one far away, and all to each other.
	const n = 500
	g := new(Memo[int, bool])
	asked := 0
	g.Assumed, g.Equal = true, Same[bool]
	g.Answer = func(i int) bool {
		asked++
		next, far := g.Ask((i+1)%n), g.Ask((i*7+3)%n)
		return next && far && i != 77
	}
	for i := range n {
		if g.Ask(i) {
			t.Errorf("%d does not lead to 77", i)
		}
	}
	if asked > 4*n {
		t.Errorf("%d questions were answered %d times", n, asked)
	}
}

func TestChanges(t *testing.T) {
	var g Memo[int, int]
	g.Unknown, g.Equal = -1, Same[int]
	g.Answer = func(i int) int { return g.Ask(1-i) + 1 }
	if a, b := g.Ask(0), g.Ask(1); a != -1 || b != -1 {
		t.Errorf("what never settles is thought to be %d and %d", a, b)
	}
}

func TestDepth(t *testing.T) {
	g := newGraph(func(n int) []int { return []int{n + 1} })
	if got := g.Ask(0); !slices.Contains(got, -1) || len(got) != maxDepth+1 {
		t.Errorf("a chain without end: %d answers", len(got))
	}
}
