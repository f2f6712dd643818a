package sql

import (
	"database/sql"
	"errors"
)

// WANT: done
func closed(db *sql.DB) (n int, err error) {
	rows, err := db.Query("select 1")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&n); err != nil {
			return 0, err
		}
	}
	return n, rows.Err()
}

// WANT: done, open@7
func scanError(db *sql.DB) (n int, err error) {
	rows, err := db.Query("select 1")
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		if err := rows.Scan(&n); err != nil {
			return 0, err
		}
	}
	return n, rows.Close()
}

// WANT: open@6, open@8
func none(db *sql.DB) error {
	rows, err := db.Query("select 1")
	if err != nil {
		return err
	}
	if !rows.Next() {
		return errors.New("no rows")
	}
	return nil
}

// WANT: returned 0
func handedOut(db *sql.DB) (*sql.Rows, error) { return db.Query("select 1") }

type iterator struct {
	rows *sql.Rows
	err  error
}

// WANT: returned 0.0
func iterate(db *sql.DB) *iterator {
	rows, err := db.Query("select 1")
	return &iterator{rows, err}
}

// WANT: stored rows
func (it *iterator) next(db *sql.DB) {
	it.rows, it.err = db.Query("select 1")
}
