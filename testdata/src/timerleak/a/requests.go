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
