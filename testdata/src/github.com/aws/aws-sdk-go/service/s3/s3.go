// Package s3 is as much of the real one as the fixtures need.
package s3

import "io"

type S3 struct{}

type GetObjectInput struct{}

type GetObjectOutput struct{ Body io.ReadCloser }

func (c *S3) GetObject(in *GetObjectInput) (*GetObjectOutput, error) { return nil, nil }
