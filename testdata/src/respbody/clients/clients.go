// Package clients uses other clients than net/http's.
package clients

import (
	"context"
	"errors"
	"io"
	"net/http"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3v1 "github.com/aws/aws-sdk-go/service/s3"
	"github.com/elastic/go-elasticsearch/v8/esapi"
	"github.com/go-resty/resty/v2"
	"github.com/gorilla/websocket"
	"github.com/hashicorp/go-retryablehttp"
	"github.com/stretchr/testify/require"
)

func retryable(c *retryablehttp.Client, u string) (string, error) {
	resp, err := c.Get(u) // want `response body from c.Get is never closed`
	if err != nil {
		return "", err
	}
	return resp.Status, nil
}

func retryableHead(c *retryablehttp.Client, u string) (string, error) {
	resp, err := c.Head(u)
	if err != nil {
		return "", err
	}
	return resp.Status, nil
}

func object(c *s3.Client) (int64, error) {
	out, err := c.GetObject(context.Background(), &s3.GetObjectInput{}) // want `response body from c.GetObject is not closed when`
	if err != nil {
		return 0, err
	}
	if out.ContentLength == nil {
		return 0, errors.New("no length")
	}
	defer out.Body.Close()
	return io.Copy(io.Discard, out.Body)
}

func objectV1(c *s3v1.S3) (io.ReadCloser, error) {
	out, err := c.GetObject(&s3v1.GetObjectInput{})
	if err != nil {
		return nil, err
	}
	return out.Body, nil
}

type getter interface {
	GetObject(ctx context.Context, in *s3.GetObjectInput, opts ...func(*s3.Options)) (*s3.GetObjectOutput, error)
}

func objectThrough(g getter) error {
	out, err := g.GetObject(context.Background(), nil) // want `response body from g.GetObject is never closed`
	if err != nil {
		return err
	}
	_, err = io.ReadAll(out.Body)
	return err
}

func search(api *esapi.API) error {
	res, err := api.Search() // want `response body from api.Search is not closed when`
	if err != nil {
		return err
	}
	if res.IsError() {
		return errors.New("search failed")
	}
	return res.Body.Close()
}

func searchRequest(ctx context.Context, t esapi.Transport) error {
	res, err := esapi.SearchRequest{}.Do(ctx, t) // want `response body from esapi.SearchRequest\{\}.Do is never closed`
	if err != nil {
		return err
	}
	_, err = io.ReadAll(res.Body)
	return err
}

func searched(api *esapi.API) error {
	res, err := api.Search()
	if err != nil {
		return err
	}
	defer res.Body.Close()
	_, err = io.ReadAll(res.Body)
	return err
}

func parsed(c *resty.Client, u string) ([]byte, error) {
	resp, err := c.R().SetHeader("A", "b").Get(u)
	if err != nil {
		return nil, err
	}
	return resp.Body(), nil
}

func raw(c *resty.Client, u string) error {
	resp, err := c.R().SetDoNotParseResponse(true).SetHeader("A", "b").Get(u) // want `response body from .* is never closed`
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, resp.RawBody())
	return err
}

func rawSteps(c *resty.Client, u string) error {
	req := c.R()
	req.SetDoNotParseResponse(true)
	resp, err := req.Get(u) // want `response body from req.Get is not closed when`
	if err != nil {
		return err
	}
	if !resp.IsSuccess() {
		return errors.New("failed")
	}
	return resp.RawBody().Close()
}

func rawClosed(c *resty.Client, u string) error {
	resp, err := c.R().SetDoNotParseResponse(true).Get(u)
	if err != nil {
		return err
	}
	defer resp.RawBody().Close()
	_, err = io.Copy(io.Discard, resp.RawBody())
	return err
}

func upgraded(d *websocket.Dialer, u string) error {
	conn, resp, err := d.Dial(u, nil)
	if err != nil {
		return err
	}
	_ = resp.StatusCode
	return conn.Close()
}

func fails(t *testing.T, c *http.Client, u string) {
	_, err := c.Get(u)
	require.Error(t, err)
}

func mustFail(t *testing.T, err error) string {
	t.Helper()
	require.Error(t, err)
	return err.Error()
}

func failsInHelper(t *testing.T, c *http.Client, u string) {
	_, err := c.Get(u)
	if mustFail(t, err) == "" {
		t.Log("no text")
	}
}

func failsSoftly(t *testing.T, c *http.Client, u string) {
	if _, err := c.Get(u); err == nil {
		t.Error("no error")
	}
}
