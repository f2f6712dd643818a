// Package notify tells subscribers what became of an order.
package notify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
)

// Event is what a subscriber is told.
type Event struct {
	Kind    string `json:"kind"`
	OrderID string `json:"order_id"`
}

// Webhooks posts events to a fixed list of subscribers.
type Webhooks struct {
	Subscribers []string
	Audit       string // where every event is recorded
	Client      *http.Client
}

// Send tells all subscribers, best effort, and then records the event; the
// error speaks of the record alone.
func (w *Webhooks) Send(ctx context.Context, e Event) error {
	for _, url := range w.Subscribers {
		if err := w.notify(ctx, url, e); err != nil {
			slog.WarnContext(ctx, "subscriber not told", "url", url, "err", err)
		}
	}
	return w.record(ctx, e)
}

func (w *Webhooks) notify(ctx context.Context, url string, e Event) error {
	req, err := newRequest(ctx, url, e)
	if err != nil {
		return err
	}
	// leak(respbody): the answer does not matter, but its body must be closed
	_, err = w.Client.Do(req)
	return err
}

func (w *Webhooks) record(ctx context.Context, e Event) error {
	if w.Audit == "" {
		return nil
	}
	req, err := newRequest(ctx, w.Audit, e)
	if err != nil {
		return err
	}
	// healthy: only the status is wanted, and the body is closed
	resp, err := w.Client.Do(req)
	if err != nil {
		return fmt.Errorf("record %s: %w", e.OrderID, err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusAccepted {
		return errors.New("record " + e.OrderID + ": " + resp.Status)
	}
	return nil
}

func newRequest(ctx context.Context, url string, e Event) (*http.Request, error) {
	data, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	return req, nil
}
