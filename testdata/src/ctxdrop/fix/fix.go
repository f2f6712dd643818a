// Package fix drops contexts where one edit passes them on.
package fix

import (
	"context"
	"database/sql"
	"net/http"
	"os/exec"
	"time"
)

type store struct{ db *sql.DB }

func (s *store) load(ctx context.Context, id string) error {
	return s.db.QueryRowContext(ctx, "SELECT 1 FROM items WHERE id = ?", id).Err()
}

func (s *store) fresh(ctx context.Context, id string) error {
	return s.load(context.Background(), id) // want `ctx is not passed to load`
}

func (s *store) limited(ctx context.Context, id string) error {
	short, cancel := context.WithTimeout(context.TODO(), time.Second) // want `ctx is not passed to load`
	defer cancel()
	return s.load(short, id)
}

func (s *store) handler(w http.ResponseWriter, r *http.Request) {
	ctx := context.Background() // want `r.Context\(\) is not passed to load`
	if err := s.load(ctx, r.PathValue("id")); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func (s *store) twin(ctx context.Context, id string) (sql.Result, error) {
	return s.db.Exec("DELETE FROM items WHERE id = ?", id) // want `ctx is not passed to .*Exec: call ExecContext`
}

func (s *store) alone(ctx context.Context) error {
	return s.db.Ping() // want `ctx is not passed to .*Ping: call PingContext`
}

func request(ctx context.Context, c *http.Client, url string) (*http.Response, error) {
	req, err := http.NewRequest(http.MethodGet, url, nil) // want `ctx is not passed to .*Do.*NewRequestWithContext`
	if err != nil {
		return nil, err
	}
	return c.Do(req)
}

func command(ctx context.Context, dir string) ([]byte, error) {
	cmd := exec.Command("git", "-C", dir, "gc") // want `ctx is not passed to .*Output.*CommandContext`
	return cmd.Output()
}

// A closure may have a variable of that name.
func (s *store) shadowed(ctx context.Context, ids []string) error {
	each := func(ctx string) error {
		return s.load(context.Background(), ctx) // want `ctx is not passed to load`
	}
	for _, id := range ids {
		if err := each(id); err != nil {
			return err
		}
	}
	return nil
}

// The context is at hand already, under that name.
func (s *store) forgetful(ctx context.Context, id string) error {
	if id == "" {
		return context.Cause(ctx)
	}
	ctx = context.Background() // want `ctx is not passed to load`
	return s.load(ctx, id)
}

// There is nothing to write.
func (s *store) blank(_ context.Context, id string) error {
	return s.load(context.Background(), id) // want `the ignored context is not passed to load`
}

// The edit is more than a line.
func get(ctx context.Context, url string) (*http.Response, error) {
	return http.Get(url) // want `ctx is not passed to http.Get: use http.NewRequestWithContext`
}
