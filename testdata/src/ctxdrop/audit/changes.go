package audit

import (
	"context"
	"database/sql"
	"net/http"
)

// files is what clients change; a change is not to stop half way.
type files struct{ db *sql.DB }

func (f *files) deleteEntry(ctx context.Context, name string) error {
	_, err := f.db.ExecContext(ctx, "DELETE FROM files WHERE name = $1", name)
	return err
}

func (f *files) moveAll(names []string) error {
	for _, name := range names {
		if err := f.deleteEntry(context.Background(), name); err != nil { // want `ctx of tidy is not passed on to moveAll`
			return err
		}
	}
	return nil
}

func (f *files) remove(w http.ResponseWriter, r *http.Request) {
	if err := f.deleteEntry(context.Background(), r.URL.Path); err != nil { // want `r\.Context\(\) is not passed to deleteEntry`
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func (f *files) move(w http.ResponseWriter, r *http.Request) {
	if err := f.moveAll(r.URL.Query()["name"]); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// Whoever else calls it is not told either.
func (f *files) tidy(ctx context.Context, names []string) error {
	if err := f.moveAll(names); err != nil {
		return err
	}
	return ctx.Err()
}
