package ok

import (
	"context"
	"sync/atomic"
)

// restarted ends what runs before it starts anew.
type restarted struct{ cancel context.CancelFunc }

func (r *restarted) restart(run func(context.Context)) {
	r.stop()
	ctx, cancel := context.WithCancel(context.Background())
	r.cancel = cancel
	go run(ctx)
}

func (r *restarted) stop() {
	if r.cancel != nil {
		r.cancel()
	}
}

// exchanged calls what it takes out.
type exchanged struct {
	cancel atomic.Pointer[context.CancelFunc]
}

func (e *exchanged) restart(run func(context.Context)) {
	ctx, cancel := context.WithCancel(context.Background())
	if old := e.cancel.Swap(&cancel); old != nil {
		(*old)()
	}
	go run(ctx)
}
