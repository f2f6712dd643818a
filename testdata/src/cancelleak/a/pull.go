package a

import "iter"

// firstOf pulls one value and leaves the sequence waiting.
func firstOf(seq iter.Seq[int]) (int, bool) {
	next, _ := iter.Pull(seq) // want `^stop function from iter\.Pull is discarded and never called$`
	return next()
}

func firstEven(seq iter.Seq[int]) int {
	next, stop := iter.Pull(seq) // want `^stop function from iter\.Pull is not called when the function returns at line \d+$`
	for {
		v, ok := next()
		if !ok {
			stop()
			return 0
		}
		if v%2 == 0 {
			return v
		}
	}
}
