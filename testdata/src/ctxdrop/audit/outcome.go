package audit

import (
	"context"
	"database/sql"
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
