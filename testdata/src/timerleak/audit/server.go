package audit

import (
	"log"
	"time"
)

// server is one of a process, and mostly ends with it.
type server struct{ name string }

func newServer() *server {
	s := &server{}
	go s.sweep()
	return s
}

func (s *server) Shutdown() { s.name = "" }

func (s *server) sweep() {
	for range time.Tick(time.Minute) { // want `the goroutine that newServer starts ranges over the ticker from time\.Tick and never ends`
		log.Print(s.name)
	}
}
