// Package inventory talks to the service that knows what is in stock.
package inventory

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"shop/problem"
)

// maxAttempts is how often a request that changes stock is tried.
const maxAttempts = 3

// Client is a client of the inventory service. It is safe for concurrent use.
type Client struct {
	base *url.URL
	http *http.Client
}

// New returns a client of the service at base, such as "http://inventory".
func New(base string, hc *http.Client) (*Client, error) {
	u, err := url.Parse(base)
	if err != nil {
		return nil, fmt.Errorf("inventory address: %w", err)
	}
	return &Client{base: u, http: hc}, nil
}

// get sends a GET request for the given path below the base address. The
// caller closes the body.
func (c *Client) get(ctx context.Context, path ...string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base.JoinPath(path...).String(), nil)
	if err != nil {
		return nil, err
	}
	// healthy: the response is the caller's
	return c.http.Do(req)
}

// post sends v as JSON. The caller closes the body.
func (c *Client) post(ctx context.Context, v any, path ...string) (*http.Response, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base.JoinPath(path...).String(), bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	return c.http.Do(req)
}

type level struct {
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
}

// Level returns how many pieces of a product are in stock.
func (c *Client) Level(ctx context.Context, sku string) (int, error) {
	// leak(respbody): an unwanted status returns before the close is deferred
	resp, err := c.get(ctx, "v1", "levels", sku)
	if err != nil {
		return 0, err
	}
	if resp.StatusCode != http.StatusOK {
		return 0, problem.FromResponse(resp)
	}
	defer resp.Body.Close()

	var l level
	if err := json.NewDecoder(resp.Body).Decode(&l); err != nil {
		return 0, fmt.Errorf("level of %s: %w", sku, err)
	}
	return l.Quantity, nil
}

// Levels returns the stock of several products.
func (c *Client) Levels(ctx context.Context, skus []string) (map[string]int, error) {
	// healthy: the close is deferred right after the error check
	resp, err := c.post(ctx, skus, "v1", "levels:batch")
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if err := problem.FromResponse(resp); err != nil {
		return nil, err
	}

	var found []level
	if err := json.NewDecoder(resp.Body).Decode(&found); err != nil {
		return nil, fmt.Errorf("levels: %w", err)
	}
	levels := make(map[string]int, len(found))
	for _, l := range found {
		levels[l.SKU] = l.Quantity
	}
	return levels, nil
}

// Restock announces that pieces of a product arrived.
func (c *Client) Restock(ctx context.Context, sku string, pieces int) error {
	var (
		resp *http.Response
		err  error
	)
	for attempt := range maxAttempts {
		// leak(respbody): the next attempt overwrites the answer of this one
		resp, err = c.post(ctx, level{sku, pieces}, "v1", "arrivals")
		if err == nil && resp.StatusCode < http.StatusInternalServerError {
			break
		}
		slog.WarnContext(ctx, "restock failed", "sku", sku, "attempt", attempt)
		if err := pause(ctx, attempt); err != nil {
			return err
		}
	}
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return problem.FromResponse(resp)
}

// WriteOff announces that pieces of a product were lost.
func (c *Client) WriteOff(ctx context.Context, sku string, pieces int) error {
	var lastErr error
	for attempt := range maxAttempts {
		// healthy: a helper closes the body before the next attempt
		resp, err := c.post(ctx, level{sku, pieces}, "v1", "losses")
		if err != nil {
			lastErr = err
		} else {
			lastErr = problem.FromResponse(resp)
			drainAndClose(resp.Body)
		}
		if lastErr == nil {
			return nil
		}
		if err := pause(ctx, attempt); err != nil {
			return err
		}
	}
	return lastErr
}

// Photo asks for the picture of a product. The caller closes the body.
func (c *Client) Photo(ctx context.Context, sku string) (*http.Response, error) {
	resp, err := c.get(ctx, "v1", "photos", sku)
	if err != nil {
		return nil, err
	}
	if err := problem.FromResponse(resp); err != nil {
		drainAndClose(resp.Body)
		return nil, err
	}
	return resp, nil
}

// drainAndClose reads what is left, so that the connection can be used again,
// and closes body.
func drainAndClose(body io.ReadCloser) {
	if _, err := io.Copy(io.Discard, body); err != nil {
		slog.Debug("drain", "err", err)
	}
	body.Close()
}

// pause waits before the next attempt; it returns early with ctx's error.
func pause(ctx context.Context, attempt int) error {
	t := time.NewTimer(100 * time.Millisecond << attempt)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
