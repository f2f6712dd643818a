// Package here serves without time limits where nobody else comes, or where that is
// not known.
package here

import (
	"flag"
	"fmt"
	"net"
	"net/http"
	"time"
)

func serveHere(port int, h http.Handler) error {
	l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return err
	}
	srv := &http.Server{Handler: h}
	return srv.Serve(l)
}

func serveSocket(name string, h http.Handler) error {
	l, err := net.Listen("unix", name)
	if err != nil {
		return err
	}
	return http.Serve(l, h)
}

func serveAny(network, addr string, h http.Handler) error {
	l, err := net.Listen(network, addr)
	if err != nil {
		return err
	}
	return http.Serve(l, h)
}

func serveGiven(l net.Listener, h http.Handler) error {
	srv := &http.Server{Handler: h}
	return srv.Serve(l)
}

func serveLimited(addr string, h http.Handler) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	srv := &http.Server{Handler: h}
	srv.ReadHeaderTimeout = time.Second
	return srv.Serve(l)
}

func serveHereAt(port string, h http.Handler) error {
	srv := &http.Server{Addr: "localhost:" + port, Handler: h}
	return srv.ListenAndServe()
}

// two servers, of which the one without limits is not reached.
func serveTwo(addr string, l net.Listener, h http.Handler) error {
	public, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	first := &http.Server{Handler: h, ReadTimeout: time.Second}
	second := &http.Server{Handler: h}
	go second.Serve(l)
	return first.Serve(public)
}

var listen = flag.String("listen", "localhost:8080", "where to listen")

func serveFlag(h http.Handler) error {
	l, err := net.Listen("tcp", *listen)
	if err != nil {
		return err
	}
	return http.Serve(l, h)
}

func listenAs(network, addr string) (net.Listener, error) { return net.Listen(network, addr) }

func sharedHere(h http.Handler) error {
	l, err := listenAs("tcp", "localhost:8080")
	if err != nil {
		return err
	}
	return http.Serve(l, h)
}

func sharedSocket(name string, h http.Handler) error {
	l, err := listenAs("unix", name)
	if err != nil {
		return err
	}
	return http.Serve(l, h)
}

type given struct{ ln net.Listener }

func newGiven(l net.Listener) *given { return &given{l} }

func (g *given) serve(h http.Handler) error { return http.Serve(g.ln, h) }

var debugAddr = flag.String("debug", "localhost:6060", "where to serve what is found out")

func debug() error { return http.ListenAndServe(*debugAddr, nil) }
