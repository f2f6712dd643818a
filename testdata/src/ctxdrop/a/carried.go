package a

import (
	"context"
	"database/sql"
	"net/http"
)

type requestKey struct{}

type shop struct{ db *sql.DB }

// That the request is a value of the fresh context does not say that it may go on.
func (s *shop) carriesRequest(w http.ResponseWriter, r *http.Request) {
	ctx := context.WithValue(context.Background(), requestKey{}, r) // want `r\.Context\(\) is not passed to \(\*sql\.DB\)\.ExecContext, which blocks on the database: ExecContext gets context\.Background\(\)`
	if _, err := s.db.ExecContext(ctx, "INSERT INTO orders DEFAULT VALUES"); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func (s *shop) carriesAddress(w http.ResponseWriter, r *http.Request) {
	ctx := context.WithValue(context.Background(), requestKey{}, r.RemoteAddr) // want `r\.Context\(\) is not passed to`
	if _, err := s.db.ExecContext(ctx, "INSERT INTO orders DEFAULT VALUES"); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// AppContext is a context with what the program adds.
type AppContext struct {
	context.Context
	user string
}

func (s *shop) own(ctx AppContext) error {
	_, err := s.db.Exec("INSERT INTO orders DEFAULT VALUES") // want `ctx\.Context is not passed to \(\*sql\.DB\)\.Exec`
	return err
}

func (s *shop) ownByPointer(ctx *AppContext) error {
	_, err := s.db.ExecContext(context.Background(), "INSERT INTO orders DEFAULT VALUES") // want `ctx\.Context is not passed to`
	return err
}

func (s *shop) ownPassed(ctx AppContext) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO orders DEFAULT VALUES")
	return err
}

func (s *shop) ownFieldPassed(ctx *AppContext) error {
	_, err := s.db.ExecContext(ctx.Context, "INSERT INTO orders DEFAULT VALUES")
	return err
}

func (s *shop) ownDerived(ctx *AppContext) error {
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	_, err := s.db.ExecContext(inner, "INSERT INTO orders DEFAULT VALUES")
	return err
}

func (s *shop) ownWrapped(ctx AppContext) error {
	return s.ownPassed(AppContext{ctx.Context, "root"})
}

// A worker that embeds what ends it is no context by its name.
type worker struct {
	context.Context
	db *sql.DB
}

func drain(w *worker) error {
	_, err := w.db.Exec("DELETE FROM orders")
	return err
}
