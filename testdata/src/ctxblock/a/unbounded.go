// Package a waits for what may never come.
package a

import (
	"crypto/tls"
	"encoding/json"
	"io"
	"log"
	"net"
	"net/http"
	"os/exec"
	"time"
)

type proxy struct {
	ln     net.Listener
	config *tls.Config
}

// A peer that connects and says nothing holds the goroutine for ever.
func (p *proxy) serve() error {
	for {
		raw, err := p.ln.Accept()
		if err != nil {
			return err
		}
		go p.handle(raw)
	}
}

func (p *proxy) handle(raw net.Conn) {
	defer raw.Close()
	conn := tls.Server(raw, p.config)
	if err := conn.Handshake(); err != nil { // want `nothing bounds the wait in \(\*tls\.Conn\)\.Handshake`
		log.Print(err)
		return
	}
	io.Copy(io.Discard, conn)
}

// A TLS listener hands out connections that have yet to shake hands.
func (p *proxy) serveTLS() error {
	ln := tls.NewListener(p.ln, p.config)
	for {
		conn, err := ln.Accept()
		if err != nil {
			return err
		}
		if err := conn.(*tls.Conn).Handshake(); err != nil { // want `nothing bounds the wait in \(\*tls\.Conn\)\.Handshake`
			conn.Close()
			continue
		}
		go io.Copy(conn, conn)
	}
}

// One at a time: the peer that says nothing stops the loop.
func (p *proxy) serveOne() error {
	for {
		raw, err := p.ln.Accept()
		if err != nil {
			return err
		}
		if err := p.greet(raw); err != nil {
			log.Print(err)
		}
	}
}

func (p *proxy) greet(raw net.Conn) error {
	conn := tls.Server(raw, p.config)
	defer conn.Close()
	return conn.Handshake() // want `nothing bounds the wait in \(\*tls\.Conn\)\.Handshake`
}

type poller struct {
	targets []string
	addr    string
	results chan error
}

func newPoller(targets []string) *poller {
	p := &poller{targets: targets, results: make(chan error, 1)}
	go p.loop()
	return p
}

// One server that does not answer stops the loop for good.
func (p *poller) loop() {
	for {
		for _, t := range p.targets {
			resp, err := http.Get(t) // want `nothing bounds the wait in http\.Get`
			if err != nil {
				log.Print(err)
				continue
			}
			resp.Body.Close()
		}
		time.Sleep(time.Minute)
	}
}

// The client of a helper is as unbounded.
func (p *poller) start() {
	go func() {
		for range time.Tick(time.Minute) {
			p.results <- p.check(p.addr)
		}
	}()
}

func (p *poller) check(addr string) error {
	client := &http.Client{}
	resp, err := client.Get(addr) // want `nothing bounds the wait in \(\*http\.Client\)\.Get`
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Two calls down, and with a request that has no context.
func (p *poller) startDeep() {
	go func() {
		for {
			p.round()
			time.Sleep(time.Second)
		}
	}()
}

func (p *poller) round() {
	for _, t := range p.targets {
		if _, err := p.version(t); err != nil {
			log.Print(err)
		}
	}
}

func (p *poller) version(url string) (v string, err error) {
	req, err := http.NewRequest(http.MethodGet, url+"/version", nil)
	if err != nil {
		return "", err
	}
	resp, err := http.DefaultClient.Do(req) // want `nothing bounds the wait in \(\*http\.Client\)\.Do`
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	return v, json.NewDecoder(resp.Body).Decode(&v)
}

// A variable that nobody gives a limit.
func (p *poller) startVar() {
	go func() {
		var client http.Client
		for {
			resp, err := client.Head(p.addr) // want `nothing bounds the wait in \(\*http\.Client\)\.Head`
			if err == nil {
				resp.Body.Close()
			}
			time.Sleep(time.Second)
		}
	}()
}

// A client that the goroutine captures has no limit there either.
func (p *poller) startShared() {
	client := &http.Client{}
	go func() {
		for {
			resp, err := client.Get(p.addr) // want `nothing bounds the wait in \(\*http\.Client\)\.Get`
			if err == nil {
				resp.Body.Close()
			}
			time.Sleep(time.Second)
		}
	}()
}

// Each target has a goroutine, but only once: that is for the audit tier.
func (p *poller) all() {
	for _, t := range p.targets {
		go p.fetch(t)
	}
}

func (p *poller) fetch(url string) {
	resp, err := http.Post(url, "text/plain", nil)
	if err != nil {
		log.Print(err)
		return
	}
	resp.Body.Close()
}

func (p *poller) reconnect() {
	for {
		conn, err := net.Dial("tcp", p.addr) // want `nothing bounds the wait in net\.Dial`
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		io.Copy(io.Discard, conn)
	}
}

func (p *poller) redial() {
	d := &net.Dialer{KeepAlive: time.Minute}
	for {
		conn, err := d.Dial("tcp", p.addr) // want `nothing bounds the wait in \(\*net\.Dialer\)\.Dial`
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		io.Copy(io.Discard, conn)
	}
}

// A command may hang.
func (p *poller) probe() {
	for range time.Tick(time.Hour) {
		if out, err := exec.Command("ipmitool", "sdr").Output(); err == nil { // want `nothing bounds the wait in \(\*exec\.Cmd\)\.Output`
			log.Printf("%s", out)
		}
	}
}

func (p *poller) run() {
	go p.reconnect()
	go p.redial()
	go p.probe()
}
