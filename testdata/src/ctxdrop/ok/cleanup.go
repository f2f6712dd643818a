package ok

import (
	"context"
	"database/sql"
	"io"
	"net/http"
	"testing"
	"time"
)

type leases struct {
	db     *sql.DB
	client *http.Client
	held   map[string]bool
}

// What is deferred must be done even though the request is over.
func (l *leases) do(ctx context.Context, key string, f func(context.Context) error) error {
	if _, err := l.db.ExecContext(ctx, "INSERT INTO leases VALUES (?)", key); err != nil {
		return err
	}
	defer l.db.Exec("DELETE FROM leases WHERE key = ?", key)
	return f(ctx)
}

func (l *leases) doBounded(ctx context.Context, key string, f func(context.Context) error) error {
	if _, err := l.db.ExecContext(ctx, "INSERT INTO leases VALUES (?)", key); err != nil {
		return err
	}
	defer func() {
		bye, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		l.db.ExecContext(bye, "DELETE FROM leases WHERE key = ?", key)
	}()
	return f(ctx)
}

func (l *leases) doChained(ctx context.Context, key string) (err error) {
	defer func() {
		if err != nil {
			err = l.drop(key)
		}
	}()
	_, err = l.db.ExecContext(ctx, "INSERT INTO leases VALUES (?)", key)
	return err
}

func (l *leases) drop(key string) error {
	_, err := l.db.Exec("DELETE FROM leases WHERE key = ?", key)
	return err
}

func (l *leases) Shutdown(ctx context.Context) error {
	_, err := l.db.Exec("DELETE FROM leases")
	return err
}

func (l *leases) Close(ctx context.Context) error {
	_, err := l.db.ExecContext(context.Background(), "DELETE FROM leases")
	return err
}

func (l *leases) rollbackLease(ctx context.Context, key string) error { return l.drop(key) }

func (l *leases) flushHeld(ctx context.Context) (err error) {
	for key := range l.held {
		err = l.drop(key)
	}
	return err
}

func (l *leases) stopAll(ctx context.Context) error {
	return l.eachHeld(func(key string) error { return l.drop(key) })
}

func (l *leases) eachHeld(f func(key string) error) error {
	for key := range l.held {
		if err := f(key); err != nil {
			return err
		}
	}
	return nil
}

// The callee is there to clean up, whoever calls it.
func (l *leases) renew(ctx context.Context, key string) error {
	_, err := l.db.ExecContext(ctx, "UPDATE leases SET until = now() WHERE key = ?", key)
	if err != nil {
		return l.releaseLease(key)
	}
	return nil
}

func (l *leases) releaseLease(key string) error {
	_, err := l.db.Exec("DELETE FROM leases WHERE key = ?", key)
	return err
}

// Commit and Rollback answer to the context of the transaction, and closing
// waits for nobody.
func (l *leases) swap(ctx context.Context, from, to string) error {
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	stmt, err := tx.PrepareContext(ctx, "UPDATE leases SET key = ? WHERE key = ?")
	if err != nil {
		return joinClose(tx.Rollback(), nil)
	}
	defer closeAll(stmt)
	if _, err := stmt.ExecContext(ctx, to, from); err != nil {
		tx.Rollback()
		return err
	}
	return tx.Commit()
}

func joinClose(err error, c io.Closer) error {
	if c != nil {
		return c.Close()
	}
	return err
}

// closeAll is generic over what it closes; rows and connections are among it.
func closeAll[T io.Closer](all ...T) {
	for _, c := range all {
		closeOne(c)
	}
}

func closeOne[T io.Closer](c T) { _ = c.Close() }

func (l *leases) list(ctx context.Context) (keys []string, err error) {
	rows, err := l.db.QueryContext(ctx, "SELECT key FROM leases")
	if err != nil {
		return nil, err
	}
	defer closeOne(rows)
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			closeAll(rows)
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, rows.Err()
}

func (l *leases) download(ctx context.Context, url string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := l.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer closeOne(resp.Body)
	return io.ReadAll(resp.Body)
}

// seed helps tests; their contexts end with them anyway.
func seed(ctx context.Context, t *testing.T, db *sql.DB) {
	t.Helper()
	if _, err := db.Exec("INSERT INTO leases VALUES ('a')"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Exec("DELETE FROM leases") })
}

func seedAll(ctx context.Context, tb testing.TB, db *sql.DB, keys ...string) {
	for _, key := range keys {
		if _, err := db.ExecContext(context.Background(), "INSERT INTO leases VALUES (?)", key); err != nil {
			tb.Fatal(err)
		}
	}
}

var leaseDB *sql.DB

func init() {
	leaseDB, _ = sql.Open("sqlite", ":memory:")
	if err := leaseDB.PingContext(context.Background()); err != nil {
		panic(err)
	}
	leaseDB.Exec("CREATE TABLE leases (key text)")
}
