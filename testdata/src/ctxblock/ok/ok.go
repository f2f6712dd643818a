// Package ok bounds its waits, or ends its loops.
package ok

import (
	"bufio"
	"context"
	"crypto/tls"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os/exec"
	"sync"
	"time"
)

type proxy struct {
	ln     net.Listener
	config *tls.Config
	client *http.Client
	dialer *net.Dialer
	addr   string
}

// Handshakes: a deadline on the connection, on what is under it, by a helper
// or by the caller.
func (p *proxy) deadline(raw net.Conn) error {
	conn := tls.Server(raw, p.config)
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		return err
	}
	return conn.Handshake()
}

func (p *proxy) deadlineBelow(raw net.Conn) error {
	raw.SetReadDeadline(time.Now().Add(10 * time.Second))
	conn := tls.Server(raw, p.config)
	return conn.Handshake()
}

func limit(conn net.Conn) { conn.SetDeadline(time.Now().Add(10 * time.Second)) }

func (p *proxy) deadlineByHelper(raw net.Conn) error {
	conn := tls.Server(raw, p.config)
	limit(conn)
	return conn.Handshake()
}

func (p *proxy) serve() error {
	for {
		raw, err := p.ln.Accept()
		if err != nil {
			return err
		}
		raw.SetDeadline(time.Now().Add(10 * time.Second))
		go p.shake(raw)
	}
}

func (p *proxy) shake(raw net.Conn) {
	conn := tls.Server(raw, p.config)
	if err := conn.Handshake(); err != nil {
		log.Print(err)
	}
	conn.Close()
}

func (p *proxy) withContext() error {
	raw, err := p.ln.Accept()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return tls.Server(raw, p.config).HandshakeContext(ctx)
}

func (p *proxy) accepted() error {
	ln := tls.NewListener(p.ln, p.config)
	conn, err := ln.Accept()
	if err != nil {
		return err
	}
	defer conn.Close()
	conn.SetReadDeadline(time.Now().Add(time.Second))
	return conn.(*tls.Conn).Handshake()
}

func (p *proxy) acceptedByHelper() error {
	raw, err := p.ln.Accept()
	if err != nil {
		return err
	}
	limit(raw)
	return tls.Server(raw, p.config).Handshake()
}

// A watchdog closes the connection.
func (p *proxy) watched() error {
	raw, err := p.ln.Accept()
	if err != nil {
		return err
	}
	timer := time.AfterFunc(time.Second, func() { raw.Close() })
	defer timer.Stop()
	return tls.Server(raw, p.config).Handshake()
}

func (p *proxy) watchedAbove() error {
	raw, err := p.ln.Accept()
	if err != nil {
		return err
	}
	conn := tls.Server(raw, p.config)
	timer := time.AfterFunc(time.Second, func() { conn.Close() })
	defer timer.Stop()
	return conn.Handshake()
}

// A server reads for as long as its peer talks.
func (p *proxy) echo() error {
	conn, err := p.ln.Accept()
	if err != nil {
		return err
	}
	defer conn.Close()
	text, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		return err
	}
	_, err = conn.Write([]byte(text))
	return err
}

// The client side of a connection that was dialed in time.
func (p *proxy) clientSide() error {
	conn, err := tls.DialWithDialer(&net.Dialer{Timeout: time.Second}, "tcp", p.addr, p.config)
	if err != nil {
		return err
	}
	return conn.Close()
}

// Clients with limits, in loops of goroutines.
func (p *proxy) poll() {
	client := &http.Client{Timeout: 10 * time.Second}
	go func() {
		for {
			if resp, err := client.Get(p.addr); err == nil {
				resp.Body.Close()
			}
			time.Sleep(time.Minute)
		}
	}()
}

func (p *proxy) pollLater() {
	go func() {
		var client http.Client
		client.Timeout = time.Second
		for range time.Tick(time.Minute) {
			if resp, err := client.Get(p.addr); err == nil {
				resp.Body.Close()
			}
		}
	}()
}

