package a

import (
	"context"
	"database/sql"
	"net/http"
)

type shelf struct{ db *sql.DB }

func (s *shelf) lookUp(ctx context.Context, name string) error {
	_, err := s.db.ExecContext(ctx, "SELECT 1 FROM shelf WHERE name = $1", name)
	return err
}

func (s *shelf) deleteBook(ctx context.Context, name string) error {
	_, err := s.db.ExecContext(ctx, "DELETE FROM shelf WHERE name = $1", name)
	return err
}

// What only looks need not go on when the client has left.
func (s *shelf) show(w http.ResponseWriter, r *http.Request) {
	if err := s.lookUp(context.Background(), r.URL.Path); err != nil { // want `r\.Context\(\) is not passed to lookUp`
		http.Error(w, err.Error(), http.StatusNotFound)
	}
}

// A worker's context ends with the program, which must not wait.
func (s *shelf) sweep(ctx context.Context, names []string) error {
	for _, name := range names {
		if err := s.deleteBook(context.Background(), name); err != nil { // want `ctx is not passed to deleteBook`
			return err
		}
	}
	return ctx.Err()
}
