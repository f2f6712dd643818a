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
	if err := run(ctx); err != nil {
		log.Fatal(err)
	}
}

func migrate() error {
	_, err := db.ExecContext(context.Background(), "ALTER TABLE orders ADD total int")
	return err
}

func run(ctx context.Context) error {
	srv := &http.Server{Addr: ":8080", ReadHeaderTimeout: time.Second}
	go func() {
		<-ctx.Done()
		bye, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		srv.Shutdown(bye)
	}()
	return srv.ListenAndServe()
}
