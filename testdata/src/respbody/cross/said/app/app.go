// Package app uses what another package says of itself by directives.
package app

import (
	"net/http"

	"respbody/cross/said/lib"
)

func decodes(c lib.Codec, u string) error {
	resp, err := http.Get(u) // want `response body from http.Get is never closed`
	if err != nil {
		return err
	}
	return c.Decode(resp.Body)
}

func guesses(c lib.Codec, u string) error {
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	return c.Guess(resp.Body)
}

// Directives go with the method, however one comes to it.
type wide interface {
	lib.Codec
	Close() error
}

func decodesWide(c wide, u string) error {
	resp, err := http.Get(u) // want `response body from http.Get is never closed`
	if err != nil {
		return err
	}
	return c.Decode(resp.Body)
}

func inspects(u string) error {
	resp, err := http.Get(u) // want `response body from http.Get is never closed`
	if err != nil {
		return err
	}
	lib.Inspect(resp)
	return nil
}

func traces(u string) error {
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	lib.Trace(resp)
	return nil
}

func adopts(c lib.Codec, u string) error {
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	c.Adopt(resp.Body)
	return nil
}

func recycles(u string) error {
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	lib.Recycle(resp)
	return nil
}

func reads(u string) error {
	resp, err := http.Get(u) // want `response body from http.Get is never closed`
	if err != nil {
		return err
	}
	lib.Read(resp)
	return nil
}

func pairs(u string) error {
	a, err := http.Get(u) // want `response body from http.Get is not closed when the function returns`
	if err != nil {
		return err
	}
	b, err := http.Get(u)
	if err != nil {
		a.Body.Close()
		return err
	}
	lib.Pair(a, b)
	return nil
}

func cached(c lib.Codec, u string) (int, error) {
	resp, err := lib.Cached(u)
	if err != nil {
		return 0, err
	}
	last, err := c.Last(u)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode + last.StatusCode, nil
}

func next(c lib.Codec, u string) (int, error) {
	resp, err := c.Next(u) // want `response body from c.Next is never closed`
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

func stored(u string) (int, error) {
	resp, err := http.Get(u)
	if err != nil {
		return 0, err
	}
	s := lib.Session{Body: resp.Body}
	return s.Body.Read(nil)
}

func storedPlainly(u string) (int, error) {
	resp, err := http.Get(u) // want `response body from http.Get is never closed`
	if err != nil {
		return 0, err
	}
	s := lib.Session{Plain: resp.Body}
	return s.Plain.Read(nil)
}
