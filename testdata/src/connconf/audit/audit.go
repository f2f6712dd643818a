//go:build go1.22

// Package audit has settings that may be meant.
package audit

import (
	"io"
	"net"
	"net/http"
	"time"
)

var unending = &http.Transport{MaxIdleConns: 10} // want `^http\.Transport has no IdleConnTimeout: idle connections stay for ever, also those to hosts that are gone$`

var outlasting = &http.Transport{IdleConnTimeout: 5 * time.Minute} // want `^http\.Transport keeps idle connections for 5m0s, longer than a server of the package, which closes them after 2m0s: a request may meet a closed one$`

func serve(l net.Listener, h http.Handler) error {
	srv := &http.Server{Handler: h, IdleTimeout: 2 * time.Minute} // want `^http\.Server has no ReadHeaderTimeout`
	return srv.Serve(l)
}

func serveHere(h http.Handler) error {
	return http.ListenAndServe("localhost:6060", h) // want `^http\.ListenAndServe serves without time limits`
}

func serveAt(addr string, h http.Handler) error {
	return http.ListenAndServe(addr, h) // want `^http\.ListenAndServe serves without time limits`
}

func idle(h http.Handler) *http.Server {
	return &http.Server{Addr: ":8080", Handler: h, ReadHeaderTimeout: time.Second} // want `^http\.Server has no IdleTimeout: connections stay open for ever after the last request$`
}

func cloned(url string) error {
	tr := http.DefaultTransport.(*http.Transport).Clone() // want `^http\.Transport with connections of its own is made for each call of cloned`
	tr.MaxConnsPerHost = 1
	client := &http.Client{Transport: tr}
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

type host struct{ srv *http.Server }

func newHost(h http.Handler) *host {
	x := &host{srv: new(http.Server)} // want `^http\.Server has no ReadHeaderTimeout`
	x.srv.Handler = h
	return x
}

// A variable that holds either a clone or the shared one.
func either(url string) error {
	var over http.RoundTripper
	if tr, ok := http.DefaultTransport.(*http.Transport); ok {
		over = tr.Clone()
	} else {
		over = http.DefaultTransport
	}
	client := &http.Client{Transport: over} // want `^http\.Client with connections of its own is made for each call of either`
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

type counting struct{ base http.RoundTripper }

func (c *counting) RoundTrip(r *http.Request) (*http.Response, error) { return c.base.RoundTrip(r) }

func newCounting(base http.RoundTripper) http.RoundTripper { return &counting{base: base} }

// A constructor puts the clone into what makes requests.
func wrapped(url string) error {
	tr := http.DefaultTransport.(*http.Transport).Clone()
	client := &http.Client{Transport: newCounting(tr)} // want `^http\.Client with connections of its own is made for each call of wrapped`
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

func unread(url string) (bool, error) {
	resp, err := http.Get(url) // want `^the body of resp is closed unread, which closes its connection, too: read it to its end before, so that the next request can use it$`
	if err != nil {
		return false, err
	}
	defer resp.Body.Close()
	return resp.StatusCode == http.StatusOK, nil
}

func slurped(w http.ResponseWriter, r *http.Request) {
	b, err := io.ReadAll(r.Body) // want `^io\.ReadAll reads all that a client sends: limit r\.Body first$`
	if err != nil {
		return
	}
	w.Write(b)
}
