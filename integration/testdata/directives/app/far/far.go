// Package far never imports the other module.
package far

import (
	"net/http"

	"example.com/app/store"
)

func decodes(s *store.Store, u string) error {
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	return s.Codec.Decode(resp)
}

func guesses(s *store.Store, u string) error {
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	return s.Codec.Guess(resp)
}
