package ok

import (
	"crypto/tls"
	"io"
	"net"
	"net/smtp"
	"time"
)

// The deadline stands on the connection below.

func handshakes(ln net.Listener, cfg *tls.Config) {
	for {
		c, err := ln.Accept()
		if err != nil {
			return
		}
		go func() {
			defer c.Close()
			c.SetDeadline(time.Now().Add(10 * time.Second))
			tc := tls.Server(c, cfg)
			if tc.Handshake() != nil {
				return
			}
			c.SetDeadline(time.Time{})
			io.Copy(io.Discard, tc)
		}()
	}
}

// closedInTime has a timer close the connection below.
func closedInTime(ln net.Listener, cfg *tls.Config) {
	for {
		c, err := ln.Accept()
		if err != nil {
			return
		}
		go func() {
			defer c.Close()
			t := time.AfterFunc(10*time.Second, func() { c.Close() })
			tc := tls.Server(c, cfg)
			err := tc.Handshake()
			t.Stop()
			if err != nil {
				return
			}
			io.Copy(io.Discard, tc)
		}()
	}
}

func mails(addrs <-chan string) {
	for addr := range addrs {
		mail(addr)
	}
}

func mail(addr string) error {
	c, err := net.DialTimeout("tcp", addr, 5*time.Second)
	if err != nil {
		return err
	}
	c.SetDeadline(time.Now().Add(time.Minute))
	sc, err := smtp.NewClient(c, "localhost")
	if err != nil {
		c.Close()
		return err
	}
	defer sc.Close()
	if err := sc.Mail("me@localhost"); err != nil {
		return err
	}
	return sc.Quit()
}
