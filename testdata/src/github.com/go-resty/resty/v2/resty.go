// Package resty is as much of the real one as the fixtures need.
package resty

import (
	"io"
	"net/http"
)

type Client struct{}

func New() *Client                                   { return &Client{} }
func (c *Client) R() *Request                        { return &Request{} }
func (c *Client) SetDoNotParseResponse(bool) *Client { return c }

type Request struct{}

func (r *Request) SetDoNotParseResponse(bool) *Request   { return r }
func (r *Request) SetHeader(name, value string) *Request { return r }
func (r *Request) Get(url string) (*Response, error)     { return nil, nil }

type Response struct{ RawResponse *http.Response }

func (r *Response) RawBody() io.ReadCloser { return r.RawResponse.Body }
func (r *Response) Body() []byte           { return nil }
func (r *Response) IsSuccess() bool        { return r.RawResponse.StatusCode < 300 }
