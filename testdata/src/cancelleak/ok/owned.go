package ok

import "context"

// supervised is ended by a supervisor, which finds it by reflection.
type supervised struct {
	stop context.CancelFunc //leakvet:owns
}

func supervise(ctx context.Context, run func(context.Context, any)) {
	ctx, cancel := context.WithCancel(ctx)
	s := &supervised{stop: cancel}
	run(ctx, s.stop == nil)
}
