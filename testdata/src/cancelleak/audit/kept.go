package audit

import "context"

// startsAll needs all of them until it returns.
func startsAll(ctx context.Context, n int, run func(context.Context)) {
	var ctxs []context.Context
	for range n {
		c, cancel := context.WithCancel(ctx) // want `^cancel function from context\.WithCancel is called by a defer in a loop at line \d+: not before the function returns$`
		defer cancel()
		ctxs = append(ctxs, c)
	}
	for _, c := range ctxs {
		run(c)
	}
}
