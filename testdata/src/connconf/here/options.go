package here

import (
	"net"
	"net/http"
	"time"

	"connconf/cross/web"
)

// Options, other packages and pointers to fields may set the limits.

type option func(*http.Server)

func withOptions(h http.Handler, opts ...option) *http.Server {
	srv := &http.Server{Addr: ":8080", Handler: h}
	for _, o := range opts {
		o(srv)
	}
	return srv
}

func hardened(h http.Handler) error {
	srv := &http.Server{Addr: ":8080", Handler: h}
	web.Harden(srv)
	return srv.ListenAndServe()
}

func hardenedAtOnce(h http.Handler) error {
	return web.Hardened(&http.Server{Addr: ":8080", Handler: h}).ListenAndServe()
}

func pointed(h http.Handler) error {
	srv := &http.Server{Addr: ":8080", Handler: h}
	for _, d := range []*time.Duration{&srv.ReadHeaderTimeout, &srv.IdleTimeout} {
		*d = time.Minute
	}
	return srv.ListenAndServe()
}

// This host's own address, in a local variable, or where the server really listens.

func ownHost(port string, h http.Handler) error {
	host := "127.0.0.1"
	srv := &http.Server{Addr: net.JoinHostPort(host, port), Handler: h}
	return srv.ListenAndServe()
}

func ownListener(h http.Handler) error {
	l, err := net.Listen("tcp", "localhost:8080")
	if err != nil {
		return err
	}
	srv := &http.Server{Addr: ":8080", Handler: h}
	return srv.Serve(l)
}
