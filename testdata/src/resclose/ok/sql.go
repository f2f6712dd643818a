package ok

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"log"
	"time"
)

func names(ctx context.Context, db *sql.DB) (out []string, err error) {
	rows, err := db.QueryContext(ctx, "SELECT name FROM item")
	if err != nil {
		return nil, err
	}
	defer func() {
		if cerr := rows.Close(); cerr != nil {
			err = errors.Join(err, cerr)
		}
	}()
	for rows.Next() {
		var n string
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, rows.Err()
}

// noRows treats one error as an answer; the rows are nil then.
func noRows(db *sql.DB) error {
	rows, err := db.Query("SELECT 1")
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return err
	}
	defer rows.Close()
	return nil
}

func collect[T any](rows *sql.Rows, scan func(*sql.Rows) (T, error)) (out []T, err error) {
	defer rows.Close()
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

func collected(db *sql.DB) ([]int, error) {
	rows, err := db.Query("SELECT id FROM item")
	if err != nil {
		return nil, err
	}
	return collect(rows, func(r *sql.Rows) (i int, err error) {
		err = r.Scan(&i)
		return i, err
	})
}

type cursor struct {
	rows *sql.Rows
	id   int
}

func (c *cursor) Next() bool {
	return c.rows.Next() && c.rows.Scan(&c.id) == nil
}

func (c *cursor) Close() error { return c.rows.Close() }

func items(ctx context.Context, db *sql.DB) (*cursor, error) {
	rows, err := db.QueryContext(ctx, "SELECT id FROM item")
	if err != nil {
		return nil, fmt.Errorf("items: %w", err)
	}
	return &cursor{rows: rows}, nil
}

func useCursor(ctx context.Context, db *sql.DB) (n int, err error) {
	c, err := items(ctx, db)
	if err != nil {
		return 0, err
	}
	defer c.Close()
	for c.Next() {
		n++
	}
	return n, nil
}

func all(ctx context.Context, db *sql.DB) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		rows, err := db.QueryContext(ctx, "SELECT id FROM item")
		if err != nil {
			yield(0, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			var id int
			err := rows.Scan(&id)
			if !yield(id, err) {
				return
			}
		}
	}
}

func pages(db *sql.DB) error {
	for page := range 10 {
		rows, err := db.Query("SELECT id FROM item LIMIT 10 OFFSET ?", page*10)
		if err != nil {
			return err
		}
		more := rows.Next()
		if err := rows.Close(); err != nil {
			return err
		}
		if !more {
			break
		}
	}
	return nil
}

func one(db *sql.DB) (n int, err error) {
	err = db.QueryRow("SELECT COUNT(*) FROM item").Scan(&n) // Scan closes
	return n, err
}

func prepared(ctx context.Context, db *sql.DB, ids []int) error {
	st, err := db.PrepareContext(ctx, "DELETE FROM item WHERE id = ?")
	if err != nil {
		return err
	}
	defer st.Close()
	for _, id := range ids {
		if _, err := st.ExecContext(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

type store struct {
	db       *sql.DB
	get, put *sql.Stmt
}

func newStore(dsn string) (*store, error) {
	db, err := sql.Open("driver", dsn)
	if err != nil {
		return nil, err
	}
	if err := db.Ping(); err != nil {
		db.Close()
		return nil, err
	}
	s := &store{db: db}
	for _, p := range []struct {
		to *(*sql.Stmt)
		q  string
	}{{&s.get, "SELECT v FROM kv WHERE k = ?"}, {&s.put, "INSERT INTO kv VALUES (?, ?)"}} {
		if *p.to, err = db.Prepare(p.q); err != nil {
			s.Close()
			return nil, err
		}
	}
	return s, nil
}

func (s *store) Close() error {
	for _, st := range []*sql.Stmt{s.get, s.put} {
		if st != nil {
			st.Close()
		}
	}
	return s.db.Close()
}

// rolledBack leaves it to the defer; after a commit it does nothing.
func rolledBack(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "DELETE FROM item"); err != nil {
		return err
	}
	return tx.Commit()
}

func ignoredRollback(db *sql.DB) (err error) {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if _, err = tx.Exec("DELETE FROM item"); err != nil {
		return err
	}
	return tx.Commit()
}

func eachPath(db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	if _, err = tx.Exec("DELETE FROM item"); err != nil {
		if rerr := tx.Rollback(); rerr != nil {
			return fmt.Errorf("rollback: %w", rerr)
		}
		return err
	}
	if err = tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err) // ended all the same
	}
	return nil
}

func inTx(ctx context.Context, db *sql.DB, f func(*sql.Tx) error) (err error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		if p := recover(); p != nil {
			_ = tx.Rollback()
			panic(p)
		}
		if err != nil {
			_ = tx.Rollback()
			return
		}
		err = tx.Commit()
	}()
	return f(tx)
}

func finish(tx *sql.Tx, err *error) {
	if *err != nil {
		tx.Rollback()
		return
	}
	*err = tx.Commit()
}

func finished(db *sql.DB) (err error) {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer finish(tx, &err)
	_, err = tx.Exec("DELETE FROM item")
	return err
}

func viaInTx(ctx context.Context, db *sql.DB) error {
	return inTx(ctx, db, func(tx *sql.Tx) error {
		st, err := tx.PrepareContext(ctx, "DELETE FROM item WHERE id = ?") // closed with the transaction
		if err != nil {
			return err
		}
		_, err = st.ExecContext(ctx, 1)
		return err
	})
}

type txKey struct{}

// begin puts the transaction into the context that its callers hold.
func begin(ctx context.Context, db *sql.DB) (context.Context, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	return context.WithValue(ctx, txKey{}, tx), nil
}

func commit(ctx context.Context) error {
	tx, ok := ctx.Value(txKey{}).(*sql.Tx)
	if !ok {
		return errors.New("no transaction")
	}
	return tx.Commit()
}

type querier interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
}

// optional begins only if it was given none, and ends only what it began.
func optional(ctx context.Context, db *sql.DB, tx *sql.Tx) error {
	own := tx == nil
	if own {
		var err error
		if tx, err = db.BeginTx(ctx, nil); err != nil {
			return err
		}
	}
	var q querier = tx
	_, err := q.ExecContext(ctx, "DELETE FROM item")
	if !own {
		return err
	}
	if err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

func reserved(ctx context.Context, db *sql.DB) error {
	c, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	return c.PingContext(ctx)
}

// retried tries again with a transaction of its own each time.
func retried(db *sql.DB) (err error) {
	for range 3 {
		var tx *sql.Tx
		if tx, err = db.Begin(); err != nil {
			time.Sleep(time.Second)
			continue
		}
		if _, err = tx.Exec("DELETE FROM item"); err != nil {
			tx.Rollback()
			continue
		}
		if err = tx.Commit(); err == nil {
			return nil
		}
	}
	return err
}

func given(rows *sql.Rows) error {
	for rows.Next() {
		log.Print("row")
	}
	return rows.Err()
}
