// Package app uses responses that another package hands out.
package app

import (
	"errors"
	"io"
	"net/http"

	"respbody/cross/lib"
)

func leaks(c *lib.Client, u string) error {
	resp, err := c.Fetch(u) // want `response body from c.Fetch is not closed when the function returns at line 18`
	if err != nil {
		return err
	}
	if resp.StatusCode == 404 {
		return errors.New("not found")
	}
	lib.Discard(resp.Body)
	return nil
}

func leaksBody(u string) (string, error) {
	rc, err := lib.Open(u) // want `response body from lib.Open is never closed`
	if err != nil {
		return "", err
	}
	return lib.Decode(rc)
}

func leaksGeneric(u string) {
	resp, err := lib.Generic(1, u) // want `response body from lib.Generic is never closed`
	if err == nil {
		_ = resp.Status
	}
}

func leaksBehindCounter(u string) (int, error) {
	resp, err := http.Get(u) // want `response body from http.Get is never closed`
	if err != nil {
		return 0, err
	}
	c := lib.NewCounter(resp.Body)
	_, err = io.Copy(io.Discard, c)
	return c.N, err
}

func leaksInRetry(u string) error {
	var resp *http.Response
	err := lib.Retry(func() (err error) {
		resp, err = http.Get(u) // want `response body from http.Get is not closed`
		if err != nil {
			return err
		}
		if resp.StatusCode >= 500 {
			return errors.New(resp.Status)
		}
		return nil
	})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = lib.Decode(resp.Body)
	return err
}

func leaksAfterCheck(u string) error {
	resp, err := http.Get(u) // want `response body from http.Get is never closed|response body from http.Get is not closed`
	if err != nil {
		return err
	}
	if err := lib.Check(resp); err != nil {
		return err
	}
	_, err = lib.Decode(resp.Body)
	return err
}

func checked(u string) error {
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	if err := lib.Check(resp); err != nil {
		return err
	}
	defer lib.Close(resp.Body)
	_, err = lib.Decode(resp.Body)
	return err
}

func discarded(u string) error {
	rc, err := lib.Open(u)
	if err != nil {
		return err
	}
	defer lib.Discard(rc)
	return nil
}

func kept(u string) error {
	rc, err := lib.Open(u)
	if err != nil {
		return err
	}
	lib.Keep(rc)
	return nil
}

func streamed(u string) error {
	rc, err := lib.Open(u)
	if err != nil {
		return err
	}
	s := lib.NewStream(rc)
	defer s.Close()
	_, err = io.Copy(io.Discard, s)
	return err
}

func handedOn(u string) (io.ReadCloser, error) {
	rc, err := lib.Open(u)
	if err != nil {
		return nil, err
	}
	return lib.NewStream(rc), nil
}

func retried(u string) error {
	var resp *http.Response
	err := lib.Retry(func() (err error) {
		resp, err = http.Get(u)
		if err != nil {
			return err
		}
		if resp.StatusCode >= 500 {
			resp.Body.Close()
			return errors.New(resp.Status)
		}
		return nil
	})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return nil
}
