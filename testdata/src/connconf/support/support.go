// Package support has helpers of tests.
package support

import (
	"net/http"
	"testing"
)

func Fetch(t *testing.T, url string) int {
	c := &http.Client{Transport: &http.Transport{}}
	resp, err := c.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}
