// Package ok closes its response bodies, or is not the one who must.
package ok

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
)

func deferred(u string) error {
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

func bothBranches(u string) error {
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	if resp.StatusCode != 200 {
		resp.Body.Close()
		return errors.New(resp.Status)
	}
	return resp.Body.Close()
}

func closeQuietly(c io.Closer) {
	if c != nil {
		_ = c.Close()
	}
}

func drain(rc io.ReadCloser) {
	io.Copy(io.Discard, rc)
	rc.Close()
}

func closeResponse(r *http.Response) {
	if r == nil || r.Body == nil {
		return
	}
	drain(r.Body)
}

func closeGeneric[T io.Closer](t T) { t.Close() }

func closeInto(c io.Closer, err *error) {
	if cerr := c.Close(); cerr != nil && *err == nil {
		*err = cerr
	}
}

func helpers(u string) (err error) {
	a, err := http.Get(u)
	if err != nil {
		return err
	}
	defer closeQuietly(a.Body)
	b, err := http.Get(u)
	if err != nil {
		return err
	}
	defer drain(b.Body)
	c, err := http.Get(u)
	if err != nil {
		return err
	}
	defer closeResponse(c)
	d, err := http.Get(u)
	if err != nil {
		return err
	}
	defer closeGeneric(d.Body)
	e, err := http.Get(u)
	if err != nil {
		return err
	}
	defer closeInto(e.Body, &err)
	return nil
}

func literal(u string) error {
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := resp.Body.Close(); cerr != nil {
			log.Print(cerr)
		}
	}()
	return nil
}

func stored(u string) error {
	var cleanups []func()
	defer func() {
		for _, f := range cleanups {
			f()
		}
	}()
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	cleanups = append(cleanups, func() { resp.Body.Close() })
	return nil
}

func cleanup(t *testing.T, u string) {
	resp, err := http.Get(u)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
}

func correlated(u string, stream bool) (io.Reader, error) {
	resp, err := http.Get(u)
	if err != nil {
		return nil, err
	}
	if !stream {
		defer resp.Body.Close()
	}
	if resp.StatusCode == 404 {
		log.Print("not found")
	}
	if stream {
		return resp.Body, nil
	}
	b, err := io.ReadAll(resp.Body)
	return bytes.NewReader(b), err
}

type options struct{ keep bool }

func correlatedField(u string, o *options) (*http.Response, error) {
	resp, err := http.Get(u)
	if err != nil {
		return nil, err
	}
	if !o.keep {
		resp.Body.Close()
	}
	log.Print(resp.Status)
	if o.keep {
		return resp, nil
	}
	return nil, nil
}

func statusRange(u string) error {
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	if resp.StatusCode >= 400 {
		resp.Body.Close()
	}
	if resp.StatusCode == 500 {
		return errors.New("server error")
	}
	if resp.StatusCode < 400 {
		resp.Body.Close()
	}
	return nil
}

func successFlag(u string) (_ *http.Response, err error) {
	ok := false
	resp, err := http.Get(u)
	if err != nil {
		return nil, err
	}
	defer func() {
		if !ok {
			resp.Body.Close()
		}
	}()
	if resp.StatusCode != 200 {
		return nil, errors.New(resp.Status)
	}
	ok = true
	return resp, nil
}

func onError(u string) (r io.ReadCloser, err error) {
	resp, err := http.Get(u)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			resp.Body.Close()
		}
	}()
	if resp.StatusCode != 200 {
		return nil, fmt.Errorf("status %d", resp.StatusCode)
	}
	if _, err := resp.Location(); err != nil {
		return nil, err
	}
	return resp.Body, nil
}

func checkStatus(resp *http.Response) error {
	if resp.StatusCode < 400 {
		return nil
	}
	defer resp.Body.Close()
	b, _ := io.ReadAll(resp.Body)
	return fmt.Errorf("status %d: %s", resp.StatusCode, b)
}

