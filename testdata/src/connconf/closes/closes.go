// Package closes ends the idle connections of what it makes for a call.
package closes

import (
	"net/http"
	"time"
)

// The transport's connections are closed, whatever holds the client.
func inline(u string) error {
	tr := &http.Transport{}
	defer tr.CloseIdleConnections()
	resp, err := (&http.Client{Transport: tr, Timeout: time.Second}).Get(u)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func newClosing() (*http.Client, func()) {
	tr := &http.Transport{}
	return &http.Client{Transport: tr, Timeout: time.Second}, tr.CloseIdleConnections
}

func closing(u string) error {
	c, done := newClosing()
	defer done()
	resp, err := c.Get(u)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// No connection stays.
func keepingNone(u string) error {
	c := &http.Client{Timeout: time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: -1}}
	resp, err := c.Get(u)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
