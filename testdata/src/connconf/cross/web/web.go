// Package web makes clients.
package web

import (
	"net/http"
	"time"
)

// Client returns a new client each time.
func Client(timeout time.Duration) *http.Client {
	c := &http.Client{Timeout: timeout}
	c.Transport = &http.Transport{ForceAttemptHTTP2: true}
	return c
}

var one = Client(time.Second)

// One returns the same client each time.
func One() *http.Client { return one }

// Checked returns a new client or an error.
func Checked(timeout time.Duration) (*http.Client, error) {
	return Client(timeout), nil
}

// Harden limits how long clients may take.
func Harden(s *http.Server) { s.ReadHeaderTimeout, s.IdleTimeout = 5*time.Second, time.Minute }

// Hardened returns a server that does so.
func Hardened(s *http.Server) *http.Server {
	Harden(s)
	return s
}