func checked(u string) error {
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	if err := checkStatus(resp); err != nil {
		return err
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(new(int))
}

func passThrough(resp *http.Response, err error) (*http.Response, error) {
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != 200 {
		resp.Body.Close()
		return nil, errors.New(resp.Status)
	}
	return resp, nil
}

func passed(u string) error {
	resp, err := passThrough(http.Get(u))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func returned(u string) (*http.Response, error) { return http.Get(u) }

func returnedBody(u string) (io.ReadCloser, error) {
	resp, err := http.Get(u)
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}

type stream struct {
	r    *bufio.Reader
	body io.ReadCloser
}

func (s *stream) Close() error { return s.body.Close() }

func open(u string) (*stream, error) {
	resp, err := http.Get(u)
	if err != nil {
		return nil, err
	}
	return &stream{bufio.NewReader(resp.Body), resp.Body}, nil
}

func useStream(u string) error {
	s, err := open(u)
	if err != nil {
		return err
	}
	defer s.Close()
	return nil
}

type reader struct {
	io.Reader
	io.Closer
}

func limited(u string) (io.ReadCloser, error) {
	resp, err := http.Get(u)
	if err != nil {
		return nil, err
	}
	return reader{io.LimitReader(resp.Body, 10), resp.Body}, nil
}

type session struct {
	resp *http.Response
}

func (s *session) connect(u string) (err error) {
	s.resp, err = http.Get(u)
	return err
}

func (s *session) Stop() {
	if s.resp != nil {
		s.resp.Body.Close()
	}
}

type exported struct{ Resp *http.Response }

func fill(e *exported, u string) (err error) {
	e.Resp, err = http.Get(u)
	return err
}

type result struct {
	resp *http.Response
	err  error
}

func async(urls []string) {
	ch := make(chan result)
	for _, u := range urls {
		go func() {
			resp, err := http.Get(u)
			ch <- result{resp, err}
		}()
	}
	for range urls {
		if r := <-ch; r.err == nil {
			r.resp.Body.Close()
		}
	}
}

func goroutine(u string, wg *sync.WaitGroup) error {
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	wg.Go(func() {
		defer resp.Body.Close()
		io.Copy(io.Discard, resp.Body)
	})
	return nil
}

func unseen(f func(*http.Response), u string) error {
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	f(resp)
	return nil
}

func afterRedirect(c *http.Client, req *http.Request) error {
	resp, err := c.Do(req)
	if err != nil && resp != nil {
		log.Print(resp.Status)
		return err
	}
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func errNilOnly(u string) {
	if resp, err := http.Get(u); err == nil {
		resp.Body.Close()
	}
}

func head(c *http.Client, u string) error {
	if _, err := http.Head(u); err != nil {
		return err
	}
	resp, err := c.Head(u)
	if err != nil {
		return err
	}
	_ = resp.Status
	req, err := http.NewRequestWithContext(context.Background(), http.MethodHead, u, nil)
	if err != nil {
		return err
	}
	resp, err = c.Do(req)
	if err != nil {
		return err
	}
	_ = resp.Status
	return nil
}

func noContent(u string) error {
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	if resp.StatusCode == http.StatusNoContent {
		return nil
	}
	return resp.Body.Close()
}

func recorder(h http.Handler) int {
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, nil)
	return rec.Result().StatusCode
}

func made() *http.Response { return &http.Response{Body: http.NoBody} }

func useMade() int { return made().StatusCode }

type transport struct{ next http.RoundTripper }

func (t transport) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := t.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	resp.Header.Set("X", "y")
	return resp, nil
}

func proxy() *httputil.ReverseProxy {
	return &httputil.ReverseProxy{ModifyResponse: func(r *http.Response) error {
		if r.StatusCode == 500 {
			return errors.New("bad")
		}
		return nil
	}}
}

func upgraded(c *http.Client, req *http.Request) (io.ReadWriteCloser, error) {
	resp, err := c.Do(req)
	if err != nil {
		return nil, err
	}
	rwc, ok := resp.Body.(io.ReadWriteCloser)
	if !ok {
		resp.Body.Close()
		return nil, errors.New("not upgraded")
	}
	return rwc, nil
}

func fatal(msg string) {
	fmt.Fprintln(os.Stderr, msg)
	os.Exit(1)
}

func exits(u string, t *testing.T) {
	resp, err := http.Get(u)
	if err != nil {
		log.Fatal(err)
	}
	switch resp.StatusCode {
	case 1:
		os.Exit(1)
	case 2:
		log.Fatalf("status %d", resp.StatusCode)
	case 3:
		panic("three")
	case 4:
		runtime.Goexit()
	case 5:
		t.Fatal("five")
	case 6:
		fatal("six")
	}
	resp.Body.Close()
}

func rewound(u string) (*http.Response, error) {
	resp, err := http.Get(u)
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(b))
	return resp, nil
}

