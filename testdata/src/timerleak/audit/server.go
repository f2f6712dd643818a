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

type refresher struct{ load func() }

// Nothing says that a refresher has an end.
func newRefresher(load func()) *refresher {
	r := &refresher{load}
	go r.loop()
	return r
}

func (r *refresher) loop() {
	for {
		time.Sleep(time.Minute) // want `^the goroutine that newRefresher starts sleeps in each round of a loop and never ends: wait for its end in a select, too$`
		r.load()
	}
}

func init() {
	go func() {
		for {
			time.Sleep(time.Minute)
		}
	}()
}
