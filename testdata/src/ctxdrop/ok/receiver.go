package ok

import (
	"context"
	"net"
)

// session is what a peer has opened; its context ends with it.
type session struct {
	ctx  context.Context
	peer net.Dialer
}

func (s *session) Context() context.Context { return s.ctx }

func (s *session) AcceptStream(ctx context.Context) (net.Conn, error) {
	return s.peer.DialContext(ctx, "tcp", "stream:1")
}

// serve waits for what the session brings as long as that lasts.
func serve(s *session) error {
	for {
		c, err := s.AcceptStream(context.Background())
		if err != nil {
			return err
		}
		c.Close()
	}
}
