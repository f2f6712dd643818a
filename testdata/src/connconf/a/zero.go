package a

import (
	"net/http"
	"time"
)

// Servers without a literal.

func newed(h http.Handler) error {
	srv := new(http.Server) // want `^http\.Server has no ReadHeaderTimeout: a client that says nothing keeps its connection and goroutine for ever$`
	srv.Handler = h
	srv.Addr = ":8080"
	return srv.ListenAndServe()
}

func declared(h http.Handler) error {
	var srv http.Server // want `^http\.Server has no ReadHeaderTimeout`
	srv.Handler = h
	srv.Addr = ":8080"
	return srv.ListenAndServe()
}

var global http.Server // want `^http\.Server has no ReadHeaderTimeout`

func serveGlobal(h http.Handler) error {
	global.Addr = "0.0.0.0:80"
	global.Handler = h
	return global.ListenAndServe()
}

// With limits, or not to be reached.

func newedRight(h http.Handler) error {
	srv := new(http.Server)
	srv.Handler = h
	srv.Addr = ":8080"
	srv.ReadHeaderTimeout = time.Second
	srv.IdleTimeout = time.Minute
	return srv.ListenAndServe()
}

func declaredRight(h http.Handler) error {
	var srv http.Server
	srv.ReadTimeout, srv.Addr = time.Second, ":8080"
	srv.Handler = h
	return srv.ListenAndServe()
}

func newedHere(h http.Handler) error {
	srv := new(http.Server)
	srv.Handler = h
	srv.Addr = "localhost:8080"
	return srv.ListenAndServe()
}

// Nothing but a value to compare or copy.
func isZero(s *http.Server) bool {
	var none http.Server
	return s.Addr == none.Addr
}

func copied(from *http.Server) error {
	var to *http.Server = from
	return to.Close()
}
