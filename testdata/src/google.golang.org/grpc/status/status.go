// Package status is as much of the real one as the fixtures need.
package status

import (
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/internal/status"
)

type Status = status.Status

func Code(err error) codes.Code                          { return 0 }
func Convert(err error) *Status                          { return nil }
func Error(c codes.Code, msg string) error               { return nil }
func Errorf(c codes.Code, format string, a ...any) error { return nil }
func FromError(err error) (s *Status, ok bool)           { return nil, false }
