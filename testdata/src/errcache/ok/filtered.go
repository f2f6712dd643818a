package ok

import (
	"context"
	"errors"
	"sync"
	"time"
)

// What filters an error has looked at it.

var errAbsent = errors.New("absent")

func ignoreAbsent(err error) error {
	if errors.Is(err, errAbsent) {
		return nil
	}
	return err
}

type found struct {
	body  []byte
	until time.Time
}

type finder struct {
	mu   sync.Mutex
	m    map[string]found
	load func(ctx context.Context, k string) ([]byte, error)
}

func (f *finder) Get(ctx context.Context, k string) ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if x, ok := f.m[k]; ok && time.Now().Before(x.until) {
		return x.body, nil
	}
	b, err := f.load(ctx, k)
	if err := ignoreAbsent(err); err != nil {
		return nil, err
	}
	f.m[k] = found{b, time.Now().Add(5 * time.Second)}
	return b, nil
}
