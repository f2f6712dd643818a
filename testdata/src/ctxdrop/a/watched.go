package a

import (
	"context"
	"database/sql"
	"os/exec"
	"time"
)

// A goroutine that watches another process ends nothing here.
func watchesOther(ctx context.Context) error {
	other := exec.CommandContext(ctx, "y")
	cmd := exec.Command("x") // want `ctx is not passed to \(\*exec\.Cmd\)\.Wait, which blocks on a process`
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() {
		<-ctx.Done()
		other.Process.Kill()
	}()
	return cmd.Wait()
}

// What comes first is the work itself, whatever its limit.
func limitedWork(ctx context.Context, db *sql.DB) error {
	own, cancel := context.WithTimeout(context.Background(), time.Minute) // want `ctx is not passed to \(\*sql\.DB\)\.ExecContext`
	defer cancel()
	if _, err := db.ExecContext(own, "update rows"); err != nil {
		return err
	}
	return db.PingContext(ctx)
}
