package ok

import (
	"context"
	"io"
	"net/http"
)

// The answer to HEAD has no body, whoever makes the request.

type service struct{ hc *http.Client }

func (c *service) request(ctx context.Context, method, path string) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, method, "http://x"+path, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Accept", "application/json")
	return r, nil
}

func (c *service) do(ctx context.Context, method, path string) (*http.Response, error) {
	r, err := c.request(ctx, method, path)
	if err != nil {
		return nil, err
	}
	return c.hc.Do(r)
}

func (c *service) exists(ctx context.Context, path string) (bool, error) {
	r, err := c.request(ctx, http.MethodHead, path)
	if err != nil {
		return false, err
	}
	resp, err := c.hc.Do(r)
	if err != nil {
		return false, err
	}
	return resp.StatusCode == 200, nil
}

func (c *service) does(ctx context.Context, path string) (bool, error) {
	resp, err := c.do(ctx, http.MethodHead, path)
	if err != nil {
		return false, err
	}
	return resp.StatusCode == 200, nil
}

func setsMethod(c *http.Client, r *http.Request) (int64, error) {
	r = r.Clone(r.Context())
	r.Method = http.MethodHead
	resp, err := c.Do(r)
	if err != nil {
		return 0, err
	}
	return resp.ContentLength, nil
}

func writesMethod(c *http.Client) (int, error) {
	resp, err := c.Do(&http.Request{Method: http.MethodHead})
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

func asksRequest(c *http.Client, r *http.Request) (io.ReadCloser, error) {
	resp, err := c.Do(r)
	if err != nil {
		return nil, err
	}
	if r.Method == http.MethodHead {
		return nil, nil
	}
	return resp.Body, nil
}

func asksMethod(c *http.Client, u, method string) (io.ReadCloser, error) {
	r, err := http.NewRequest(method, u, nil)
	if err != nil {
		return nil, err
	}
	resp, err := c.Do(r)
	if err != nil {
		return nil, err
	}
	switch method {
	case http.MethodHead:
		return nil, nil
	}
	return resp.Body, nil
}
