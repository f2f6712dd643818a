package ok

import (
	"database/sql"
	"embed"
	"io"
	"os"
)

// Nothing leaks here, or nobody would thank a linter for the report; each case is
// one that a rule may be tempted to speak of.

// exhausted leaves its loop only when Next says false, which closes the rows.
func exhausted(db *sql.DB) (n int, err error) {
	rows, err := db.Query("SELECT id FROM item")
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

//go:embed debatable.go
var source embed.FS

// embedded opens what is not a file of the system.
func embedded() (io.Reader, error) {
	return source.Open("debatable.go")
}

// inherited wraps a descriptor that somebody else opened.
func inherited() (string, error) {
	f := os.NewFile(3, "inherited")
	return f.Name(), f.Sync()
}

// devNull is kept by the parent for all children.
func devNull(p *os.ProcAttr) error {
	f, err := os.Open(os.DevNull)
	if err != nil {
		return err
	}
	p.Files = append(p.Files, f)
	return nil
}
