// Package retryable calls a service that may be down for a while.
package retryable

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"github.com/hashicorp/go-retryablehttp"
)

type quote struct{ Price float64 }

func leakyQuote(c *retryablehttp.Client, url string) (quote, error) {
	var q quote
	req, err := retryablehttp.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return q, err
	}
	resp, err := c.Do(req) // leak
	if err != nil {
		return q, err
	}
	if resp.StatusCode != http.StatusOK {
		return q, fmt.Errorf("status %s", resp.Status)
	}
	defer resp.Body.Close()
	return q, json.NewDecoder(resp.Body).Decode(&q)
}

func leakyPing(url string) bool {
	resp, err := retryablehttp.Get(url) // leak
	return err == nil && resp.StatusCode == http.StatusOK
}

func leakyStandard(c *retryablehttp.Client, url string) error {
	resp, err := c.StandardClient().Get(url) // leak
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

func healthyQuote(c *retryablehttp.Client, url string) (quote, error) {
	var q quote
	resp, err := c.Get(url)
	if err != nil {
		return q, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return q, fmt.Errorf("status %s", resp.Status)
	}
	return q, json.NewDecoder(resp.Body).Decode(&q)
}

func healthyHead(c *retryablehttp.Client, url string) (int64, error) {
	resp, err := c.Head(url)
	if err != nil {
		return 0, err
	}
	return resp.ContentLength, nil
}

func healthyHeadRequest(c *retryablehttp.Client, url string) (http.Header, error) {
	req, err := retryablehttp.NewRequest("HEAD", url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := c.Do(req)
	if err != nil {
		return nil, err
	}
	return resp.Header, nil
}
