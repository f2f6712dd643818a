package a

import (
	"log"
	"net"
	"net/http"
	"time"
)

func handle(w http.ResponseWriter, r *http.Request) {
	go func() {
		for range time.Tick(10 * time.Second) { // want `the goroutine that handle starts ranges over the ticker from time\.Tick and never ends`
			log.Print(r.URL.Path)
		}
	}()
}

func each(conns []net.Conn) {
	for _, c := range conns {
		go func() {
			for range time.Tick(10 * time.Second) { // want `the goroutine that each starts ranges over the ticker from time\.Tick and never ends`
				c.Write([]byte("ping"))
			}
		}()
	}
}

type pinger struct{ c net.Conn }

func newPinger(c net.Conn) *pinger {
	p := &pinger{c}
	go p.run()
	return p
}

func (p *pinger) Close() error { return p.c.Close() }

// run is a goroutine of its own, and goes on when its pinger is closed.
func (p *pinger) run() {
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for range t.C { // want `the goroutine that newPinger starts ranges over the ticker from time\.NewTicker and never ends`
		p.c.Write([]byte("ping"))
	}
}

// outside stops the ticker, which ends no loop over its channel.
func outside(r *http.Request, c net.Conn, work func() error) error {
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	go func() {
		for range t.C { // want `the goroutine that outside starts ranges over the ticker from time\.NewTicker and never ends`
			c.Write([]byte("ping"))
		}
	}()
	return work()
}
