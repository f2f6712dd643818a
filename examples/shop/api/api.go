// Package api serves the shop over HTTP.
package api

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	"shop/access"
	"shop/inventory"
	"shop/notify"
	"shop/orders"
	"shop/pricefeed"
)

// maxOrder bounds the size of an order.
const maxOrder = 64 << 10

// Server holds what the handlers need.
type Server struct {
	Orders    *orders.Repository
	Inventory *inventory.Client
	Reserver  inventory.Reserver
	Access    *access.Cache
	Webhooks  *notify.Webhooks
	Outbox    *notify.Outbox
	Prices    *pricefeed.Source
	NewID     func() string
}

// Routes returns the handler of all requests.
func (s *Server) Routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /orders", s.placeOrder)
	mux.HandleFunc("GET /orders/{id}", s.order)
	mux.HandleFunc("GET /products/{sku}/photo", s.photo)
	mux.HandleFunc("GET /products/{sku}/thumbnail", s.thumbnail)
	mux.HandleFunc("POST /products/{sku}/arrivals", s.arrival)
	mux.HandleFunc("POST /prices/refresh", s.refreshPrices)
	return mux
}

func (s *Server) placeOrder(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	note(r)
	var o orders.Order
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxOrder)).Decode(&o); err != nil {
		http.Error(w, "malformed order", http.StatusBadRequest)
		return
	}
	o.ID, o.Placed = s.NewID(), time.Now()
	if ok, err := s.available(ctx, o.Lines); err != nil {
		fail(w, r, err)
		return
	} else if !ok {
		http.Error(w, "out of stock", http.StatusConflict)
		return
	}
	if err := s.Orders.Save(ctx, o); err != nil {
		fail(w, r, err)
		return
	}
	// leak(ctxdrop): when the client is gone, the old warehouse is still asked
	if err := s.Reserver.Reserve(o.ID); err != nil {
		fail(w, r, err)
		return
	}
	if err := s.Webhooks.Send(ctx, notify.Event{Kind: "placed", OrderID: o.ID}); err != nil {
		slog.ErrorContext(ctx, "event not recorded", "order", o.ID, "err", err)
		if err := s.Outbox.Put(notify.Event{Kind: "placed", OrderID: o.ID}); err != nil {
			slog.ErrorContext(ctx, "event lost", "order", o.ID, "err", err)
		}
	}
	writeJSON(w, http.StatusCreated, o)
}

// available reports whether everything on the lines is in stock.
func (s *Server) available(ctx context.Context, lines []orders.Line) (bool, error) {
	if len(lines) == 1 {
		n, err := s.Inventory.Level(ctx, lines[0].SKU)
		return n >= lines[0].Pieces, err
	}
	skus := make([]string, len(lines))
	for i, l := range lines {
		skus[i] = l.SKU
	}
	levels, err := s.Inventory.Levels(ctx, skus)
	if err != nil {
		return false, err
	}
	for _, l := range lines {
		if levels[l.SKU] < l.Pieces {
			return false, nil
		}
	}
	return true, nil
}

func (s *Server) order(w http.ResponseWriter, r *http.Request) {
	o, err := s.Orders.Find(r.Context(), r.PathValue("id"))
	if err != nil {
		fail(w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, o)
}

func (s *Server) photo(w http.ResponseWriter, r *http.Request) {
	// leak(respbody): Photo leaves the body to its caller, which forgets it
	resp, err := s.Inventory.Photo(r.Context(), r.PathValue("sku"))
	if err != nil {
		fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", resp.Header.Get("Content-Type"))
	if _, err := io.Copy(w, resp.Body); err != nil {
		slog.WarnContext(r.Context(), "photo cut short", "err", err)
	}
}

func (s *Server) thumbnail(w http.ResponseWriter, r *http.Request) {
	// healthy: the same call, and the body is closed
	resp, err := s.Inventory.Photo(r.Context(), r.PathValue("sku")+"-small")
	if err != nil {
		fail(w, r, err)
		return
	}
	defer resp.Body.Close()
	w.Header().Set("Content-Type", resp.Header.Get("Content-Type"))
	if _, err := io.Copy(w, resp.Body); err != nil {
		slog.WarnContext(r.Context(), "thumbnail cut short", "err", err)
	}
}

func (s *Server) arrival(w http.ResponseWriter, r *http.Request) {
	if !s.authorize(w, r, "warehouse") {
		return
	}
	var body struct {
		Pieces int  `json:"pieces"`
		Lost   bool `json:"lost"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxOrder)).Decode(&body); err != nil {
		http.Error(w, "malformed arrival", http.StatusBadRequest)
		return
	}
	announce := s.Inventory.Restock
	if body.Lost {
		announce = s.Inventory.WriteOff
	}
	if err := announce(r.Context(), r.PathValue("sku"), body.Pieces); err != nil {
		fail(w, r, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// authorize reports whether the caller has the role; if not, it has answered.
func (s *Server) authorize(w http.ResponseWriter, r *http.Request, role string) bool {
	user, _, _ := r.BasicAuth()
	ok, err := s.Access.Allowed(r.Context(), user, role)
	if err != nil {
		fail(w, r, err)
		return false
	}
	if !ok {
		http.Error(w, "not allowed", http.StatusForbidden)
	}
	return ok
}

func fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, orders.ErrNotFound) {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	slog.ErrorContext(r.Context(), "request failed", "route", r.Pattern, "err", err)
	http.Error(w, "internal error", http.StatusInternalServerError)
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		slog.Warn("answer cut short", "err", err)
	}
}
