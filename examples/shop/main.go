// Command shop is a small web shop: an example of a service that leakvet can
// be tried on.
//
// A comment that begins with leak(rule) stands before each line where the rule
// reports; one that begins with healthy stands before the same thing done well.
package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"shop/access"
	"shop/api"
	"shop/inventory"
	"shop/metrics"
	"shop/notify"
	"shop/orders"
	"shop/pricefeed"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx); err != nil {
		slog.Error("shop stopped", "err", err)
		stop()
		os.Exit(1)
	}
}

// run serves until ctx is done. The database driver named by SHOP_DB_DRIVER
// must be linked in with a blank import.
func run(ctx context.Context) error {
	db, err := sql.Open(setting("SHOP_DB_DRIVER", "postgres"), setting("SHOP_DB", ""))
	if err != nil {
		return err
	}
	defer db.Close()

	client := &http.Client{Timeout: 10 * time.Second}
	inv, err := inventory.New(setting("SHOP_INVENTORY", "http://inventory"), client)
	if err != nil {
		return err
	}
	hooks := &notify.Webhooks{
		Subscribers: strings.Fields(setting("SHOP_WEBHOOKS", "")),
		Audit:       setting("SHOP_AUDIT", ""),
		Client:      client,
	}
	for _, url := range hooks.Subscribers {
		if err := hooks.Probe(ctx, url); err != nil {
			slog.Warn("subscriber does not answer", "url", url, "err", err)
		}
	}
	outbox := &notify.Outbox{Hooks: hooks}
	go outbox.Run(context.WithoutCancel(ctx))
	shop := &api.Server{
		Orders:    orders.NewRepository(db),
		Inventory: inv,
		Reserver:  inventory.NewLegacy(setting("SHOP_WAREHOUSE", "http://warehouse"), client),
		Access:    access.NewCache(db),
		Webhooks:  hooks,
		Outbox:    outbox,
		Prices:    &pricefeed.Source{URL: setting("SHOP_PRICES", "http://prices"), Client: client},
		NewID:     rand.Text,
	}
	if err := serve(ctx, setting("SHOP_ADDR", ":8080"), shop.Routes()); err != nil {
		return err
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 15*time.Second)
	defer cancel()
	return outbox.Drain(last)
}

func serve(ctx context.Context, addr string, routes http.Handler) error {
	registry := prometheus.NewRegistry()
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	mux.Handle("/", metrics.NewVisits(registry).Wrap(metrics.NewHTTP(registry).Wrap(routes)))
	server := &http.Server{
		Addr:              addr,
		Handler:           mux,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		IdleTimeout:       2 * time.Minute,
	}
	failed := make(chan error, 1)
	go func() { failed <- server.ListenAndServe() }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	shutdown, cancel := context.WithTimeout(context.WithoutCancel(ctx), 15*time.Second)
	defer cancel()
	if err := server.Shutdown(shutdown); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// setting returns the value of an environment variable, or otherwise if it is
// not set.
func setting(name, otherwise string) string {
	return cmp.Or(os.Getenv(name), otherwise)
}
