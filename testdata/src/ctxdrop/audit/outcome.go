package audit

import (
	"context"
	"database/sql"
	"net/http"
	"time"
)

// queue writes down how work has ended, for no longer than five seconds.
type queue struct{ db *sql.DB }

func (q *queue) done(id int) error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second) // want `ctx of handle is not passed on to done`
	defer cancel()
	_, err := q.db.ExecContext(ctx, "delete from q where id = $1", id)
	return err
}

func (q *queue) handle(ctx context.Context, id int, work func(context.Context) error) error {
	if err := work(ctx); err != nil {
		return err
	}
	return q.done(id)
}

// limits gives each request a context of its own, which does not end with the client.
func limits(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute) // want `r\.Context\(\) is not passed to ServeHTTP: it gets context\.Background\(\)`
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

func limitsOwn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), time.Minute)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}
