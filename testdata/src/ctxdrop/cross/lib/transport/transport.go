// Package transport is what package lib is made of.
package transport

import (
	"context"
	"io"
	"net/http"
)

// Post sends body and waits for the answer's head.
func Post(url string, body io.Reader) error {
	resp, err := http.Post(url, "application/json", body)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// PostContext is Post under a context.
func PostContext(ctx context.Context, url string, body io.Reader) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, body)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
