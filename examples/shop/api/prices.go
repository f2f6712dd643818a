package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"shop/pricefeed"
)

// currency is what all prices must be in.
const currency = "EUR"

// loadWithin is how long the supplier may take to send all prices.
const loadWithin = 10 * time.Minute

// refreshPrices loads the supplier's prices: the whole list, today's changes,
// or the list named in the query.
func (s *Server) refreshPrices(w http.ResponseWriter, r *http.Request) {
	if !s.authorize(w, r, "buyer") {
		return
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	// leak(timerleak): the guard keeps the request for long after it is done
	time.AfterFunc(loadWithin, cancel)
	if err := s.loadPrices(ctx, r.URL.Query().Get("list")); err != nil {
		fail(w, r, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *Server) loadPrices(ctx context.Context, list string) error {
	got, err := s.Prices.Currency(ctx)
	if err != nil {
		return err
	}
	if got != currency {
		return fmt.Errorf("prices are in %s, not %s", got, currency)
	}
	var prices []pricefeed.Price
	switch list {
	case "":
		prices, err = s.Prices.Full(ctx)
	case "changes":
		prices, err = s.Prices.Changes(ctx)
	default:
		return s.loadList(ctx, list)
	}
	if err != nil {
		return err
	}
	for _, p := range prices {
		if err := s.Orders.SetPrice(ctx, p.SKU, p.Cents); err != nil {
			return err
		}
	}
	return nil
}

// loadList stores prices while the list is still coming in.
func (s *Server) loadList(ctx context.Context, name string) error {
	list, err := s.Prices.Open(ctx, name)
	if err != nil {
		return err
	}
	defer list.Close()
	for {
		p, err := list.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := s.Orders.SetPrice(ctx, p.SKU, p.Cents); err != nil {
			return err
		}
	}
}
