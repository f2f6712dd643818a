package ok

import (
	"context"
	"database/sql"
	"net/http"
)

type saver struct{ db *sql.DB }

func (s *saver) commented(w http.ResponseWriter, r *http.Request) {
	// Use context.Background() so that the payment is saved even if the client goes away.
	s.db.ExecContext(context.Background(), "INSERT INTO payments VALUES (1)")
}

func (s *saver) commentedAbove(ctx context.Context, ids []string) error {
	// The saves go on with context.Background: half of them would be worse than none.
	tx, err := s.db.BeginTx(context.Background(), nil)
	if err != nil {
		return err
	}
	for range ids {
		if _, err := tx.ExecContext(context.Background(), "INSERT INTO payments VALUES (1)"); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// detached saves are not for the caller to cancel.
func (s *saver) documented(ctx context.Context) error {
	_, err := s.db.ExecContext(context.Background(), "INSERT INTO payments VALUES (1)")
	return err
}

func (s *saver) besides(ctx context.Context) error {
	_, err := s.db.ExecContext(context.Background(), "INSERT INTO payments VALUES (1)") // must survive the request
	return err
}

func (s *saver) below(ctx context.Context) error { return s.save("1") }

func (s *saver) save(id string) error {
	// Not cancelled with the request.
	_, err := s.db.ExecContext(context.Background(), "INSERT INTO payments VALUES (?)", id)
	return err
}
