package api

import (
	"net/http"

	"example.com/legacy"
)

type server struct {
	c *legacy.InventoryClient
	r legacy.Reserver
}

func (s *server) order(w http.ResponseWriter, r *http.Request) {
	if err := s.c.Reserve(r.FormValue("id")); err != nil {
		http.Error(w, err.Error(), 502)
	}
	if err := s.r.Reserve(r.FormValue("id")); err != nil {
		http.Error(w, err.Error(), 502)
	}
}
