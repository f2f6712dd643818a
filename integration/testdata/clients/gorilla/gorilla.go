// Package gorilla opens WebSocket connections.
package gorilla

import (
	"errors"
	"net/http"

	"github.com/gorilla/websocket"
)

func leakyDial(url, health string) (*websocket.Conn, error) {
	resp, err := http.Get(health) // leak
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, errors.New(resp.Status)
	}
	resp.Body.Close()
	conn, _, err := websocket.DefaultDialer.Dial(url, nil)
	return conn, err
}

func healthyDial(url string) (*websocket.Conn, error) {
	conn, resp, err := websocket.DefaultDialer.Dial(url, nil)
	if err != nil {
		if resp != nil {
			return nil, errors.New(resp.Status)
		}
		return nil, err
	}
	return conn, nil
}
