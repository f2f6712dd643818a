// Package a leaks response bodies, each in its own way.
package a

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"strings"
	"time"
)

func never(u string) (int, error) {
	resp, err := http.Get(u) // want `response body from http.Get is never closed: the function returns at line 21`
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

func afterStatus(c *http.Client, req *http.Request) ([]byte, error) {
	resp, err := c.Do(req) // want `response body from c.Do is not closed when the function returns at line 30`
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("status %d", resp.StatusCode)
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

func readError(c *http.Client, req *http.Request) ([]byte, error) {
	resp, err := c.Do(req) // want `response body from c.Do is not closed when the function returns at line 43`
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	resp.Body.Close()
	return b, nil
}

func decodeContinue(urls []string) {
	for _, u := range urls {
		resp, err := http.Get(u) // want `response body from http.Get is not closed before the loop at line 51 makes the call again`
		if err != nil {
			continue
		}
		var v struct{ Name string }
		if err := json.NewDecoder(resp.Body).Decode(&v); err != nil {
			log.Print(err)
			continue
		}
		resp.Body.Close()
	}
}

func retryBreak(c *http.Client, req *http.Request) (err error) {
	var resp *http.Response
	for range 3 {
		resp, err = c.Do(req) // want `response body from c.Do is not closed`
		if err == nil && resp.StatusCode < 500 {
			break
		}
		time.Sleep(time.Second)
	}
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

func unrelated(u string, verbose bool) error {
	resp, err := http.Get(u) // want `response body from http.Get is not closed when the function returns at line 89`
	if err != nil {
		return err
	}
	if verbose {
		resp.Body.Close()
	}
	return nil
}

func pages(c *http.Client, u string) error {
	resp, err := c.Get(u) // want `response body from c.Get is not closed when the function returns`
	if err != nil {
		return err
	}
	for next := resp.Header.Get("Link"); next != ""; next = resp.Header.Get("Link") {
		resp, err = c.Get(next) // want `response body from c.Get is not closed`
		if err != nil {
			return err
		}
	}
	return resp.Body.Close()
}

func discarded(c *http.Client, req *http.Request, u string) error {
	http.Get(u)         // want `response body from http.Get is discarded and never closed`
	_, err := c.Do(req) // want `response body from c.Do is discarded and never closed`
	return err
}

func fetch(u string) (*http.Response, error) {
	resp, err := http.Get(u)
	if err != nil {
		return nil, fmt.Errorf("fetch: %w", err)
	}
	if resp.StatusCode != 200 {
		resp.Body.Close()
		return nil, errors.New("bad status")
	}
	return resp, nil
}

func fromHelper(u string) error {
	resp, err := fetch(u) // want `response body from fetch is never closed`
	if err != nil {
		return err
	}
	fmt.Println(resp.Status)
	return nil
}

func body(u string) (io.ReadCloser, error) {
	resp, err := fetch(u)
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}

func fromBodyHelper(u string) (string, error) {
	rc, err := body(u) // want `response body from body is never closed`
	if err != nil {
		return "", err
	}
	b, err := io.ReadAll(rc)
	return string(b), err
}

type client struct{ hc *http.Client }

func (c *client) get(u string) (*http.Response, error) { return c.hc.Get(u) }

func fromMethod(c *client) bool {
	resp, err := c.get("x") // want `response body from c.get is never closed`
	return err == nil && resp.StatusCode == 200
}

func do[T any](f func(T) (*http.Response, error), arg T) (*http.Response, error) {
	return f(arg)
}

func fromGeneric(u string) error {
	resp, err := do(http.Get, u) // want `response body from do is never closed`
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

func fromClosure(u string) error {
	get := func() (*http.Response, error) { return http.Get(u) } // want `response body from http.Get is never closed`
	resp, err := get()
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

func deferLoop(urls []string) error {
	for _, u := range urls {
		resp, err := http.Get(u) // want `response body from http.Get is closed by a defer in a loop at line 188: it stays open until the function returns`
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		io.Copy(io.Discard, resp.Body)
	}
	return nil
}

func deferLiteralLoop(urls <-chan string) {
	for u := range urls {
		resp, err := http.Get(u) // want `closed by a defer in a loop`
		if err != nil {
			continue
		}
		defer func() { _ = resp.Body.Close() }()
	}
}

func replaced(u string) (*http.Response, error) {
	resp, err := http.Get(u) // want `response body from http.Get is never closed`
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(strings.NewReader(string(b)))
	return resp, nil
}

func wrapped(u string) ([]byte, error) {
	resp, err := http.Get(u) // want `response body from http.Get is never closed`
	if err != nil {
		return nil, err
	}
	zr, err := gzip.NewReader(resp.Body)
	if err != nil {
		return nil, err
	}
	defer zr.Close()
	return io.ReadAll(zr)
}

type holder struct {
	resp *http.Response
	n    int
}

func (h *holder) status() int { return h.resp.StatusCode }

func kept(h *holder, u string) error {
	resp, err := http.Get(u) // want `response body from http.Get is kept in field resp, and nothing in the package has it closed`
	if err != nil {
		return err
	}
	h.resp = resp
	return nil
}

func inverted(u string) error {
	resp, err := http.Get(u) // want `response body from http.Get is never closed`
	if err != nil {
		defer resp.Body.Close()
		return err
	}
	return nil
}

type doer interface {
	Do(*http.Request) (*http.Response, error)
}

func throughInterface(d doer, req *http.Request) error {
	resp, err := d.Do(req) // want `response body from d.Do is never closed`
	if err != nil {
		return err
	}
	_ = resp.Status
	return nil
}

type fetcher struct {
	get func(string) (*http.Response, error)
}

func throughField(f fetcher) error {
	resp, err := f.get("x") // want `response body from f.get is never closed`
	if err != nil {
		return err
	}
	_ = resp.Status
	return nil
}

func borrows(r io.Reader) (string, error) {
	b, err := io.ReadAll(r)
	return string(b), err
}

func borrowed(u string) (string, error) {
	resp, err := http.Get(u) // want `response body from http.Get is never closed`
	if err != nil {
		return "", err
	}
	return borrows(resp.Body)
}

func literalReads(u string, run func(func())) error {
	resp, err := http.Get(u) // want `response body from http.Get is never closed`
	if err != nil {
		return err
	}
	run(func() { io.Copy(io.Discard, resp.Body) })
	return nil
}

func seq(n int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func inRangeFunc(u string) error {
	for i := range seq(3) {
		resp, err := http.Get(fmt.Sprint(u, i)) // want `response body from http.Get is not closed`
		if err != nil {
			return err
		}
		if resp.StatusCode == 500 {
			return errors.New("server error")
		}
		resp.Body.Close()
	}
	return nil
}

func deferInRangeFunc(u string) error {
	for i := range seq(3) {
		resp, err := http.Get(fmt.Sprint(u, i)) // want `closed by a defer in a loop`
		if err != nil {
			return err
		}
		defer resp.Body.Close()
	}
	return nil
}

func goroutineReads(u string, w io.Writer) error {
	resp, err := http.Get(u) // want `response body from http.Get is never closed`
	if err != nil {
		return err
	}
	go func() { io.Copy(w, resp.Body) }()
	return nil
}

func cleanupResult(u string) (*http.Response, func(), error) {
	resp, err := http.Get(u)
	if err != nil {
		return nil, nil, err
	}
	return resp, func() { resp.Body.Close() }, nil
}

func ignoresCleanup(u string) error {
	resp, _, err := cleanupResult(u) // want `response body from cleanupResult is never closed`
	if err != nil {
		return err
	}
	_ = resp.Status
	return nil
}

func okFlag(u string) (*http.Response, bool) {
	resp, err := http.Get(u)
	if err != nil {
		return nil, false
	}
	return resp, true
}

func usesFlag(u string) {
	resp, ok := okFlag(u) // want `response body from okFlag is never closed`
	if !ok {
		return
	}
	_ = resp.Status
}

func namedResult(u string) (n int64, err error) {
	resp, err := http.Get(u) // want `response body from http.Get is not closed when the function returns`
	if err != nil {
		return 0, err
	}
	defer func() {
		if err != nil {
			resp.Body.Close()
		}
	}()
	n, err = io.Copy(io.Discard, resp.Body)
	return n, err
}

func sums(u string, x float64, n int) error {
	resp, err := http.Get(u + "/path") // want `never closed`
	if err != nil {
		return err
	}
	if t := u + "/" + resp.Status; x+1 > 2 && n+1 > 2 && t != "" {
		return errors.New(t + ".")
	}
	return nil
}

// again runs a function until it returns no error.
func again(run func() (int, error)) (int, error) {
	for range 3 {
		if n, err := run(); err == nil {
			return n, nil
		}
	}
	return run()
}

func leftToCaller(c *http.Client, req *http.Request) error {
	var resp *http.Response
	_, err := again(func() (_ int, err error) {
		resp, err = c.Do(req) // want `response body from c.Do is never closed: the function returns at line 425`
		return 0, err
	})
	if err != nil {
		return err
	}
	fmt.Println(resp.Status)
	return nil
}

func leftToNextAttempt(c *http.Client, req *http.Request) error {
	var resp *http.Response
	_, err := again(func() (n int, err error) {
		resp, err = c.Do(req) // want `response body from c.Do is not closed before the loop at line 431 makes the call again`
		if err == nil && resp.StatusCode >= 500 {
			err = errors.New(resp.Status)
		}
		return 0, err
	})
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
