package a

import "context"

type unsupervised struct{ stop context.CancelFunc }

func unsupervise(ctx context.Context, run func(context.Context, any)) {
	ctx, cancel := context.WithCancel(ctx) // want `^cancel function from context\.WithCancel is never called: the function returns at line 11$`
	s := &unsupervised{stop: cancel}
	run(ctx, s.stop == nil)
}
