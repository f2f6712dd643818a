package a

import (
	"context"
	"net"
)

type session interface {
	Context() context.Context
	AcceptStream(ctx context.Context) (net.Conn, error)
}

// What is not the session's does not end with it.
func relay(s session, d *net.Dialer) error {
	c, err := d.DialContext(context.Background(), "tcp", "upstream:1") // want `s\.Context\(\) is not passed to \(\*net\.Dialer\)\.DialContext`
	if err != nil {
		return err
	}
	return c.Close()
}
