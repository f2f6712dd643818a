// Package a holds contexts and does not pass them on.
package a

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"os/exec"
	"time"
)

type orders struct {
	db     *sql.DB
	client *http.Client
	ready  bool
}

type order struct {
	ID    string
	Total int64
}

func (o *orders) find(ctx context.Context, id string) (*order, error) {
	var found order
	row := o.db.QueryRowContext(context.Background(), "SELECT id, total FROM orders WHERE id = ?", id) // want `ctx is not passed to \(\*sql\.DB\)\.QueryRowContext.*database.*context\.Background\(\)`
	return &found, row.Scan(&found.ID, &found.Total)
}

func (o *orders) count(ctx context.Context) (n int, err error) {
	err = o.db.QueryRowContext(context.TODO(), "SELECT count(*) FROM orders").Scan(&n) // want `ctx is not passed to \(\*sql\.DB\)\.QueryRowContext.*context\.TODO\(\)`
	return n, err
}

func (o *orders) ping(ctx context.Context) error {
	if !o.ready {
		return errors.New("orders: not ready")
	}
	return o.db.PingContext(nil) // want `ctx is not passed to \(\*sql\.DB\)\.PingContext.*nil`
}

func (o *orders) archive(ctx context.Context, before time.Time) error {
	tctx, cancel := context.WithTimeout(context.Background(), time.Minute) // want `ctx is not passed to \(\*sql\.DB\)\.ExecContext.*context\.Background\(\)`
	defer cancel()
	_, err := o.db.ExecContext(tctx, "INSERT INTO archive SELECT * FROM orders WHERE placed < ?", before)
	return err
}

func (o *orders) refresh(ctx context.Context, view string) error {
	dctx, cancel := context.WithDeadline(
		context.WithValue(context.TODO(), viewKey{}, view), // want `ctx is not passed to \(\*sql\.DB\)\.ExecContext.*context\.TODO\(\)`
		time.Now().Add(time.Minute),
	)
	defer cancel()
	_, err := o.db.ExecContext(dctx, "REFRESH MATERIALIZED VIEW "+view)
	return err
}

type viewKey struct{}

func (o *orders) export(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx = context.Background() // want `ctx is not passed to \(\*sql\.DB\)\.QueryContext.*context\.Background\(\)`
	rows, err := o.db.QueryContext(ctx, "SELECT id FROM orders")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
	}
	return rows.Err()
}

// Two calls under one fresh context are one finding.
func (o *orders) move(ctx context.Context, from, to string) error {
	bg := context.Background() // want `ctx is not passed to \(\*sql\.DB\)\.BeginTx.*context\.Background\(\)`
	tx, err := o.db.BeginTx(bg, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(bg, "UPDATE items SET shelf = ? WHERE shelf = ?", to, from); err != nil {
		return err
	}
	return tx.Commit()
}

var background = context.Background()

func (o *orders) total(ctx context.Context, customer string) (sum int64, err error) {
	row := o.db.QueryRowContext(background, "SELECT sum(total) FROM orders WHERE customer = ?", customer) // want `ctx is not passed to \(\*sql\.DB\)\.QueryRowContext.*background`
	return sum, row.Scan(&sum)
}

// queryContext forgets that its callers have a context.
func queryContext() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), 5*time.Second)
}

func (o *orders) rename(ctx context.Context, id, name string) error {
	qctx, cancel := queryContext() // want `ctx is not passed to \(\*sql\.DB\)\.ExecContext.*queryContext`
	defer cancel()
	_, err := o.db.ExecContext(qctx, "UPDATE orders SET name = ? WHERE id = ?", name, id)
	return err
}

// load forwards its context to what blocks.
func (o *orders) load(ctx context.Context, id string) (*order, error) {
	var found order
	row := o.db.QueryRowContext(ctx, "SELECT id, total FROM orders WHERE id = ?", id)
	return &found, row.Scan(&found.ID, &found.Total)
}

// loadAll forwards it twice over.
func (o *orders) loadAll(ctx context.Context, ids []string) (all []*order, err error) {
	for _, id := range ids {
		found, err := o.load(ctx, id)
		if err != nil {
			return nil, err
		}
		all = append(all, found)
	}
	return all, nil
}

func (o *orders) merge(ctx context.Context, a, b string) (int64, error) {
	both, err := o.loadAll(context.Background(), []string{a, b}) // want `ctx is not passed to loadAll.*QueryRowContext.*context\.Background\(\)`
	if err != nil {
		return 0, err
	}
	return both[0].Total + both[1].Total, nil
}

// The branches agree that the caller's context is not wanted.
func (o *orders) reindex(ctx context.Context, full bool) error {
	var rctx context.Context
	if full {
		rctx = context.Background() // want `ctx is not passed to \(\*sql\.DB\)\.ExecContext.*context\.Background\(\)`
	} else {
		rctx = context.TODO()
	}
	_, err := o.db.ExecContext(rctx, "REINDEX TABLE orders")
	return err
}

// A request carries the context that it was made with.
func (o *orders) notify(ctx context.Context, hook string) error {
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, hook, nil) // want `ctx is not passed to \(\*http\.Client\)\.Do.*network.*context\.Background\(\)`
	if err != nil {
		return err
	}
	resp, err := o.client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (o *orders) invoice(ctx context.Context, id string) ([]byte, error) {
	cmd := exec.CommandContext(context.Background(), "invoice", "--order", id) // want `ctx is not passed to \(\*exec\.Cmd\)\.Output.*process.*context\.Background\(\)`
	return cmd.Output()
}

// The values of a call's arguments do not tie a fresh context to the request.
func (o *orders) label(ctx context.Context, id string) error {
	lctx := context.WithValue(context.Background(), viewKey{}, id) // want `ctx is not passed to \(\*sql\.DB\)\.ExecContext.*context\.Background\(\)`
	_, err := o.db.ExecContext(lctx, "UPDATE orders SET label = printed WHERE id = ?", id)
	return err
}
