package ok

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

type checkout struct {
	db       *sql.DB
	client   *http.Client
	log      *slog.Logger
	onPaid   []func(id string) error
	once     sync.Once
	currency map[string]string
	loadErr  error
}

func (c *checkout) withoutCancel(ctx context.Context, id string) error {
	_, err := c.db.ExecContext(context.WithoutCancel(ctx), "INSERT INTO payments VALUES (?)", id)
	return err
}

func (c *checkout) withoutCancelBounded(ctx context.Context, id string) error {
	bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	_, err := c.db.ExecContext(bounded, "INSERT INTO payments VALUES (?)", id)
	return err
}

type (
	traceKey  struct{}
	loggerKey struct{}
)

func traceOf(ctx context.Context) string {
	id, _ := ctx.Value(traceKey{}).(string)
	return id
}

// What a fresh context takes along says that it was cut off on purpose.
func (c *checkout) keepsTrace(ctx context.Context, id string) error {
	detached := context.WithValue(context.Background(), traceKey{}, traceOf(ctx))
	_, err := c.db.ExecContext(detached, "INSERT INTO payments VALUES (?)", id)
	return err
}

func (c *checkout) keepsValue(ctx context.Context, id string) error {
	detached, cancel := context.WithTimeout(context.WithValue(context.Background(), loggerKey{}, ctx.Value(loggerKey{})), time.Second)
	defer cancel()
	_, err := c.db.ExecContext(detached, "INSERT INTO payments VALUES (?)", id)
	return err
}

func (c *checkout) keepsHeader(w http.ResponseWriter, r *http.Request) {
	detached := context.WithValue(context.Background(), traceKey{}, r.Header.Get("Traceparent"))
	if _, err := c.db.ExecContext(detached, "INSERT INTO payments VALUES (?)", r.PathValue("id")); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// detach is a helper for the same.
func detach(ctx context.Context) context.Context {
	return context.WithValue(context.Background(), traceKey{}, traceOf(ctx))
}

func (c *checkout) keepsByHelper(ctx context.Context, id string) error {
	_, err := c.db.ExecContext(detach(ctx), "INSERT INTO payments VALUES (?)", id)
	return err
}

// detachedContext never ends but keeps the values: a type of that kind was
// common before WithoutCancel.
type detachedContext struct{ parent context.Context }

func (d detachedContext) Deadline() (time.Time, bool) { return time.Time{}, false }
func (d detachedContext) Done() <-chan struct{}       { return nil }
func (d detachedContext) Err() error                  { return nil }
func (d detachedContext) Value(key any) any           { return d.parent.Value(key) }

func (c *checkout) keepsByType(ctx context.Context, id string) error {
	_, err := c.db.ExecContext(detachedContext{ctx}, "INSERT INTO payments VALUES (?)", id)
	return err
}

// The goroutine outlives the request by design.
func (c *checkout) async(ctx context.Context, id string) {
	go func() {
		bg, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if _, err := c.db.ExecContext(bg, "INSERT INTO audit VALUES (?)", id); err != nil {
			c.log.Error("audit", "err", err)
		}
	}()
}

func (c *checkout) asyncMethod(w http.ResponseWriter, r *http.Request) {
	go c.record(context.Background(), r.PathValue("id"))
	w.WriteHeader(http.StatusAccepted)
}

func (c *checkout) record(ctx context.Context, id string) error {
	_, err := c.db.ExecContext(ctx, "INSERT INTO audit VALUES (?)", id)
	return err
}

func (c *checkout) asyncPlain(ctx context.Context, id string) {
	go c.webhook(id)
	time.AfterFunc(time.Minute, func() { c.webhook(id) })
}

func (c *checkout) webhook(id string) {
	resp, err := c.client.Post("http://hooks/"+id, "", nil)
	if err != nil {
		c.log.Error("webhook", "err", err)
		return
	}
	resp.Body.Close()
}

// Callbacks that are kept run when the request is long gone.
func (c *checkout) stored(ctx context.Context) {
	c.onPaid = append(c.onPaid, func(id string) error {
		_, err := c.db.Exec("UPDATE orders SET paid = true WHERE id = ?", id)
		return err
	})
}

func (c *checkout) returned(ctx context.Context, id string) func() error {
	return func() error {
		_, err := c.db.ExecContext(context.Background(), "DELETE FROM holds WHERE id = ?", id)
		return err
	}
}

type subscription struct{ deliver func(id string) error }

func (c *checkout) subscribe(ctx context.Context) *subscription {
	return &subscription{deliver: func(id string) error {
		_, err := c.db.Exec("INSERT INTO inbox VALUES (?)", id)
		return err
	}}
}

// What is done once is done for all requests: the first of them must not be
// able to end it.
func (c *checkout) currencies(ctx context.Context) (map[string]string, error) {
	c.once.Do(func() {
		c.currency, c.loadErr = c.loadCurrencies(context.Background())
	})
	return c.currency, c.loadErr
}

func (c *checkout) loadCurrencies(ctx context.Context) (map[string]string, error) {
	rows, err := c.db.QueryContext(ctx, "SELECT code, name FROM currencies")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var code, name string
		if err := rows.Scan(&code, &name); err != nil {
			return nil, err
		}
		all[code] = name
	}
	return all, rows.Err()
}

// refresher is kept: its loop has a life of its own.
func startRefresher(ctx context.Context, c *checkout) *refresher {
	r := &refresher{c: c, quit: make(chan struct{})}
	go r.loop()
	return r
}

type refresher struct {
	c    *checkout
	quit chan struct{}
}

func (r *refresher) loop() {
	for {
		select {
		case <-time.After(time.Minute):
			r.c.loadCurrencies(context.Background())
		case <-r.quit:
			return
		}
	}
}

// What undoes a failed step, and what only tells of it, must get through.
func (c *checkout) hold(ctx context.Context, id string) error {
	if _, err := c.db.ExecContext(ctx, "INSERT INTO holds VALUES (?)", id); err != nil {
		c.db.Exec("INSERT INTO failures VALUES (?)", id)
		return err
	}
	if err := c.db.PingContext(ctx); err != nil {
		if _, undo := c.deleteHold(context.Background(), id); undo != nil {
			return errors.Join(err, undo)
		}
		return err
	}
	return nil
}

func (c *checkout) deleteHold(ctx context.Context, id string) (sql.Result, error) {
	return c.db.ExecContext(ctx, "DELETE FROM holds WHERE id = ?", id)
}

// graceful takes over the deadline at hand, with some time on top.
func graceful(ctx context.Context, grace time.Duration) (context.Context, context.CancelFunc) {
	deadline, ok := ctx.Deadline()
	if !ok {
		return context.WithCancel(context.Background())
	}
	return context.WithDeadline(context.Background(), deadline.Add(grace))
}

func (c *checkout) report(ctx context.Context, id string) error {
	late, cancel := graceful(ctx, time.Second)
	defer cancel()
	return c.db.QueryRowContext(late, "SELECT 1 FROM holds WHERE id = ?", id).Err()
}
