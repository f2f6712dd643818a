package a

import (
	"context"
	"database/sql"
	"net/http"
	"time"
)

type accounts struct {
	db     *sql.DB
	client *http.Client
}

func (a *accounts) Balance(_ context.Context, id string) (cents int64, err error) {
	row := a.db.QueryRow("SELECT cents FROM accounts WHERE id = ?", id) // want `ignored context is not passed to \(\*sql\.DB\)\.QueryRow: call QueryRowContext`
	return cents, row.Scan(&cents)
}

func (a *accounts) Deposit(context.Context, string, int64) error {
	_, err := a.db.Exec("UPDATE accounts SET cents = cents + 1") // want `ignored context is not passed to \(\*sql\.DB\)\.Exec: call ExecContext`
	return err
}

func (a *accounts) Close(ctx context.Context, id string) error {
	_, err := a.db.Exec("DELETE FROM accounts WHERE id = ?", id) // a closing function may well want to be done
	return err
}

func (a *accounts) Freeze(ctx context.Context, id string) error {
	_, err := a.db.Exec("UPDATE accounts SET frozen = true WHERE id = ?", id) // want `ctx is not passed to \(\*sql\.DB\)\.Exec: call ExecContext`
	return err
}

func (a *accounts) Verify(_ context.Context, id string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second) // want `ignored context is not passed to \(\*http\.Client\)\.Do.*context\.Background\(\)`
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://bank/verify/"+id, nil)
	if err != nil {
		return err
	}
	resp, err := a.client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (a *accounts) Merge(_ context.Context, from, to string) error {
	return a.transfer(from, to) // want `ignored context is not passed to transfer, which blocks in \(\*sql\.DB\)\.Exec`
}

func (a *accounts) transfer(from, to string) error {
	_, err := a.db.Exec("UPDATE entries SET account = ? WHERE account = ?", to, from)
	return err
}
