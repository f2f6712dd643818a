// Package app serves orders with the clients of package lib.
package app

import (
	"context"
	"net/http"

	"ctxdrop/cross/lib"
	"ctxdrop/cross/lib/transport"
)

type server struct {
	legacyInventoryClient *lib.InventoryClient
	picker                lib.Picker
	notifier              lib.Notifier
}

func (s *server) checkout(w http.ResponseWriter, r *http.Request) {
	orderID := r.PathValue("order")
	if err := s.place(r.Context(), orderID); err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}

// place is the article's case: the client may be gone, Reserve works on.
func (s *server) place(ctx context.Context, orderID string) error {
	legacyInventoryClient := s.legacyInventoryClient
	return legacyInventoryClient.Reserve(orderID) // want `ctx is not passed to Reserve, which blocks in \(\*http\.Client\)\.Do \(Reserve → post → Do\)`
}

// pick is the same behind an interface.
func (s *server) pick(w http.ResponseWriter, r *http.Request) {
	if err := s.picker.Pick(r.PathValue("order")); err != nil { // want `r\.Context\(\) is not passed to Pick, which blocks in transport\.Post \(Pick → \(\*lib\.robot\)\.Pick → Post\)`
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}

// restock hides a call behind a helper of its own.
func (s *server) restock(ctx context.Context, sku string) error { return s.refill(sku) } // want `ctx is not passed to refill, which blocks in \(\*http\.Client\)\.Do \(refill → \(\*lib\.InventoryClient\)\.Restock → Order → Do\)`

func (s *server) refill(sku string) error { return s.legacyInventoryClient.Restock(sku) }

// The literal runs while the caller waits.
func (s *server) again(ctx context.Context, url string) error {
	return lib.Retry(3, func() error {
		return transport.Post(url, nil) // want `ctx is not passed to Post: call PostContext`
	})
}

func (s *server) order(ctx context.Context, sku string) error {
	return s.legacyInventoryClient.Order(context.TODO(), sku) // want `ctx is not passed to Order, which blocks in \(\*http\.Client\)\.Do.*context\.TODO\(\)`
}

func traced(ctx context.Context, sku string, c *lib.InventoryClient) error {
	tctx := lib.WithTrace(context.Background(), sku) // want `ctx is not passed to Order, which blocks in \(\*http\.Client\)\.Do.*context\.Background\(\)`
	return c.Order(tctx, sku)
}

func honoured(ctx context.Context, sku string, c *lib.InventoryClient) error {
	if err := c.Order(ctx, sku); err != nil {
		return err
	}
	return c.Order(lib.WithTrace(ctx, sku), sku)
}

func cutOff(ctx context.Context, sku string, c *lib.InventoryClient) error {
	return c.Order(lib.Detached(ctx), sku)
}

// What lib does with the context that it gets is not for this package to say.
func audited(ctx context.Context, c *lib.InventoryClient) error { return c.Audit(ctx) }

func harmless(ctx context.Context, sku string) (*lib.InventoryClient, error) {
	c, err := lib.NewInventoryClient("http://inventory")
	if err != nil {
		return nil, err
	}
	return c, c.Known(sku)
}

func packed(ctx context.Context, p lib.Picker, orderID string) bool { return p.Packed(orderID) }

// One of two implementations waits: which is meant is not known.
func (s *server) notify(ctx context.Context, orderID string) error { return s.notifier.Notify(orderID) }

func withOptions(ctx context.Context) error {
	if err := lib.Levels(&lib.Options{Context: ctx, Limit: 10}); err != nil {
		return err
	}
	return lib.LevelsOf(lib.Options{Context: ctx})
}

func built(ctx context.Context, url string) error {
	return lib.NewRequest(url).WithContext(ctx).Send()
}

func closes(ctx context.Context, c *lib.InventoryClient) error {
	if err := c.Order(ctx, "A1"); err != nil {
		return c.Close()
	}
	return nil
}

func registers(ctx context.Context, c *lib.InventoryClient) {
	lib.OnReady(func() error { return c.Reserve("warm-up") })
}

func cleansUp(ctx context.Context, c *lib.InventoryClient) error {
	defer c.Reserve("done")
	return c.Order(ctx, "A1")
}
