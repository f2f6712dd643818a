// Command cmd serves orders: its main function has no context but its own.
package main

import (
	"context"
	"database/sql"
	"log"
	"net/http"
	"os"
	"os/signal"
	"time"
)

var db *sql.DB

func init() {
	if err := db.PingContext(context.Background()); err != nil {
		log.Fatal(err)
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if _, err := db.Exec("CREATE TABLE IF NOT EXISTS orders (id text)"); err != nil {
		log.Fatal(err)
	}
	if err := migrate(); err != nil {
		log.Fatal(err)
	}
	if err := reindex(ctx); err != nil {
		log.Fatal(err)
	}
	if err := run(ctx); err != nil {
		log.Fatal(err)
	}
}

func migrate() error {
	_, err := db.ExecContext(context.Background(), "ALTER TABLE orders ADD total int")
	return err
}

// reindex is done once, before anything is served.
func reindex(ctx context.Context) error {
	_, err := db.Exec("REINDEX TABLE orders")
	return err
}

// refresh is done for each request.
func refresh(ctx context.Context) error {
	_, err := db.Exec("REFRESH MATERIALIZED VIEW totals") // want `ctx is not passed to \(\*sql.DB\).Exec: call ExecContext`
	return err
}

func totals(w http.ResponseWriter, r *http.Request) {
	if err := refresh(r.Context()); err != nil {
		http.Error(w, "no totals", http.StatusInternalServerError)
	}
}

func run(ctx context.Context) error {
	http.HandleFunc("/totals", totals)
	srv := &http.Server{Addr: ":8080", ReadHeaderTimeout: time.Second}
	go func() {
		<-ctx.Done()
		bye, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		srv.Shutdown(bye)
	}()
	return srv.ListenAndServe()
}
