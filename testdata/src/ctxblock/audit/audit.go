// Package audit holds what only the audit tier says: waits that most likely
// come to an end.
package audit

import (
	"context"
	"database/sql"
	"io"
	"net/http"
	"os/exec"
	"time"
)

type queue struct {
	db    *sql.DB
	jobs  chan string
	done  chan struct{}
	reply chan error
}

// Not in a loop of a goroutine.
func fetch(url string) ([]byte, error) {
	resp, err := http.Get(url) // want `nothing bounds the wait in http\.Get`
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

func install(pkg string) error {
	return exec.Command("apt-get", "install", pkg).Run() // want `nothing bounds the wait in \(\*exec\.Cmd\)\.Run`
}

func fetchInTime(url string) error {
	client := http.Client{Timeout: time.Second}
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// A driver may have limits of its own.
func (q *queue) analyze() {
	go func() {
		for range time.Tick(time.Hour) {
			q.db.Exec("ANALYZE") // want `nothing bounds the wait in \(\*sql\.DB\)\.Exec`
		}
	}()
}

// A few short sleeps.
func (q *queue) retry(ctx context.Context) (err error) {
	for range 3 {
		if err = q.step(); err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond) // want `ctx cannot end retry, which sleeps in a loop`
	}
	return err
}

func (q *queue) step() error { return nil }

// The context is looked at, a sleep too late.
func (q *queue) slow(ctx context.Context) error {
	for ctx.Err() == nil {
		q.step()
		time.Sleep(time.Minute) // want `ctx cannot end this sleep`
	}
	return ctx.Err()
}

// A goroutine that is left running may be meant to.
func (q *queue) background(ctx context.Context) {
	go func() {
		for {
			q.step()
			time.Sleep(time.Minute) // want `ctx cannot end`
		}
	}()
}

// Channels that no one is known to serve.
func (q *queue) push(ctx context.Context, job string) {
	q.jobs <- job // want `ctx cannot end this send`
}

func (q *queue) pop(ctx context.Context) string {
	return <-q.jobs // want `ctx cannot end this receive`
}

func (q *queue) either(ctx context.Context) (string, error) {
	select { // want `ctx cannot end this select`
	case job := <-q.jobs:
		return job, nil
	case err := <-q.reply:
		return "", err
	}
}

func (q *queue) served(ctx context.Context, w http.ResponseWriter) {
	if err := <-q.reply; err != nil { // want `ctx cannot end this receive`
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func (q *queue) handler(w http.ResponseWriter, r *http.Request) {
	q.jobs <- r.PathValue("job") // want `r\.Context\(\) cannot end this send`
	w.WriteHeader(http.StatusAccepted)
}

// These have another way on.
func (q *queue) pushOrEnd(ctx context.Context, job string) error {
	select {
	case q.jobs <- job:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (q *queue) tryPush(ctx context.Context, job string) bool {
	select {
	case q.jobs <- job:
		return true
	default:
		return false
	}
}

func (q *queue) pushInTime(ctx context.Context, job string) bool {
	select {
	case q.jobs <- job:
		return true
	case <-time.After(time.Second):
		return false
	}
}

func (q *queue) waitDone(ctx context.Context) {
	select {
	case <-q.done:
	case <-q.jobs:
	}
}

func (q *queue) ticked(ctx context.Context, t *time.Ticker) { <-t.C }

// The function that waits has made the channel, and what serves it.
func (q *queue) own(ctx context.Context) error {
	errs := make(chan error, 1)
	go func() { errs <- q.db.PingContext(ctx) }()
	return <-errs
}

// Loops that switch a channel off lead from one value of it to the other and
// back.
func (q *queue) switched(ctx context.Context, n int, stop chan struct{}) {
	for {
		for i := range n {
			if i == 3 {
				stop = nil
			}
		}
		if ctx.Err() != nil {
			return
		}
		<-stop
	}
}
