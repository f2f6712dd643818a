package ok

import (
	"io"
	"net/http"
)

// What is wrapped is shared, or is handed in.

type counted struct{ base http.RoundTripper }

func (c *counted) RoundTrip(r *http.Request) (*http.Response, error) { return c.base.RoundTrip(r) }

func count(base http.RoundTripper) http.RoundTripper { return &counted{base: base} }

var ours http.RoundTripper = &http.Transport{MaxIdleConns: 1, IdleConnTimeout: 1}

func allShare(url string) error {
	client := &http.Client{Transport: count(http.DefaultTransport)}
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

func handedOver(url string, base http.RoundTripper) error {
	over := base
	if over == nil {
		over = http.DefaultTransport
	}
	client := &http.Client{Transport: count(over)}
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

func chosen(url string, own bool) error {
	var over http.RoundTripper
	if own {
		over = ours
	} else {
		over = http.DefaultTransport
	}
	client := &http.Client{Transport: over}
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

func closedAtLast(url string) error {
	tr := http.DefaultTransport.(*http.Transport).Clone()
	defer tr.CloseIdleConnections()
	client := &http.Client{Transport: count(tr)}
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}
