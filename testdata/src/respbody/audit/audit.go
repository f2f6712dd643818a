// Package audit has what only the audit tier tells of.
package audit

import (
	"context"
	"errors"
	"net/http"
	"time"
)

func deferred(ctx context.Context, u string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req) // want `response body from http.DefaultClient.Do is not closed when the function returns at line 23`
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return errors.New(resp.Status)
	}
	return resp.Body.Close()
}

func served(w http.ResponseWriter, r *http.Request) {
	req, err := http.NewRequestWithContext(r.Context(), http.MethodGet, "http://upstream.example/", nil)
	if err != nil {
		return
	}
	resp, err := http.DefaultClient.Do(req) // want `response body from http.DefaultClient.Do is not closed when the function returns at line 39`
	if err != nil {
		return
	}
	if resp.StatusCode != http.StatusOK {
		w.WriteHeader(resp.StatusCode)
		return
	}
	resp.Body.Close()
}
