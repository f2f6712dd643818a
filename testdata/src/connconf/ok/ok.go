// Package ok makes clients once, or closes what they leave.
package ok

import (
	"io"
	"net/http"
	"time"
)

type api struct{ client *http.Client }

func newAPI() *api {
	tr := &http.Transport{IdleConnTimeout: time.Minute}
	return &api{client: &http.Client{Transport: tr}}
}

func (a *api) get(url string) error { return read(a.client.Get(url)) }

func read(resp *http.Response, err error) error {
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

// shared has the transport that all have.
func shared(url string) error {
	client := &http.Client{Timeout: time.Second}
	return read(client.Get(url))
}

func closed(url string) error {
	tr := &http.Transport{IdleConnTimeout: time.Minute}
	defer tr.CloseIdleConnections()
	client := &http.Client{Transport: tr}
	return read(client.Get(url))
}

func closedClient(url string) error {
	client := &http.Client{Transport: &http.Transport{IdleConnTimeout: time.Minute}}
	defer client.CloseIdleConnections()
	return read(client.Get(url))
}

func single(url string) error {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	return read(client.Get(url))
}

func singleLater(url string) error {
	tr := &http.Transport{}
	tr.DisableKeepAlives = true
	client := &http.Client{Transport: tr}
	return read(client.Get(url))
}

var clients = map[string]*http.Client{}

func cached(host string) *http.Client {
	c := clients[host]
	if c == nil {
		c = &http.Client{Transport: &http.Transport{IdleConnTimeout: time.Minute}}
		clients[host] = c
	}
	return c
}

func ofCache(host string) error { return read(cached(host).Get(host)) }

func handed(url string, use func(*http.Client) error) error {
	client := &http.Client{Transport: &http.Transport{IdleConnTimeout: time.Minute}}
	if err := read(client.Get(url)); err != nil {
		return err
	}
	return use(client)
}

func given(url string, tr http.RoundTripper) error {
	client := &http.Client{Transport: tr}
	return read(client.Get(url))
}

func wrapped(url string, wrap func(http.RoundTripper) http.RoundTripper) error {
	client := &http.Client{Transport: wrap(&http.Transport{IdleConnTimeout: time.Minute})}
	return read(client.Get(url))
}

func serve(h http.Handler) error {
	srv := &http.Server{Addr: ":8080", Handler: h, ReadHeaderTimeout: time.Second, IdleTimeout: time.Minute}
	return srv.ListenAndServe()
}

func serveRead(h http.Handler) error {
	srv := &http.Server{Addr: ":8080", Handler: h, ReadTimeout: time.Second}
	return srv.ListenAndServe()
}

func limited(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	if _, err := io.ReadAll(r.Body); err != nil {
		return
	}
}

func checked(url string) (bool, error) {
	resp, err := http.Head(url)
	if err != nil {
		return false, err
	}
	defer resp.Body.Close()
	return resp.StatusCode == http.StatusOK, nil
}

func last(url string) error {
	client := &http.Client{Transport: &http.Transport{IdleConnTimeout: time.Minute}}
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	req.Close = true
	return read(client.Do(req))
}

func lastByHeader(url string) error {
	client := &http.Client{Transport: &http.Transport{IdleConnTimeout: time.Minute}}
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Connection", "Close")
	return read(client.Do(req))
}

func serveLater(h http.Handler) error {
	srv := &http.Server{Addr: ":8080", Handler: h}
	srv.ReadTimeout = time.Second
	return srv.ListenAndServe()
}

type servers struct{ public *http.Server }

func (s *servers) serve(h http.Handler) error {
	s.public = &http.Server{Addr: ":8080", Handler: h}
	limit(s.public)
	return s.public.ListenAndServe()
}

func limit(srv *http.Server) { srv.ReadTimeout = time.Second }

type named struct {
	name string
	next http.RoundTripper
}

func (n *named) RoundTrip(req *http.Request) (*http.Response, error) { return n.next.RoundTrip(req) }

// throughWrapper shares the connections that all share.
func throughWrapper(url string) error {
	client := &http.Client{Transport: &named{"a", http.DefaultTransport}}
	return read(client.Get(url))
}

// wrapsGiven shares those of its caller.
func wrapsGiven(url string, tr *http.Transport) error {
	client := &http.Client{Transport: &named{name: "a", next: tr}}
	return read(client.Get(url))
}

// keeper is no transport, whatever it holds.
type keeper struct{ tr *http.Transport }

func kept(url string) *keeper {
	k := &keeper{tr: &http.Transport{IdleConnTimeout: time.Minute}}
	client := &http.Client{Transport: k.tr}
	if read(client.Get(url)) != nil {
		return nil
	}
	return k
}