type counting struct{ io.ReadCloser }

func instrumented(u string) (*http.Response, error) {
	resp, err := http.Get(u)
	if err != nil {
		return nil, err
	}
	resp.Body = &counting{resp.Body}
	return resp, nil
}

func capped(w http.ResponseWriter, u string) error {
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	body := http.MaxBytesReader(w, resp.Body, 10)
	defer body.Close()
	return nil
}

func loopClosed(urls []string) error {
	for _, u := range urls {
		resp, err := http.Get(u)
		if err != nil {
			return err
		}
		err = func() error {
			defer resp.Body.Close()
			_, err := io.Copy(io.Discard, resp.Body)
			return err
		}()
		if err != nil {
			return err
		}
	}
	return nil
}

func retried(c *http.Client, req *http.Request) (*http.Response, error) {
	for range 3 {
		resp, err := c.Do(req)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode < 500 {
			return resp, nil
		}
		resp.Body.Close()
	}
	return nil, errors.New("gave up")
}

func deferOnceInLoop(urls []string) error {
	for _, u := range urls {
		resp, err := http.Get(u)
		if err != nil {
			continue
		}
		defer resp.Body.Close()
		return json.NewDecoder(resp.Body).Decode(new(int))
	}
	return nil
}

func nextPage(c *http.Client, u string) error {
	var resp *http.Response
	var err error
	for u != "" {
		resp, err = c.Get(u)
		if err != nil {
			return err
		}
		u = resp.Header.Get("Link")
		resp.Body.Close()
	}
	return nil
}

func lastWins(c *http.Client, urls []string) (resp *http.Response, err error) {
	for _, u := range urls {
		if resp != nil {
			resp.Body.Close()
		}
		resp, err = c.Get(u)
		if err != nil {
			return nil, err
		}
	}
	return resp, nil
}

type getter struct{ last *http.Response }

func (g *getter) Response() *http.Response { return g.last }

type lender interface{ Response() *http.Response }

func lent(g *getter, l lender) int {
	return g.Response().StatusCode + l.Response().StatusCode
}

func cached(g *getter, u string) (*http.Response, error) {
	if g.last != nil {
		return g.last, nil
	}
	return http.Get(u)
}

func useCached(g *getter, u string) int {
	resp, err := cached(g, u)
	if err != nil {
		return 0
	}
	return resp.StatusCode
}

func methodValue(u string) error {
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	done := resp.Body.Close
	defer done()
	return nil
}

func withCleanup(u string) (*http.Response, func(), error) {
	resp, err := http.Get(u)
	if err != nil {
		return nil, nil, err
	}
	return resp, func() { resp.Body.Close() }, nil
}

func callsCleanup(u string) error {
	resp, done, err := withCleanup(u)
	if err != nil {
		return err
	}
	defer done()
	_ = resp.Status
	return nil
}

func inPlaceLiteral(c *http.Client, req *http.Request) (resp *http.Response, err error) {
	func() {
		resp, err = c.Do(req)
	}()
	return resp, err
}

func ignored(u string) {
	//leakvet:ignore respbody the process ends right after
	http.Get(u)
}

func dump(u string) error {
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	_, err = httputil.DumpResponse(resp, true)
	return err
}

func assertsCloser(r io.Reader) {
	if c, ok := r.(io.Closer); ok {
		c.Close()
	}
}

func asserted(u string) error {
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	defer assertsCloser(resp.Body)
	return nil
}

func forwards(u string) (*http.Request, error) {
	resp, err := http.Get(u)
	if err != nil {
		return nil, err
	}
	return http.NewRequest("POST", u, resp.Body)
}

