// Package people has what others look up.
package people

import (
	"context"
	"errors"
)

type User struct{ Name string }

type Users interface {
	Get(ctx context.Context, name string) (*User, error)
}

func Parse(name string) (string, error) {
	if name == "" {
		return "", errors.New("empty")
	}
	return name, nil
}
