// Package lib talks to the services of a warehouse.
package lib

import (
	"context"
	"net/http"
	"strings"
	"time"

	"ctxdrop/cross/lib/transport"
)

// InventoryClient is older than contexts.
type InventoryClient struct {
	base string
	http *http.Client
}

// NewInventoryClient only stores.
func NewInventoryClient(base string) (*InventoryClient, error) {
	return &InventoryClient{base: base, http: &http.Client{Timeout: time.Minute}}, nil
}

// Reserve waits for the warehouse.
func (c *InventoryClient) Reserve(orderID string) error {
	return c.post("/reserve/" + orderID)
}

func (c *InventoryClient) post(path string) error {
	req, err := http.NewRequest(http.MethodPost, c.base+path, nil)
	if err != nil {
		return err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Restock makes a context of its own.
func (c *InventoryClient) Restock(sku string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return c.Order(ctx, sku)
}

// Order heeds its context.
func (c *InventoryClient) Order(ctx context.Context, sku string) error {
	return transport.PostContext(ctx, c.base+"/order/"+sku, nil)
}

// Known looks nothing up but in memory.
func (c *InventoryClient) Known(sku string) error {
	if !strings.HasPrefix(sku, "A") {
		return http.ErrNoLocation
	}
	return nil
}

// Close waits for the warehouse too, but is there to clean up.
func (c *InventoryClient) Close() error { return c.post("/bye") }

// Audit takes a context and forgets it: that is for this package to mend.
func (c *InventoryClient) Audit(ctx context.Context) error {
	return transport.Post(c.base+"/audit", nil) // want `ctx is not passed to Post: call PostContext`
}

// Picker is declared beside its only implementation.
type Picker interface {
	Pick(orderID string) error
	Packed(orderID string) bool
}

type robot struct{ url string }

// NewPicker returns the only Picker that there is.
func NewPicker(url string) Picker { return &robot{url} }

func (r *robot) Pick(orderID string) error {
	return transport.Post(r.url, strings.NewReader(orderID))
}

func (r *robot) Packed(orderID string) bool { return orderID != "" }

// Notifier has two implementations, one of which waits for nothing.
type Notifier interface {
	Notify(orderID string) error
}

// Webhook is a Notifier.
type Webhook struct{ URL string }

// Notify waits for the hook.
func (w Webhook) Notify(orderID string) error {
	return transport.Post(w.URL, strings.NewReader(orderID))
}

// Recorder is a Notifier.
type Recorder struct{ Seen []string }

// Notify waits for nothing.
func (r *Recorder) Notify(orderID string) error {
	r.Seen = append(r.Seen, orderID)
	return nil
}

// Options say how to fetch; a nil Context means the process's.
type Options struct {
	Context context.Context
	Limit   int
}

// Levels takes its context with its options.
func Levels(opts *Options) error {
	ctx := opts.Context
	if ctx == nil {
		ctx = context.Background()
	}
	return transport.PostContext(ctx, "http://levels", nil)
}

// LevelsOf takes them by value.
func LevelsOf(opts Options) error {
	if opts.Context == nil {
		opts.Context = context.Background()
	}
	return transport.PostContext(opts.Context, "http://levels", nil)
}

// Request is built step by step.
type Request struct {
	ctx context.Context
	url string
}

// NewRequest begins one.
func NewRequest(url string) *Request { return &Request{ctx: context.Background(), url: url} }

// WithContext sets the context of r.
func (r *Request) WithContext(ctx context.Context) *Request {
	r.ctx = ctx
	return r
}

// Send waits under the context that r has.
func (r *Request) Send() error { return transport.PostContext(r.ctx, r.url, nil) }

// WithTrace wraps.
func WithTrace(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, traceKey{}, id)
}

type traceKey struct{}

// Detached cuts off.
func Detached(ctx context.Context) context.Context { return context.WithoutCancel(ctx) }

// Retry calls f until it succeeds.
func Retry(n int, f func() error) (err error) {
	for range n {
		if err = f(); err == nil {
			return nil
		}
	}
	return err
}

// OnReady keeps f for later.
func OnReady(f func() error) { ready = append(ready, f) }

var ready []func() error
