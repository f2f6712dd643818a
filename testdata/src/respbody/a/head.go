package a

import (
	"io"
	"net/http"
)

func send(c *http.Client, method, u string) (*http.Response, error) {
	r, err := http.NewRequest(method, u, nil)
	if err != nil {
		return nil, err
	}
	return c.Do(r)
}

func gets(c *http.Client, u string) (bool, error) {
	resp, err := send(c, http.MethodGet, u) // want `response body from send is never closed: the function returns at line 21`
	if err != nil {
		return false, err
	}
	return resp.StatusCode == 200, nil
}

func asksForGet(c *http.Client, r *http.Request) (io.ReadCloser, error) {
	resp, err := c.Do(r) // want `response body from c.Do is not closed when the function returns at line 30`
	if err != nil {
		return nil, err
	}
	if r.Method == http.MethodGet {
		return nil, nil
	}
	if r.Method == http.MethodHead {
		return nil, nil
	}
	return resp.Body, nil
}
