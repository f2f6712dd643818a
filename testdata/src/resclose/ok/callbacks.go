package ok

import (
	"database/sql"
	"errors"
	"io/fs"
	"os"
)

// A helper closes what it is given, and calls back.

func withFile(f *os.File, use func(*os.File) error) error {
	defer f.Close()
	return use(f)
}

func countsWith(name string) (n int, err error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	err = withFile(f, func(f *os.File) error {
		n++
		return nil
	})
	return n, err
}

func eachRow[T any](rows *sql.Rows, add func(T), scan func(*sql.Rows) (T, error)) error {
	defer rows.Close()
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return err
		}
		add(v)
	}
	return rows.Err()
}

func collectsRows(db *sql.DB) (out []int, err error) {
	rows, err := db.Query("select 1")
	if err != nil {
		return nil, err
	}
	err = eachRow(rows, func(n int) { out = append(out, n) }, func(r *sql.Rows) (n int, err error) {
		return n, r.Scan(&n)
	})
	return out, err
}

// A helper says whether there is one.

func openIfThere(name string) (*os.File, bool, error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	return f, true, nil
}

func sizeIfThere(name string) (int64, error) {
	f, ok, err := openIfThere(name)
	if err != nil {
		return 0, err
	}
	if !ok {
		return -1, nil
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return st.Size(), nil
}
