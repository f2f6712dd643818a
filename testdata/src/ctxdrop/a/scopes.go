package a

import (
	"context"
	"database/sql"
	"io"
	"net/http"
	"sync"
)

type api struct {
	db     *sql.DB
	client *http.Client
	rates  map[string]float64
}

func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	row := a.db.QueryRow("SELECT name FROM users WHERE id = ?", r.PathValue("id")) // want `r\.Context\(\) is not passed to \(\*sql\.DB\)\.QueryRow: call QueryRowContext`
	var name string
	if err := row.Scan(&name); err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	io.WriteString(w, name)
}

// proxy is registered as a handler literal.
func (a *api) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /rates", func(w http.ResponseWriter, req *http.Request) {
		resp, err := a.client.Get("http://rates/latest") // want `req\.Context\(\) is not passed to \(\*http\.Client\)\.Get`
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		defer resp.Body.Close()
		io.Copy(w, resp.Body)
	})
	return mux
}

// audited is middleware: the innermost request is the one to name.
func (a *api) audited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := a.db.Exec("INSERT INTO visits VALUES (?)", r.URL.Path); err != nil { // want `r\.Context\(\) is not passed to \(\*sql\.DB\)\.Exec: call ExecContext`
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (a *api) detached(w http.ResponseWriter, r *http.Request) {
	rows, err := a.db.QueryContext(context.Background(), "SELECT id FROM users") // want `r\.Context\(\) is not passed to \(\*sql\.DB\)\.QueryContext.*context\.Background\(\)`
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	rows.Close()
}

// priceStream is what protoc generates for a server stream.
type priceStream interface {
	Send(*order) error
	Context() context.Context
}

func (a *api) Watch(id string, stream priceStream) error {
	rows, err := a.db.Query("SELECT total FROM prices WHERE id = ?", id) // want `stream\.Context\(\) is not passed to \(\*sql\.DB\)\.Query: call QueryContext`
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		p := &order{ID: id}
		if err := rows.Scan(&p.Total); err != nil {
			return err
		}
		if err := stream.Send(p); err != nil {
			return err
		}
	}
	return rows.Err()
}

// inTx runs f in a transaction.
func inTx(ctx context.Context, db *sql.DB, f func(tx *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

func (a *api) rename(ctx context.Context, id, name string) error {
	return inTx(ctx, a.db, func(tx *sql.Tx) error {
		_, err := tx.Exec("UPDATE users SET name = ? WHERE id = ?", name, id) // want `ctx is not passed to \(\*sql\.Tx\)\.Exec: call ExecContext`
		return err
	})
}

// retrier is somebody else's: how it calls what it gets is not known, but it
// returns an error as the function does.
type retrier interface {
	Do(attempts int, f func() error) error
}

func (a *api) sync(ctx context.Context, again retrier) error {
	return again.Do(3, func() error {
		return inTx(ctx, a.db, func(tx *sql.Tx) error {
			each := func(currency string) error {
				_, err := tx.ExecContext(context.Background(), "UPDATE rates SET rate = ? WHERE currency = ?", a.rates[currency], currency) // want `ctx is not passed to \(\*sql\.Tx\)\.ExecContext.*context\.Background\(\)`
				return err
			}
			for currency := range a.rates {
				if err := each(currency); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// Called on the spot.
func (a *api) first(ctx context.Context) (id string, err error) {
	err = func() error {
		return a.db.QueryRow("SELECT min(id) FROM users").Scan(&id) // want `ctx is not passed to \(\*sql\.DB\)\.QueryRow: call QueryRowContext`
	}()
	return id, err
}

// The goroutines are waited for: they end with the request.
func (a *api) fanOut(ctx context.Context, urls []string) []error {
	errs := make([]error, len(urls))
	var wg sync.WaitGroup
	for i, u := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			resp, err := a.client.Get(u) // want `ctx is not passed to \(\*http\.Client\)\.Get`
			if err != nil {
				errs[i] = err
				return
			}
			resp.Body.Close()
		}()
	}
	wg.Wait()
	return errs
}

func (a *api) fanIn(ctx context.Context, tables []string) {
	var wg sync.WaitGroup
	for _, t := range tables {
		wg.Go(func() {
			a.db.ExecContext(context.TODO(), "ANALYZE "+t) // want `ctx is not passed to \(\*sql\.DB\)\.ExecContext.*context\.TODO\(\)`
		})
	}
	wg.Wait()
}

// The literal's own context is nearer than the one around it.
func (a *api) hooked(ctx context.Context, run func(func(ctx context.Context) error) error) error {
	return run(func(hookCtx context.Context) error {
		return a.db.Ping() // want `hookCtx is not passed to \(\*sql\.DB\)\.Ping: call PingContext`
	})
}

// A context is a context under any name and in any place.
func (a *api) forget(id string, reqCtx context.Context) error {
	_, err := a.db.Exec("DELETE FROM sessions WHERE user = ?", id) // want `reqCtx is not passed to \(\*sql\.DB\)\.Exec: call ExecContext`
	return err
}
