// Package check is a part of a command.
package check

import (
	"net/http"
	"time"
)

func Do(url string) (*http.Response, error) {
	client := &http.Client{Timeout: time.Second, Transport: &http.Transport{}}
	return client.Head(url)
}

func Watch(urls <-chan string) {
	for url := range urls {
		client := &http.Client{Timeout: time.Second, Transport: &http.Transport{}} // want `^http\.Client with connections of its own is made for each call of Watch`
		resp, err := client.Head(url)
		if err != nil {
			continue
		}
		resp.Body.Close()
	}
}
