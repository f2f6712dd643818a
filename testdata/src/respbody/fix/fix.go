// Package fix holds leaks with a fix, and leaks for which none is safe.
package fix

import (
	"errors"
	"io"
	"net/http"
)

func insert(u string) (int, error) {
	resp, err := http.Get(u) // want `never closed`
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

func move(c *http.Client, req *http.Request) ([]byte, error) {
	resp, err := c.Do(req) // want `not closed when`
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != 200 {
		return nil, errors.New(resp.Status)
	}
	defer resp.Body.Close()

	return io.ReadAll(resp.Body)
}

func open(u string) (io.ReadCloser, error) {
	resp, err := http.Get(u)
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}

func handle(u string) error {
	if u != "" {
		body, err := open(u) // want `never closed`
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, body)
		return err
	}
	return nil
}

func handsOn(u string) (io.ReadCloser, error) {
	resp, err := http.Get(u) // want `not closed when`
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != 200 {
		return nil, errors.New(resp.Status)
	}
	return resp.Body, nil
}

func loop(urls []string) error {
	for _, u := range urls {
		resp, err := http.Get(u) // want `not closed before`
		if err != nil {
			return err
		}
		_ = resp.Status
	}
	return nil
}

func unchecked(u string) {
	resp, _ := http.Get(u) // want `never closed`
	_ = resp.Status
}
