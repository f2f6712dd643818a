package support

import (
	"context"
	"sync"
)

type Entities struct {
	mu  sync.Mutex
	all map[string]any
}

func NewEntities() *Entities { return &Entities{all: map[string]any{}} }

func (e *Entities) Add(ctx context.Context, id string, v any) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.all[id] = v
}
