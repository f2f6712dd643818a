package a

import (
	"net/http"
	"time"
)

type heldByTest struct{ addr string }

func (h *heldByTest) start() {
	go func() {
		for range time.Tick(time.Minute) {
			h.fetch()
		}
	}()
}

func (h *heldByTest) fetch() error {
	resp, err := http.Get(h.addr) // want `nothing bounds the wait in http\.Get`
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
