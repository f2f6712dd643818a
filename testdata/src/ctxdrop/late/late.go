// Package late looks at its contexts when the work is done.
package late

import (
	"context"
	"net"
	"net/http"
)

type scale struct{ addr string }

func (s *scale) weigh(id string) error {
	conn, err := net.Dial("tcp", s.addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	_, err = conn.Write([]byte(id))
	return err
}

// The check comes too late.
func (s *scale) manifest(ctx context.Context, id string) error {
	if err := s.weigh(id); err != nil { // want `ctx is not passed to weigh, which blocks in net\.Dial`
		return err
	}
	return ctx.Err()
}

func (s *scale) tare(ctx context.Context) error {
	conn, err := net.Dial("tcp", s.addr) // want `ctx is not passed to net\.Dial`
	if err != nil {
		return err
	}
	defer conn.Close()
	select {
	case <-ctx.Done():
		return ctx.Err()
	default:
	}
	_, err = conn.Write([]byte("tare"))
	return err
}

// This one comes before, and would come after, too.
func (s *scale) price(ctx context.Context, url string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	resp, err := http.Get(url) // want `ctx is not passed to http\.Get`
	if err != nil {
		return err
	}
	resp.Body.Close()
	return ctx.Err()
}

// The context is used, only not for this.
func (s *scale) label(ctx context.Context, url string, print func(context.Context) error) error {
	resp, err := http.Head(url) // want `ctx is not passed to http\.Head`
	if err != nil {
		return err
	}
	resp.Body.Close()
	return print(ctx)
}
