// Package mongo is as much of the library as the fixtures need.
package mongo

import "context"

type Collection struct{}

type Cursor struct{}

func (*Collection) Find(ctx context.Context, filter any) (*Cursor, error) { return new(Cursor), nil }

func (*Cursor) Next(ctx context.Context) bool { return false }

func (*Cursor) Decode(v any) error { return nil }

func (*Cursor) Err() error { return nil }

func (*Cursor) Close(ctx context.Context) error { return nil }

func (*Cursor) All(ctx context.Context, v any) error { return nil }
