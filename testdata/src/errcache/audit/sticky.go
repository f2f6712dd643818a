package audit

import (
	"context"
	"sync"
)

type state struct {
	value any
	index int
	err   error
	valid bool
}

type fetcher interface {
	Fetch(ctx context.Context, key string) (any, error)
}

// A failure outlives the successes after it.
type refreshed struct {
	mu      sync.Mutex
	fetcher fetcher
	entries map[string]state
}

func (r *refreshed) Get(ctx context.Context, key string) (any, error) {
	e, ok := r.entries[key]
	if !ok {
		e = r.refresh(ctx, key)
	}
	if e.err != nil {
		return nil, e.err
	}
	return e.value, nil
}

func (r *refreshed) refresh(ctx context.Context, key string) state {
	r.mu.Lock()
	defer r.mu.Unlock()
	e, ok := r.entries[key]
	if !ok {
		e = state{}
	}
	v, err := r.fetcher.Fetch(ctx, key)
	next := e
	if v != nil {
		next.value = v
		next.valid = true
	}
	if err != nil {
		next.err = err // want `^err stays set in entries once Fetch \(called at line \d+\) has failed: a later success keeps the entry and does not clear it$`
	}
	r.entries[key] = next
	return next
}

type cleared struct {
	status int
	reason error
}

// Here each try sets it anew.
type reset struct {
	mu      sync.Mutex
	fetcher fetcher
	entries map[string]cleared
}

func (r *reset) refresh(ctx context.Context, key string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	next := r.entries[key]
	v, err := r.fetcher.Fetch(ctx, key)
	next.reason = err
	if n, ok := v.(int); ok {
		next.status = n
	}
	r.entries[key] = next
	return next.reason
}

type renewed struct {
	value any
	why   error
}

// Here a success begins a new entry.
type replaced struct {
	mu      sync.Mutex
	fetcher fetcher
	entries map[string]renewed
}

func (r *replaced) refresh(ctx context.Context, key string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	v, err := r.fetcher.Fetch(ctx, key)
	if err == nil {
		r.entries[key] = renewed{value: v}
		return nil
	}
	old := r.entries[key]
	old.why = err
	r.entries[key] = old
	return old.why
}
