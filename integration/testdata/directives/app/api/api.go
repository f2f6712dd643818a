// Package api uses what another module says of itself.
package api

import (
	"net/http"

	"example.com/said"
)

func logs(u string) error {
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	said.Log(resp)
	return nil
}

func traces(u string) error {
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	said.Trace(resp)
	return nil
}

func shared(u string) (int, error) {
	resp, err := said.Shared(u)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}
