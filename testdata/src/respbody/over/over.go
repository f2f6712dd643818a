// Package over leaves bodies open whose request ends when the function returns, and
// some whose request goes on.
package over

import (
	"context"
	"errors"
	"net/http"
	"time"
)

var errStatus = errors.New("status")

func deferred(ctx context.Context, u string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return errStatus
	}
	return resp.Body.Close()
}

func literal(ctx context.Context, u string) error {
	ctx, cancel := context.WithCancel(context.WithValue(ctx, errStatus, u))
	defer func() { cancel() }()
	req, err := http.NewRequest(http.MethodGet, u, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req.WithContext(ctx))
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return errStatus
	}
	return resp.Body.Close()
}

func served(w http.ResponseWriter, r *http.Request) {
	req, err := http.NewRequestWithContext(r.Context(), http.MethodGet, "http://upstream.example/", nil)
	if err != nil {
		return
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return
	}
	if resp.StatusCode != http.StatusOK {
		w.WriteHeader(resp.StatusCode)
		return
	}
	resp.Body.Close()
}

// later cancels only when the caller has gone on.
func later(ctx context.Context, u string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Hour)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u, nil)
	if err != nil {
		cancel()
		return err
	}
	resp, err := http.DefaultClient.Do(req) // want `response body from http.DefaultClient.Do is not closed when the function returns at line 79`
	if err != nil {
		cancel()
		return err
	}
	if resp.StatusCode != http.StatusOK {
		go cancel()
		return errStatus
	}
	cancel()
	return resp.Body.Close()
}

func passed(ctx context.Context, u string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req) // want `response body from http.DefaultClient.Do is not closed when the function returns at line 95`
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return errStatus
	}
	return resp.Body.Close()
}

// other ends a context that is not the request's.
func other(ctx context.Context, u string) error {
	child, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	<-child.Done()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req) // want `response body from http.DefaultClient.Do is not closed when the function returns at line 114`
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return errStatus
	}
	return resp.Body.Close()
}

// some ends it on one of two ways only.
func some(ctx context.Context, u string, quick bool) error {
	if quick {
		c, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		ctx = c
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req) // want `response body from http.DefaultClient.Do is not closed when the function returns at line 135`
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return errStatus
	}
	return resp.Body.Close()
}

// relay sends a request on that somebody else made.
type relay struct{ next http.RoundTripper }

func (t relay) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := t.next.RoundTrip(r) // want `response body from t.next.RoundTrip is not closed when the function returns at line 149`
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, errStatus
	}
	return resp, nil
}

func forgotten(w http.ResponseWriter, r *http.Request) {
	req, err := http.NewRequestWithContext(r.Context(), http.MethodGet, "http://upstream.example/", nil)
	if err != nil {
		return
	}
	resp, err := http.DefaultClient.Do(req) // want `response body from http.DefaultClient.Do is never closed`
	if err != nil {
		return
	}
	w.WriteHeader(resp.StatusCode)
}
