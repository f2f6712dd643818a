package ok

import "iter"

func zip(a, b iter.Seq[int]) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		next, stop := iter.Pull(b)
		defer stop()
		for x := range a {
			y, ok := next()
			if !ok || !yield(x, y) {
				return
			}
		}
	}
}

// toTheEnd needs no stop: the sequence has ended.
func toTheEnd(seq iter.Seq2[int, error]) (sum int) {
	next, _ := iter.Pull2(seq)
	for {
		v, _, ok := next()
		if !ok {
			return sum
		}
		sum += v
	}
}
