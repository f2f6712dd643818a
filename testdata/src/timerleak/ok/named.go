package ok

import (
	"net"
	"time"
)

// tick is called, too, and so runs as long as its callers want.
func tick(c net.Conn) {
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for range t.C {
		c.Write([]byte("ping"))
	}
}

func ticks(c net.Conn) {
	go tick(c)
}

func ticksHere(c net.Conn) { tick(c) }

type beating struct {
	c    net.Conn
	stop chan struct{}
}

func newBeating(c net.Conn) *beating {
	b := &beating{c, make(chan struct{})}
	go b.run()
	return b
}

func (b *beating) Close() error {
	close(b.stop)
	return b.c.Close()
}

func (b *beating) run() {
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for range t.C {
		select {
		case <-b.stop:
			return
		default:
		}
		b.c.Write([]byte("ping"))
	}
}
