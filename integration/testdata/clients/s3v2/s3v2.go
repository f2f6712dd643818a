// Package s3v2 reads objects by the second version of the SDK.
package s3v2

import (
	"context"
	"errors"
	"io"

	"github.com/aws/aws-sdk-go-v2/service/s3"
)

type getter interface {
	GetObject(context.Context, *s3.GetObjectInput, ...func(*s3.Options)) (*s3.GetObjectOutput, error)
}

func leakySize(ctx context.Context, c *s3.Client, in *s3.GetObjectInput) (int64, error) {
	out, err := c.GetObject(ctx, in) // leak
	if err != nil {
		return 0, err
	}
	if out.ContentLength == nil {
		return 0, errors.New("no length")
	}
	defer out.Body.Close()
	return io.Copy(io.Discard, out.Body)
}

func leakyGetter(ctx context.Context, c getter, in *s3.GetObjectInput) (string, error) {
	out, err := c.GetObject(ctx, in) // leak
	if err != nil {
		return "", err
	}
	b, err := io.ReadAll(out.Body)
	return string(b), err
}

func healthySize(ctx context.Context, c getter, in *s3.GetObjectInput) (int64, error) {
	out, err := c.GetObject(ctx, in)
	if err != nil {
		return 0, err
	}
	defer func() { _ = out.Body.Close() }()
	return io.Copy(io.Discard, out.Body)
}

func healthyPut(ctx context.Context, c *s3.Client, in *s3.PutObjectInput) error {
	_, err := c.PutObject(ctx, in)
	return err
}
