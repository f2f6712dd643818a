package audit

import "context"

func update() error { return nil }

// Whether it sends at all, only its work knows.
func servesUntil(ctx context.Context) error {
	failed := make(chan error)
	go func() {
		if err := update(); err != nil {
			failed <- err // want `^the send to failed blocks for ever when servesUntil returns at line 19, without receiving`
		}
	}()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

type server struct{ stop chan struct{} }

func (s *server) Serve() error { return nil }

// until ends with the process.
func (s *server) until() error {
	failed := make(chan error)
	go func() { failed <- s.Serve() }() // want `^the send to failed blocks for ever when until returns at line \d+`
	select {
	case err := <-failed:
		return err
	case <-s.stop:
		return nil
	}
}

// Main is all that a program's main function calls.
func Main(ctx context.Context) int {
	news := make(chan error)
	go func() { news <- update() }() // want `^the send to news blocks for ever when Main returns at line \d+`
	if ctx.Err() != nil {
		return 1
	}
	<-news
	return 0
}
