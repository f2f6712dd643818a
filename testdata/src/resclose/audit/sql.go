package audit

import (
	"context"
	"database/sql"
)

// endsWithTx leaves rows to the end of the transaction that gave them.
func endsWithTx(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	rows, err := tx.QueryContext(ctx, "select 1") // want `^result set from tx\.QueryContext is not closed when the function returns at line \d+$`
	if err != nil {
		return err
	}
	for rows.Next() {
		var i int
		if err := rows.Scan(&i); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func endsWithDB() error {
	db, err := sql.Open("x", "y")
	if err != nil {
		return err
	}
	defer db.Close()
	st, err := db.Prepare("select 1") // want `^statement from db\.Prepare is never closed: the function returns at line \d+$`
	if err != nil {
		return err
	}
	_, err = st.Exec()
	return err
}
