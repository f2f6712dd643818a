// Package lib hands out responses and takes them.
package lib

import (
	"errors"
	"io"
	"net/http"
)

type Client struct {
	HTTP *http.Client
}

// Fetch returns a response that the caller must close.
func (c *Client) Fetch(u string) (*http.Response, error) {
	resp, err := c.HTTP.Get(u)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode >= 500 {
		resp.Body.Close()
		return nil, errors.New(resp.Status)
	}
	return resp, nil
}

// Open returns a body that the caller must close.
func Open(u string) (io.ReadCloser, error) {
	c := &Client{HTTP: http.DefaultClient}
	resp, err := c.Fetch(u)
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}

// Generic returns a response that the caller must close.
func Generic[T any](_ T, u string) (*http.Response, error) { return http.Get(u) }

// Discard closes what it is given.
func Discard(rc io.ReadCloser) {
	io.Copy(io.Discard, rc)
	rc.Close()
}

// Decode only reads.
func Decode(r io.Reader) (string, error) {
	b, err := io.ReadAll(r)
	return string(b), err
}

// Check closes the response if it returns an error.
func Check(resp *http.Response) error {
	if resp.StatusCode != 200 {
		resp.Body.Close()
		return errors.New(resp.Status)
	}
	return nil
}

// Retry calls f until it succeeds.
func Retry(f func() error) (err error) {
	for range 3 {
		if err = f(); err == nil {
			return nil
		}
	}
	return err
}

// Close closes t.
func Close[T io.Closer](t T) { t.Close() }

// Keep takes rc over.
func Keep(rc io.ReadCloser) { kept = append(kept, rc) }

var kept []io.ReadCloser

// Stream owns a body.
type Stream struct{ body io.ReadCloser }

// NewStream takes body over.
func NewStream(body io.ReadCloser) *Stream { return &Stream{body} }

// Read reads from the body.
func (s *Stream) Read(p []byte) (int, error) { return s.body.Read(p) }

// Close closes the body.
func (s *Stream) Close() error { return s.body.Close() }

// Counter counts what is read; it does not own the reader.
type Counter struct {
	r io.Reader
	N int
}

// NewCounter wraps r.
func NewCounter(r io.Reader) *Counter { return &Counter{r: r} }

// Read reads and counts.
func (c *Counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.N += n
	return n, err
}
