// Package s3 is as much of the real one as the fixtures need.
package s3

import (
	"context"
	"io"
)

type Client struct{}

type Options struct{}

type GetObjectInput struct{}

type GetObjectOutput struct {
	Body          io.ReadCloser
	ContentLength *int64
}

func (c *Client) GetObject(ctx context.Context, in *GetObjectInput, opts ...func(*Options)) (*GetObjectOutput, error) {
	return nil, nil
}
