// Package a has containers that only grow.
package a

import (
	"context"
	"net/http"
	"sync"
)

type client struct{}

type peers struct {
	opts  []string
	m     sync.RWMutex
	cache map[string]*client
	dial  func(ctx context.Context, addr string) (*client, error)
}

func newPeers(opts ...string) *peers {
	return &peers{opts: opts, cache: map[string]*client{}, m: sync.RWMutex{}}
}

func (p *peers) get(ctx context.Context, addr string) (*client, error) {
	p.m.RLock()
	c, ok := p.cache[addr]
	p.m.RUnlock()
	if ok {
		return c, nil
	}
	p.m.Lock()
	defer p.m.Unlock()
	c, ok = p.cache[addr]
	if ok {
		return c, nil
	}
	conn, err := p.dial(ctx, addr)
	if err != nil {
		return nil, err
	}
	p.cache[addr] = conn // want "cache only grows"
	return conn, nil
}

type Handler struct{ peers *peers }

func NewHandler() *Handler {
	h := &Handler{peers: newPeers("x")}
	return h
}

func (h *Handler) forward(ctx context.Context, addr string) error {
	_, err := h.peers.get(ctx, addr)
	return err
}

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {}
