package audit

import (
	"context"
	"sync/atomic"
)

// reloader forgets the function of the state before.
type reloader struct{ cancel context.CancelFunc }

func (r *reloader) reload() {
	var ctx context.Context
	ctx, r.cancel = context.WithCancel(context.Background()) // want `^cancel function from context\.WithCancel takes the place of an earlier one in field cancel, which is not called$`
	go work(ctx)
}

func (r *reloader) Close() { r.cancel() }

// swapped forgets what it takes out of the pointer.
type swapped struct {
	cancel atomic.Pointer[context.CancelFunc]
}

func (s *swapped) restart() {
	ctx, cancel := context.WithCancel(context.Background()) // want `^cancel function from context\.WithCancel takes the place of an earlier one in field cancel, which is not called$`
	s.cancel.Store(&cancel)
	go work(ctx)
}

func (s *swapped) Close() {
	if c := s.cancel.Load(); c != nil {
		(*c)()
	}
}
