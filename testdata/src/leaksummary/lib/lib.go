// Package lib states what its functions do with resources.
package lib

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"
)

func Closes(c io.Closer) { c.Close() } // want Closes:`^param 0: closes$`

func ClosesNonNil(c io.Closer) { // want ClosesNonNil:`^param 0: closes$`
	if c != nil {
		c.Close()
	}
}

func Borrows(r io.Reader) error { // want Borrows:`^param 0: borrows$`
	_, err := io.ReadAll(r)
	return err
}

func Check(resp *http.Response) error { // want Check:`^param 0.6: borrows, else closes$`
	if resp.StatusCode == 200 {
		return nil
	}
	resp.Body.Close()
	return fmt.Errorf("status %d", resp.StatusCode)
}

func Accepts(resp *http.Response) bool { // want Accepts:`^param 0.6: closes, else borrows$`
	if resp.StatusCode == 200 {
		return true
	}
	resp.Body.Close()
	return false
}

func Body(resp *http.Response) io.ReadCloser { // want Body:`^param 0.6: borrows, result 0$`
	return resp.Body
}

func Keeps(c io.Closer) { kept = c }

var kept io.Closer

func Maybe(c io.Closer, really bool) { // want Maybe:`^param 0: closes\|borrows$`
	if really {
		c.Close()
	}
}

func Drain(r io.Reader, n int) { // want Drain:`^param 0: borrows$`
	if n > 0 {
		Drain(r, n-1)
	}
}

func ClosesDeep(c io.Closer, n int) { // want ClosesDeep:`^param 0: closes$`
	if n > 0 {
		ClosesDeep(c, n-1)
		return
	}
	c.Close()
}

func CloseAny[T io.Closer](t T) { t.Close() } // want CloseAny:`^param 0: closes$`

func Get(u string) (*http.Response, error) { // want Get:`^owns body result 0.6 when zero; waits for network in http.Get$`
	resp, err := http.Get(u)
	if err != nil {
		return nil, err
	}
	return resp, nil
}

func GetBody(u string) (io.ReadCloser, error) { // want GetBody:`^owns body result 0 when zero; waits for network in Get, http.Get$`
	resp, err := Get(u)
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}

func GetFlag(u string) (*http.Response, bool) { // want GetFlag:`^owns body result 0.6 when not zero; waits for network in Get, http.Get$`
	resp, err := Get(u)
	return resp, err == nil
}

func WithCleanup(u string) (*http.Response, func(), error) { // want WithCleanup:`^owns body result 0.6 result 1\(\) when zero; waits for network in Get, http.Get$`
	resp, err := Get(u)
	if err != nil {
		return nil, nil, err
	}
	return resp, func() { resp.Body.Close() }, nil
}

type Client struct { // the fields are not exported: its methods speak for them
	last *http.Response
}

func (c *Client) Get(u string) (*http.Response, error) { // want Get:`owns body result 0.6 when zero`
	return http.Get(u)
}

func (c *Client) Last() *http.Response { return c.last } // want Last:`param 0.0.6: borrows, result 0.6`

func (c *Client) Close() error { // want Close:`^param 0.0.6: closes$`
	if c.last == nil {
		return nil
	}
	return c.last.Body.Close()
}

func (c *Client) Mixed(u string) (*http.Response, error) { // want Mixed:`param 0.0.6: borrows`
	if c.last != nil {
		return c.last, nil
	}
	return http.Get(u)
}

func Fatal(msg string) { // want Fatal:`^no return$`
	fmt.Println(msg)
	os.Exit(1)
}

func Failed(msg string) error { // want Failed:`^never nil$`
	return errors.New(msg)
}

func Once(f func() error) error { return f() } // want Once:`^calls param 0 \(1\)$`

func Retry(n int, f func() error) (err error) { // want Retry:`^calls param 1 \(2\)$`
	for range n {
		if err = f(); err == nil {
			return nil
		}
	}
	return err
}

func Spawn(f func()) { go f() } // want Spawn:`^calls param 0 \(4\)$`

type Doer interface {
	Do(u string) (*http.Response, error) // want Do:`^lends; waits for network in \(lib.doer\).Do, Get, http.Get$`
}

type doer struct{}

func (doer) Do(u string) (*http.Response, error) { // want Do:`^waits for network in Get, http.Get$`
	resp, err := Get(u)
	if err != nil {
		return nil, err
	}
	return nil, resp.Body.Close()
}

type Parser struct {
	state int
	in    io.Reader
}

func (p *Parser) SetInput(r io.Reader) { p.in = r } // want SetInput:`param 1: borrows, param 0.1$`

func NewParser(r io.Reader) *Parser { // want NewParser:`^param 0: borrows, result 0.1$`
	p := &Parser{}
	p.SetInput(r)
	return p
}

// What functions wait for, and which context ends the wait.

func Fetch(ctx context.Context, c *http.Client, u string) error { // want Fetch:`^(param 1: \w+; )?waits for network until param 0 ends`
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u, nil)
	if err != nil {
		return err
	}
	return discard(c.Do(req))
}

func Send(c *http.Client, req *http.Request) error { // want Send:`waits for network until param 1 ends`
	return discard(c.Do(req))
}

func Poll(c *http.Client, u string) error { // want Poll:`waits for network for a time in Fetch, \(\*http.Client\).Do with a fresh context`
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return Fetch(ctx, c, u)
}

func NewRequest(ctx context.Context, u string) (*http.Request, error) { // want NewRequest:`result 0 has the context of param 0`
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "text/plain")
	return req, nil
}

func PlainRequest(u string) (*http.Request, error) { // want PlainRequest:`result 0 has a fresh context`
	return http.NewRequest(http.MethodGet, u, nil)
}

func Await(ctx context.Context, c <-chan int) (int, error) { // want Await:`^waits for event until param 0 ends$`
	select {
	case n := <-c:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Refresh has a context of its own: that it drops it is its own fault.
func Refresh(ctx context.Context, u string) error {
	return discard(http.Get(u))
}

// Later waits on another goroutine.
func Later(u string) {
	go http.Get(u)
}

func discard(resp *http.Response, err error) error {
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
