package a

import (
	"context"
	"database/sql"
	"errors"
)

func rowsNever(db *sql.DB) (bool, error) {
	rows, err := db.Query("SELECT id FROM item") // want `^result set from db\.Query is not closed when the function returns at line \d+$`
	if err != nil {
		return false, err
	}
	return rows.Next(), rows.Err()
}

func scanFails(ctx context.Context, db *sql.DB) (ids []int, err error) {
	rows, err := db.QueryContext(ctx, "SELECT id FROM item") // want `^result set from db\.QueryContext is not closed when the function returns at line \d+$`
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	rows.Close()
	return ids, rows.Err()
}

// updated asks for rows that a statement without rows does not need, and drops them.
func updated(db *sql.DB) error {
	_, err := db.Query("UPDATE item SET n = n + 1") // want `^result set from db\.Query is discarded and never closed$`
	return err
}

func paged(db *sql.DB) error {
	for from := 0; ; from += 10 {
		rows, err := db.Query("SELECT id FROM item LIMIT 10 OFFSET ?", from) // want `^result set from db\.Query is not closed before the loop at line \d+ makes the call again$`
		if err != nil {
			return err
		}
		if !rows.Next() {
			rows.Close()
			return nil
		}
	}
}

func fetch(db *sql.DB, id int) (*sql.Rows, error) {
	return db.Query("SELECT * FROM item WHERE id = ?", id)
}

func exists(db *sql.DB, id int) bool {
	rows, err := fetch(db, id) // want `^result set from fetch is not closed when the function returns at line \d+$`
	return err == nil && rows.Next()
}

func stmtNever(db *sql.DB, ids []int) error {
	st, err := db.Prepare("DELETE FROM item WHERE id = ?") // want `^statement from db\.Prepare is never closed: the function returns at line \d+$`
	if err != nil {
		return err
	}
	for _, id := range ids {
		if _, err := st.Exec(id); err != nil {
			return err
		}
	}
	return nil
}

// txOnePath rolls back when the first statement fails, not when the second does.
func txOnePath(db *sql.DB) error {
	tx, err := db.Begin() // want `^transaction from db\.Begin is not ended when the function returns at line \d+$`
	if err != nil {
		return err
	}
	if _, err := tx.Exec("DELETE FROM item"); err != nil {
		tx.Rollback()
		return err
	}
	if _, err := tx.Exec("DELETE FROM owner"); err != nil {
		return err
	}
	return tx.Commit()
}

func txNoChange(ctx context.Context, db *sql.DB, ids []int) error {
	tx, err := db.BeginTx(ctx, nil) // want `^transaction from db\.BeginTx is not ended when the function returns at line \d+$`
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return nil
	}
	for _, id := range ids {
		if _, err := tx.ExecContext(ctx, "DELETE FROM item WHERE id = ?", id); err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	return tx.Commit()
}

// txShadowed looks at the wrong error when it decides.
func txShadowed(db *sql.DB) (err error) {
	tx, err := db.Begin() // want `^transaction from db\.Begin is not ended when the function returns at line \d+$`
	if err != nil {
		return err
	}
	if _, err := tx.Exec("DELETE FROM item"); err != nil {
		return errors.New("delete")
	}
	if err != nil {
		return tx.Rollback()
	}
	return tx.Commit()
}

func reservedNever(ctx context.Context, db *sql.DB) error {
	c, err := db.Conn(ctx) // want `^connection from db\.Conn is never closed: the function returns at line \d+$`
	if err != nil {
		return err
	}
	_, err = c.ExecContext(ctx, "SET search_path TO x")
	return err
}

// pinged opens a pool for one question.
func pinged(dsn string) error {
	db, err := sql.Open("driver", dsn) // want `^database handle from sql\.Open is never closed: the function returns at line \d+$`
	if err != nil {
		return err
	}
	return db.Ping()
}

// counted leaves a handle and its statement; the handle ends both.
func counted(dsn string) (n int, err error) {
	db, err := sql.Open("driver", dsn) // want `^database handle from sql\.Open is not closed when the function returns at line \d+$`
	if err != nil {
		return 0, err
	}
	st, err := db.Prepare("SELECT COUNT(*) FROM item")
	if err != nil {
		db.Close()
		return 0, err
	}
	if err := st.QueryRow().Scan(&n); err != nil {
		return 0, err
	}
	st.Close()
	return n, db.Close()
}
