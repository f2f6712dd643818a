// Package pricefeed reads the price lists of suppliers.
package pricefeed

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"shop/problem"
)

// Price is one line of a list.
type Price struct {
	SKU   string
	Cents int64
}

// Source fetches lists from one supplier.
type Source struct {
	URL    string
	Client *http.Client
}

func (s *Source) fetch(ctx context.Context, name string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+"/"+name, nil)
	if err != nil {
		return nil, err
	}
	return s.Client.Do(req)
}

// Full returns the supplier's whole list, which comes compressed.
func (s *Source) Full(ctx context.Context) ([]Price, error) {
	// leak(respbody): closing the gzip reader does not close what it reads
	resp, err := s.fetch(ctx, "full.txt.gz")
	if err != nil {
		return nil, err
	}
	zr, err := gzip.NewReader(resp.Body)
	if err != nil {
		return nil, fmt.Errorf("full list: %w", err)
	}
	defer zr.Close()
	return parse(zr)
}

// Changes returns the prices that changed today, which come compressed too.
func (s *Source) Changes(ctx context.Context) ([]Price, error) {
	// healthy: both the gzip reader and the body are closed
	resp, err := s.fetch(ctx, "changes.txt.gz")
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	zr, err := gzip.NewReader(resp.Body)
	if err != nil {
		return nil, fmt.Errorf("changes: %w", err)
	}
	defer zr.Close()
	return parse(zr)
}

// Currency returns the currency of all the supplier's prices.
func (s *Source) Currency(ctx context.Context) (string, error) {
	// leak(respbody): a failed read returns before the close
	resp, err := s.fetch(ctx, "currency")
	if err != nil {
		return "", err
	}
	code, err := io.ReadAll(io.LimitReader(resp.Body, 8))
	if err != nil {
		return "", fmt.Errorf("currency: %w", err)
	}
	resp.Body.Close()
	return strings.TrimSpace(string(code)), nil
}

// List is an open list that is read line by line.
type List struct {
	body  io.ReadCloser
	lines *bufio.Scanner
}

// Open starts to read a list by name. The caller closes the List.
func (s *Source) Open(ctx context.Context, name string) (*List, error) {
	// healthy: on success the List holds the body, and its Close closes it
	resp, err := s.fetch(ctx, name)
	if err != nil {
		return nil, err
	}
	if err := problem.FromResponse(resp); err != nil {
		resp.Body.Close()
		return nil, err
	}
	return &List{body: resp.Body, lines: bufio.NewScanner(resp.Body)}, nil
}

// Next returns the next price, or io.EOF after the last one.
func (l *List) Next() (Price, error) {
	if !l.lines.Scan() {
		if err := l.lines.Err(); err != nil {
			return Price{}, err
		}
		return Price{}, io.EOF
	}
	return parseLine(l.lines.Text())
}

// Close ends the transfer.
func (l *List) Close() error { return l.body.Close() }

func parse(r io.Reader) ([]Price, error) {
	var prices []Price
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		p, err := parseLine(lines.Text())
		if err != nil {
			return nil, err
		}
		prices = append(prices, p)
	}
	return prices, lines.Err()
}

func parseLine(line string) (Price, error) {
	sku, cents, ok := strings.Cut(line, "\t")
	if !ok {
		return Price{}, errors.New("price line without a tab")
	}
	n, err := strconv.ParseInt(cents, 10, 64)
	if err != nil {
		return Price{}, fmt.Errorf("price of %s: %w", sku, err)
	}
	return Price{SKU: sku, Cents: n}, nil
}
