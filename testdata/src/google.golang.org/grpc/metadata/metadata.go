// Package metadata is as much of the real one as the fixtures need.
package metadata

import "context"

type MD map[string][]string

func (md MD) Get(k string) []string                                     { return nil }
func FromIncomingContext(ctx context.Context) (MD, bool)                { return nil, false }
func ValueFromIncomingContext(ctx context.Context, key string) []string { return nil }
