// Package s3v1 reads objects by the first version of the SDK.
package s3v1

import (
	"context"
	"io"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/service/s3"
	"github.com/aws/aws-sdk-go/service/s3/s3iface"
)

func leakyRead(c *s3.S3, bucket, key string) ([]byte, error) {
	out, err := c.GetObject(&s3.GetObjectInput{Bucket: &bucket, Key: &key}) // leak
	if err != nil {
		return nil, err
	}
	return io.ReadAll(out.Body)
}

func leakyType(ctx context.Context, c s3iface.S3API, in *s3.GetObjectInput) (string, error) {
	out, err := c.GetObjectWithContext(ctx, in) // leak
	if err != nil {
		return "", err
	}
	return aws.StringValue(out.ContentType), nil
}

func healthyRead(ctx context.Context, c s3iface.S3API, in *s3.GetObjectInput) ([]byte, error) {
	out, err := c.GetObjectWithContext(ctx, in)
	if err != nil {
		return nil, err
	}
	defer out.Body.Close()
	return io.ReadAll(out.Body)
}

func healthyBody(c *s3.S3, in *s3.GetObjectInput) (io.ReadCloser, error) {
	out, err := c.GetObject(in)
	if err != nil {
		return nil, err
	}
	return out.Body, nil
}
