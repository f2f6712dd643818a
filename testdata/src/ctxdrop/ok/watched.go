package ok

import (
	"context"
	"database/sql"
	"errors"
	"log"
	"net/http"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// Something beside the wait ends it with the context.

func killsGroup(ctx context.Context) error {
	cmd := exec.Command("x")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		return err
	}
	done := make(chan struct{})
	defer close(done)
	go func() {
		select {
		case <-ctx.Done():
			syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		case <-done:
		}
	}()
	return cmd.Wait()
}

func interrupts(ctx context.Context) error {
	cmd := exec.Command("x")
	if err := cmd.Start(); err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { cmd.Process.Signal(os.Interrupt) })
	defer stop()
	return cmd.Wait()
}

// How the work ended is told within a time of its own.

func locked(ctx context.Context, db *sql.DB, work func(context.Context) error) error {
	if _, err := db.ExecContext(ctx, "select pg_advisory_lock(1)"); err != nil {
		return err
	}
	err := work(ctx)
	own, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if _, err := db.ExecContext(own, "select pg_advisory_unlock(1)"); err != nil {
		log.Print(err)
	}
	return err
}

func refunds(ctx context.Context, send func(context.Context, string) error, db *sql.DB) error {
	if err := send(ctx, "charge"); err != nil {
		return err
	}
	if err := send(ctx, "ship"); err != nil {
		own, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_, failed := db.ExecContext(own, "insert into refunds")
		return errors.Join(err, failed)
	}
	return nil
}

func saysWhy(w http.ResponseWriter, r *http.Request) {
	db, _ := sql.Open("x", "y")
	defer db.Close()
	// The row must be written even if the client goes away.
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if _, err := db.ExecContext(ctx, "insert into rows"); err != nil {
		w.WriteHeader(http.StatusBadGateway)
	}
}
