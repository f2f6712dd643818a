// Package a makes clients for each call, and serves without time limits.
package a

import (
	"context"
	"crypto/tls"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"time"
)

type auth struct {
	url string
	tls *tls.Config
}

func (a *auth) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	client := http.Client{ // want `^http\.Client with connections of its own is made for each call of ServeHTTP: idle ones stay when it is gone; make it once, or close them at the end$`
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	if a.tls != nil {
		client.Transport = &http.Transport{TLSClientConfig: a.tls}
	}
	req, err := http.NewRequestWithContext(r.Context(), http.MethodGet, a.url, nil)
	if err != nil {
		return
	}
	resp, err := client.Do(req)
	if err != nil {
		return
	}
	defer resp.Body.Close()
	resp.Write(w)
}

func fetch(url string, skip bool) (int, error) {
	tr := &http.Transport{ // want `^http\.Transport with connections of its own is made for each call of fetch`
		TLSClientConfig: &tls.Config{InsecureSkipVerify: skip},
	}
	client := &http.Client{Transport: tr, Timeout: time.Second}
	resp, err := client.Get(url)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return len(resp.Header), resp.Write(nil)
}

func newClient() *http.Client {
	return &http.Client{Transport: &http.Transport{MaxIdleConns: 10}}
}

func made(url string) error {
	c := newClient() // want `^http\.Client with connections of its own is made for each call of made`
	resp, err := c.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func direct(url string) error {
	resp, err := newClient().Get(url) // want `^http\.Client with connections of its own is made for each call of direct`
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

var few = &http.Transport{MaxIdleConns: 10, MaxIdleConnsPerHost: 100, IdleConnTimeout: time.Minute} // want `^MaxIdleConnsPerHost is 100, but MaxIdleConns lets http\.Transport keep no more than 10: what is over is closed at once$`

func serve(h http.Handler) error {
	srv := &http.Server{Addr: ":8080", Handler: h} // want `^http\.Server has no ReadHeaderTimeout: a client that says nothing keeps its connection and goroutine for ever$`
	return srv.ListenAndServe()
}

func serveTwo(h http.Handler) error {
	public := &http.Server{Addr: ":8080", Handler: h} // want `^http\.Server has no ReadHeaderTimeout`
	internal := &http.Server{Addr: ":8081", Handler: h, IdleTimeout: time.Minute}
	internal.ReadHeaderTimeout = time.Second
	go internal.ListenAndServe()
	return public.ListenAndServe()
}

func serveZero(h http.Handler) error {
	srv := &http.Server{Addr: ":8080", Handler: h} // want `^http\.Server has no ReadHeaderTimeout`
	srv.ReadTimeout = 0
	return srv.ListenAndServe()
}

func serveAll(h http.Handler) error {
	return http.ListenAndServe(":8080", h) // want `^http\.ListenAndServe serves without time limits: a client that says nothing keeps its connection and goroutine for ever; use a server with ReadHeaderTimeout and IdleTimeout$`
}

func transport(few int) http.RoundTripper { return &http.Transport{MaxIdleConns: few} }

func byInterface(url string) error {
	client := &http.Client{Transport: transport(1)} // want `^http\.Client with connections of its own is made for each call of byInterface`
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func byLiteral(urls []string) error {
	newOne := func() *http.Client { return &http.Client{Transport: &http.Transport{}} }
	for _, url := range urls {
		c := newOne() // want `^http\.Client with connections of its own is made for each call of byLiteral`
		resp, err := c.Get(url)
		if err != nil {
			return err
		}
		resp.Body.Close()
	}
	return nil
}

type gateway struct {
	addr string
	srv  *http.Server
}

func newGateway(h http.Handler) *gateway {
	g := &gateway{}
	g.srv = &http.Server{Handler: h} // want `^http\.Server has no ReadHeaderTimeout: a client that says nothing keeps its connection and goroutine for ever$`
	return g
}

type limited struct{ net.Listener }

func limit(l net.Listener, n int) net.Listener { return limited{l} }

func (g *gateway) run(cfg *tls.Config) error {
	l, err := net.Listen("tcp", g.addr)
	if err != nil {
		return err
	}
	l = limit(l, 100)
	if cfg != nil {
		return g.srv.Serve(tls.NewListener(l, cfg))
	}
	return g.srv.Serve(l)
}

func serveOn(port int, h http.Handler) error {
	l, err := net.Listen("tcp4", fmt.Sprintf(":%d", port))
	if err != nil {
		return err
	}
	return http.Serve(l, h) // want `^http\.Serve serves without time limits`
}

func serveEither(socket, addr string, h http.Handler) error {
	var l net.Listener
	var err error
	if socket != "" {
		l, err = net.Listen("unix", socket)
	} else {
		l, err = tls.Listen("tcp", addr, nil)
	}
	if err != nil {
		return err
	}
	srv := http.Server{Handler: h} // want `^http\.Server has no ReadHeaderTimeout`
	return srv.Serve(l)
}

func serveInGoroutine(ctx context.Context, addr string, h http.Handler) error {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", addr)
	if err != nil {
		return err
	}
	srv := &http.Server{Handler: h} // want `^http\.Server has no ReadHeaderTimeout`
	go func() { srv.ServeTLS(l, "", "") }()
	<-ctx.Done()
	return srv.Shutdown(context.Background())
}

type logged struct {
	name string
	next http.RoundTripper
}

func (l *logged) RoundTrip(req *http.Request) (*http.Response, error) {
	return l.next.RoundTrip(req)
}

func (a *auth) throughWrapper() error {
	client := &http.Client{Transport: &logged{"auth", &http.Transport{TLSClientConfig: a.tls}}} // want `^http\.Client with connections of its own is made for each call of throughWrapper`
	resp, err := client.Get(a.url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

var listen = flag.String("listen", ":8080", "where to listen")

func serveFlag(h http.Handler) error {
	l, err := net.Listen("tcp", *listen)
	if err != nil {
		return err
	}
	return http.Serve(l, h) // want `^http\.Serve serves without time limits`
}

func printed(h http.Handler) error {
	srv := &http.Server{Addr: ":8080", Handler: h} // want `http.Server has no ReadHeaderTimeout`
	log.Print(srv)
	own(srv)
	return srv.ListenAndServe()
}

func own(s *http.Server) { s.MaxHeaderBytes = 1 << 20 }

// listenShared stands for a helper that sets options of the socket.
func listenShared(network, addr string) (net.Listener, error) {
	lc := net.ListenConfig{}
	return lc.Listen(context.Background(), network, addr)
}

func onShared(addr string, h http.Handler) error {
	l, err := listenShared("tcp", addr)
	if err != nil {
		return err
	}
	srv := &http.Server{Handler: h} // want `^http\.Server has no ReadHeaderTimeout`
	return srv.Serve(l)
}

type health struct {
	addr string
	ln   net.Listener
	mux  http.Handler
}

func (h *health) start() error {
	l, err := listenShared("tcp", h.addr)
	if err != nil {
		return err
	}
	h.ln = l
	go func() { http.Serve(h.ln, h.mux) }() // want `^http\.Serve serves without time limits`
	return nil
}
