// Package esapi is as much of the real one as the fixtures need.
package esapi

import (
	"context"
	"io"
	"net/http"
)

type Transport interface {
	Perform(*http.Request) (*http.Response, error)
}

type Response struct {
	StatusCode int
	Header     http.Header
	Body       io.ReadCloser
}

func (r *Response) IsError() bool { return r.StatusCode > 299 }

type Search func(o ...func(*SearchRequest)) (*Response, error)

type SearchRequest struct{}

func (r SearchRequest) Do(ctx context.Context, t Transport) (*Response, error) {
	res, err := t.Perform(nil)
	if err != nil {
		return nil, err
	}
	return &Response{StatusCode: res.StatusCode, Body: res.Body, Header: res.Header}, nil
}

type API struct{ Search Search }
