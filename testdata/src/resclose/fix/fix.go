// Package fix has leaks that a deferred release mends.
package fix

import (
	"database/sql"
	"io"
	"os"
)

func first(db *sql.DB, limit int) (ids []int, err error) {
	rows, err := db.Query("SELECT id FROM item") // want `^result set from db\.Query is not closed when the function returns at line \d+$`
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		if ids = append(ids, id); len(ids) == limit {
			return ids, nil
		}
	}
	return ids, rows.Err()
}

func head(name string) ([]byte, error) {
	f, err := os.Open(name) // want `^file from os\.Open is not closed when the function returns at line \d+$`
	if err != nil {
		return nil, err
	}
	b := make([]byte, 16)
	if _, err := io.ReadFull(f, b); err != nil {
		return nil, err
	}
	defer f.Close()
	return b, nil
}
