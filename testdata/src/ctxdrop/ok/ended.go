// Package ok passes its contexts on, or has a reason not to.
package ok

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"time"
)

type server struct {
	http *http.Server
	db   *sql.DB
	stop chan struct{}
	tick *time.Ticker
}

// Graceful shutdown: the context is over, so it is of no use.
func (s *server) run(ctx context.Context) error {
	go s.http.ListenAndServe()
	<-ctx.Done()
	graceful, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if _, err := s.db.ExecContext(graceful, "DELETE FROM leases WHERE host = ?", s.http.Addr); err != nil {
		slog.Warn("lease kept", "err", err)
	}
	return s.http.Shutdown(graceful)
}

func (s *server) serve(ctx context.Context) error {
	failed := make(chan error, 1)
	go func() { failed <- s.http.ListenAndServe() }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		slog.Info("stopping", "cause", context.Cause(ctx))
	}
	bye, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_, err := s.db.ExecContext(bye, "UPDATE hosts SET up = false WHERE addr = ?", s.http.Addr)
	return errors.Join(err, s.http.Shutdown(bye))
}

// The last beat is sent once the loop's context is over.
func (s *server) heartbeat(ctx context.Context) error {
	for {
		select {
		case <-s.tick.C:
			if _, err := s.db.ExecContext(ctx, "UPDATE hosts SET seen = now()"); err != nil {
				return err
			}
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.Background(), time.Second)
			defer cancel()
			_, err := s.db.ExecContext(last, "UPDATE hosts SET seen = NULL")
			return err
		}
	}
}

// The goroutine waits for the end before it does anything.
func (s *server) watch(ctx context.Context) {
	go func() {
		<-ctx.Done()
		s.db.ExecContext(context.Background(), "NOTIFY stopped")
	}()
}

func (s *server) afterErr(ctx context.Context, id string) error {
	err := s.step(ctx, id)
	if ctx.Err() != nil {
		_, err = s.db.Exec("UPDATE jobs SET state = 'aborted' WHERE id = ?", id)
	}
	return err
}

func (s *server) afterErrVar(ctx context.Context, id string) error {
	if err := s.step(ctx, id); err != nil {
		if cause := ctx.Err(); cause != nil {
			_, err = s.db.ExecContext(context.Background(), "UPDATE jobs SET cause = ? WHERE id = ?", cause.Error(), id)
		}
		return err
	}
	return nil
}

func (s *server) afterNilErr(ctx context.Context, id string) error {
	if err := ctx.Err(); err == nil {
		return s.step(ctx, id)
	}
	_, err := s.db.ExecContext(context.Background(), "UPDATE jobs SET state = 'late' WHERE id = ?", id)
	return err
}

func (s *server) afterIs(ctx context.Context, id string) error {
	err := s.step(ctx, id)
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		_, err = s.db.ExecContext(context.Background(), "UPDATE jobs SET state = 'cancelled' WHERE id = ?", id)
	}
	return err
}

func (s *server) afterEqual(ctx context.Context, id string) error {
	err := s.step(ctx, id)
	switch err {
	case context.Canceled:
		_, err = s.db.Exec("DELETE FROM jobs WHERE id = ?", id)
	}
	return err
}

func (s *server) afterCause(ctx context.Context, id string) error {
	err := s.step(ctx, id)
	if cause := context.Cause(ctx); cause != nil {
		_, err = s.db.Exec("UPDATE jobs SET cause = ? WHERE id = ?", cause.Error(), id)
	}
	return err
}

func (s *server) step(ctx context.Context, id string) error {
	_, err := s.db.ExecContext(ctx, "UPDATE jobs SET step = step + 1 WHERE id = ?", id)
	return err
}

// A process that is told to stop has contexts that are over, or soon will be.
func (s *server) onSignal(ctx context.Context) error {
	sig := make(chan os.Signal, 1)
	signal.Notify(sig, os.Interrupt)
	select {
	case <-sig:
	case <-s.stop:
	}
	bye, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_, err := s.db.ExecContext(bye, "UPDATE hosts SET up = false")
	return err
}

func (s *server) untilStopped(ctx context.Context) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	<-ctx.Done()
	_, err := s.db.Exec("UPDATE hosts SET up = false")
	return err
}

// The deadline of a step has passed, not that of the request: to retry without
// one is worth a look, not a report.
func (s *server) retry(ctx context.Context, id string) error {
	short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	err := s.step(short, id)
	if short.Err() != nil {
		_, err = s.db.ExecContext(context.Background(), "UPDATE jobs SET slow = true WHERE id = ?", id)
	}
	return err
}
