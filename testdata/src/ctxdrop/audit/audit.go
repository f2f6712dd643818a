// Package audit holds what only the audit tier says: contexts that may well be
// left out.
package audit

import (
	"context"
	"database/sql"
	"net"
	"net/http"
	"net/smtp"
	"time"
)

type reports struct {
	ctx    context.Context
	db     *sql.DB
	client *http.Client
}

// A goroutine that is left running may outlive the request by design.
func (s *server) enqueue(ctx context.Context, id string) {
	go func() {
		s.db.Exec("INSERT INTO queue VALUES (?)", id) // want `ctx is not passed to \(\*sql\.DB\)\.Exec: call ExecContext`
	}()
}

func (s *server) enqueueFresh(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	go func() {
		bg, cancel := context.WithTimeout(context.Background(), time.Minute) // want `r\.Context\(\) is not passed to \(\*sql\.DB\)\.ExecContext.*context\.Background\(\)`
		defer cancel()
		s.db.ExecContext(bg, "INSERT INTO queue VALUES (?)", id)
	}()
	w.WriteHeader(http.StatusAccepted)
}

type server struct{ db *sql.DB }

// A receiver's context often lives as long as the process.
func (r *reports) daily(day string) error {
	_, err := r.db.Exec("REFRESH MATERIALIZED VIEW daily") // want `r\.ctx is not passed to \(\*sql\.DB\)\.Exec: call ExecContext`
	return err
}

func (r *reports) weekly() error {
	_, err := r.db.ExecContext(context.Background(), "REFRESH MATERIALIZED VIEW weekly") // want `r\.ctx is not passed to \(\*sql\.DB\)\.ExecContext.*context\.Background\(\)`
	return err
}

func (r *reports) monthly() error {
	_, err := r.db.ExecContext(r.ctx, "REFRESH MATERIALIZED VIEW monthly")
	return err
}

// A parameter is nearer than the receiver's, and makes it a finding of the
// default tier.
func (r *reports) yearly(ctx context.Context) error {
	_, err := r.db.Exec("REFRESH MATERIALIZED VIEW yearly") // want `ctx is not passed to \(\*sql\.DB\)\.Exec: call ExecContext`
	return err
}

// Only the deadline of a step has passed.
func (r *reports) slow(ctx context.Context, id string) error {
	short, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if _, err := r.db.ExecContext(short, "SELECT 1"); err == nil || short.Err() == nil {
		return err
	}
	_, err := r.db.ExecContext(context.Background(), "UPDATE reports SET slow = true WHERE id = ?", id) // want `ctx is not passed to \(\*sql\.DB\)\.ExecContext.*context\.Background\(\)`
	return err
}

// Nothing below has a form that takes a context.
func (r *reports) mail(ctx context.Context, to string) error {
	return r.deliver(to) // want `ctx is not passed to deliver, which blocks in smtp\.SendMail`
}

func (r *reports) deliver(to string) error {
	return smtp.SendMail("mail:25", nil, "reports@example.org", []string{to}, nil)
}

// The wait is short.
func (r *reports) listen(ctx context.Context) (net.Listener, error) {
	return net.Listen("tcp", "localhost:0") // want `ctx is not passed to net\.Listen: use net\.ListenConfig\.Listen`
}

// The silences of the default tier hold here too.
func (r *reports) stopped(ctx context.Context) error {
	<-ctx.Done()
	_, err := r.db.Exec("DELETE FROM reports")
	return err
}

func (r *reports) closeAll(ctx context.Context) error {
	_, err := r.db.Exec("DELETE FROM reports")
	return err
}

func (r *reports) deferred(ctx context.Context) error {
	defer r.db.Exec("DELETE FROM reports")
	return r.db.PingContext(ctx)
}

func (r *reports) detached(ctx context.Context) error {
	return r.db.PingContext(context.WithoutCancel(ctx))
}

// What is behind an interface from elsewhere cannot be seen.
type archive interface {
	Put(ctx context.Context, id string) error
}

func (r *reports) keep(ctx context.Context, a archive, id string) error {
	return a.Put(context.Background(), id) // want `ctx is not passed to Put: it gets context\.Background\(\)`
}

func (r *reports) call(ctx context.Context, do func(context.Context) error) error {
	return do(context.TODO()) // want `ctx is not passed to a function: it gets context\.TODO\(\)`
}

type totals struct{ db *sql.DB }

// Count may have callers that hold a context.
func (t *totals) Count() error {
	return t.db.PingContext(context.Background()) // want `Count takes no context for \(\*sql\.DB\)\.PingContext.*context\.Background\(\)`
}

// Sum has a twin: callers can choose.
func (t *totals) Sum() error { return t.SumContext(context.Background()) }

func (t *totals) SumContext(ctx context.Context) error { return t.db.PingContext(ctx) }

func (t *totals) count() error { return t.db.PingContext(context.Background()) }