// A transport may have limits of its own.
func (p *proxy) pollTransport(rt http.RoundTripper) {
	client := &http.Client{Transport: rt}
	go func() {
		for range time.Tick(time.Minute) {
			if resp, err := client.Get(p.addr); err == nil {
				resp.Body.Close()
			}
		}
	}()
}

// configure may set a limit.
func configure(c *http.Client) { c.Timeout = time.Minute }

func (p *proxy) pollConfigured() {
	go func() {
		client := new(http.Client)
		configure(client)
		for range time.Tick(time.Minute) {
			if resp, err := client.Get(p.addr); err == nil {
				resp.Body.Close()
			}
		}
	}()
}

// Whose client this is, and what it was given, is not known.
func (p *proxy) pollField() {
	go func() {
		for range time.Tick(time.Minute) {
			if resp, err := p.client.Get(p.addr); err == nil {
				resp.Body.Close()
			}
			if conn, err := p.dialer.Dial("tcp", p.addr); err == nil {
				conn.Close()
			}
		}
	}()
}

var shared = &http.Client{Timeout: time.Minute}

func (p *proxy) pollShared() {
	go func() {
		for range time.Tick(time.Minute) {
			if resp, err := shared.Get(p.addr); err == nil {
				resp.Body.Close()
			}
		}
	}()
}

func (p *proxy) pollRequest() {
	go func() {
		for range time.Tick(time.Minute) {
			if err := p.once(); err != nil {
				log.Print(err)
			}
		}
	}()
}

func (p *proxy) once() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.addr, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Limits by condition are limits.
func (p *proxy) pollMaybe(limit time.Duration) {
	client := &http.Client{}
	if limit > 0 {
		client = &http.Client{Timeout: limit}
	}
	go func() {
		for range time.Tick(time.Minute) {
			if resp, err := client.Get(p.addr); err == nil {
				resp.Body.Close()
			}
		}
	}()
}

func (p *proxy) redial() {
	d := &net.Dialer{Timeout: time.Second}
	for {
		conn, err := d.Dial("tcp", p.addr)
		if err != nil {
			conn, err = net.DialTimeout("tcp", p.addr, time.Second)
		}
		if err == nil {
			io.Copy(io.Discard, conn)
		}
	}
}

func (p *proxy) probe() {
	for range time.Tick(time.Hour) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		if err := exec.CommandContext(ctx, "ipmitool", "sdr").Run(); err != nil {
			log.Print(err)
		}
		cancel()
	}
}

// Databases have limits of their own, more often than not.
func (p *proxy) count(db *sql.DB) {
	for range time.Tick(time.Hour) {
		if _, err := db.Exec("ANALYZE"); err != nil {
			log.Print(err)
		}
	}
}

func (p *proxy) run(db *sql.DB) {
	go p.redial()
	go p.probe()
	go p.count(db)
}

// Neither in a loop of a goroutine nor on a peer's connection: the caller sees
// that it hangs.
func fetch(url string) ([]byte, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

func install(pkg string) error { return exec.Command("apt-get", "install", pkg).Run() }

// To serve is to wait.
func (p *proxy) listen(h http.Handler) {
	go func() {
		for {
			if err := http.Serve(p.ln, h); errors.Is(err, http.ErrServerClosed) {
				return
			}
		}
	}()
}

// With a context at hand it is for another rule to say.
func (p *proxy) held(ctx context.Context, urls []string) error {
	for _, u := range urls {
		if err := p.ping(u); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (p *proxy) ping(u string) error {
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Cleaning up is not endless work.
func (p *proxy) Close() error {
	resp, err := http.Post(p.addr+"/bye", "", nil)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (p *proxy) until(wg *sync.WaitGroup) {
	defer wg.Done()
	fmt.Fprintln(io.Discard, p.addr)
}

// A connection in a wrapper may have its deadline from whoever opened it.
type peeked struct {
	net.Conn
	head []byte
}

func (p *proxy) handover(raw net.Conn, head []byte) error {
	return tls.Server(peeked{raw, head}, p.config).Handshake()
}