func lines(u string) ([]string, error) {
	resp, err := http.Get(u)
	if err != nil {
		return nil, err
	}
	defer func(body io.ReadCloser) { body.Close() }(resp.Body)
	var out []string
	for sc := bufio.NewScanner(resp.Body); sc.Scan(); {
		out = append(out, strings.TrimSpace(sc.Text()))
	}
	return out, nil
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

func rangeFunc(u string) error {
	for i := range seq(3) {
		resp, err := http.Get(fmt.Sprint(u, i))
		if err != nil {
			return err
		}
		resp.Body.Close()
		if i == 2 {
			break
		}
	}
	return nil
}

func rangeFuncReturn(u string) (*http.Response, error) {
	for i := range seq(3) {
		resp, err := http.Get(fmt.Sprint(u, i))
		if err != nil {
			continue
		}
		return resp, nil
	}
	return nil, errors.New("none")
}

// api hides that its one implementation has read and closed the body.
type api interface {
	Call(*http.Request) (*http.Response, error)
}

type apiClient struct{ hc *http.Client }

func (c *apiClient) Call(req *http.Request) (*http.Response, error) {
	resp, err := c.hc.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return &http.Response{StatusCode: resp.StatusCode}, err
}

func calls(a api, req *http.Request) int {
	resp, err := a.Call(req)
	if err != nil {
		return 0
	}
	return resp.StatusCode
}

// sdk returns the response beside what it has decoded from it.
type sdk interface {
	List() ([]string, *http.Response, error)
}

func lists(s sdk) []string {
	names, _, err := s.List()
	if err != nil {
		return nil
	}
	return names
}

var errBad = errors.New("bad")

func sentinel(u string) (_ io.ReadCloser, err error) {
	resp, err := http.Get(u)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			resp.Body.Close()
		}
	}()
	switch resp.StatusCode {
	case 500:
		return nil, errBad
	case 501:
		return nil, io.ErrUnexpectedEOF
	}
	return resp.Body, nil
}

func kindOfNothing(u string) error {
	resp, err := http.Get(u)
	if errors.Is(err, context.Canceled) || os.IsTimeout(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func lastAttempt(c *http.Client, req *http.Request, max int) (resp *http.Response, err error) {
	for i := 0; i <= max; i++ {
		var retry bool
		resp, err = c.Do(req)
		if err == nil && resp.StatusCode >= 500 {
			retry = true
		}
		if !retry {
			break
		}
		if i < max {
			resp.Body.Close()
		}
	}
	return resp, err
}

type holderByValue struct {
	n    int
	resp *http.Response
}

func byValue(u string) (h holderByValue, err error) {
	h.resp, err = http.Get(u)
	return h, err
}

func scanned(u, text string) {
	resp, err := http.Get(u)
	if err != nil {
		return
	}
	var ok bool
	if _, err := fmt.Sscan(text, &ok); err != nil {
		ok = false
	}
	if !ok {
		resp.Body.Close()
	}
	if ok {
		resp.Body.Close()
	}
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

func closedAfterAttempts(c *http.Client, req *http.Request) error {
	var resp *http.Response
	_, err := again(func() (_ int, err error) {
		resp, err = c.Do(req)
		return 0, err
	})
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func closedBetweenAttempts(c *http.Client, req *http.Request) error {
	_, err := again(func() (int, error) {
		resp, err := c.Do(req)
		if err != nil {
			return 0, err
		}
		defer resp.Body.Close()
		if resp.StatusCode >= 500 {
			return 0, errors.New(resp.Status)
		}
		return resp.StatusCode, nil
	})
	return err
}

// What is read to its end serves others at once; the defers close nothing that waits.
func pages(client *http.Client, next string) ([]byte, error) {
	var all []byte
	for next != "" {
		resp, err := client.Get(next)
		if err != nil {
			return nil, err
		}
		defer resp.Body.Close()
		data, err := io.ReadAll(resp.Body)
		if err != nil {
			return nil, err
		}
		all = append(all, data...)
		next = resp.Header.Get("Next")
	}
	return all, nil
}
