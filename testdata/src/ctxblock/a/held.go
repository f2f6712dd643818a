package a

import (
	"net/http"
	"time"
)

type heldByTest struct{ addr string }

func (h *heldByTest) start() {
	go func() {
		for range time.Tick(time.Minute) {
			h.fetch()
		}
	}()
}

func (h *heldByTest) fetch() error {
	resp, err := http.Get(h.addr) // want `nothing bounds the wait in http\.Get`
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// A transport without a limit of its own.

type scraper struct{ addr string }

func (s *scraper) start() {
	go func() {
		for range time.Tick(time.Minute) {
			s.scrape()
			s.scrapeBounded()
			s.scrapeOver(http.DefaultTransport)
		}
	}()
}

func (s *scraper) scrape() error {
	over := http.DefaultTransport.(*http.Transport).Clone()
	over.MaxIdleConns = 1
	client := &http.Client{Transport: over}
	resp, err := client.Get(s.addr) // want `nothing bounds the wait in \(\*http\.Client\)\.Get`
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (s *scraper) scrapeBounded() error {
	over := http.DefaultTransport.(*http.Transport).Clone()
	over.ResponseHeaderTimeout = time.Minute
	client := &http.Client{Transport: over}
	resp, err := client.Get(s.addr)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// What it is given may bound it.
func (s *scraper) scrapeOver(over http.RoundTripper) error {
	client := &http.Client{Transport: over}
	resp, err := client.Get(s.addr)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
