// Package retryablehttp is as much of the real one as the fixtures need.
package retryablehttp

import "net/http"

type Client struct{}

type Request struct{ *http.Request }

func NewClient() *Client                                  { return nil }
func (c *Client) Do(req *Request) (*http.Response, error) { return nil, nil }
func (c *Client) Get(url string) (*http.Response, error)  { return nil, nil }
func (c *Client) Head(url string) (*http.Response, error) { return nil, nil }
