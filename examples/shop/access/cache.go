// Package access decides who may do what.
package access

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"time"
)

const (
	maxEntries = 10_000
	lifetime   = time.Minute
)

// grant is what the cache knows of one user.
type grant struct {
	role    string
	expires time.Time
}

// Cache answers from memory which role a user has.
type Cache struct {
	db *sql.DB

	mu     sync.Mutex
	grants map[string]grant // by user
}

// NewCache returns an empty cache over db.
func NewCache(db *sql.DB) *Cache {
	return &Cache{db: db, grants: make(map[string]grant)}
}

// Allowed reports whether user has the given role. A user that is not known
// has none.
func (c *Cache) Allowed(ctx context.Context, user, role string) (bool, error) {
	if g, ok := c.lookup(user); ok {
		return g.role == role, nil
	}
	var found string
	err := c.db.QueryRowContext(ctx, `SELECT role FROM users WHERE name = $1`, user).Scan(&found)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	c.store(user, grant{role: found, expires: time.Now().Add(lifetime)})
	return found == role, nil
}

func (c *Cache) lookup(user string) (grant, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	g, ok := c.grants[user]
	if ok && time.Now().After(g.expires) {
		delete(c.grants, user)
		return grant{}, false
	}
	return g, ok
}

func (c *Cache) store(user string, g grant) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.grants) >= maxEntries {
		clear(c.grants) // rare, and cheaper than keeping an order of use
	}
	c.grants[user] = g
}
