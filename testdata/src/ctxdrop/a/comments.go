package a

import (
	"context"
	"database/sql"
)

type saver struct{ db *sql.DB }

func (s *saver) later(ctx context.Context) error {
	// TODO: pass ctx instead of context.Background().
	_, err := s.db.ExecContext(context.Background(), "INSERT INTO payments VALUES (1)") // want `ctx is not passed to \(\*sql.DB\).ExecContext`
	return err
}

func (s *saver) far(ctx context.Context) error {
	// The order is cancelled first.
	s.forget()

	_, err := s.db.ExecContext(context.Background(), "INSERT INTO payments VALUES (1)") // want `ctx is not passed to \(\*sql.DB\).ExecContext`
	return err
}

func (s *saver) behind(ctx context.Context) error {
	_, err := s.db.ExecContext(context.Background(), "INSERT INTO payments VALUES (1)") // want `ctx is not passed to \(\*sql.DB\).ExecContext`
	// Not cancelled with the request.
	s.forget()
	return err
}

func (s *saver) forget() {}
