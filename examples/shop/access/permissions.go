package access

import (
	"context"
	"database/sql"
	"log/slog"
	"slices"
	"sync"
)

// Permissions answers from memory what users may do.
type Permissions struct {
	db *sql.DB

	mu     sync.Mutex
	byUser map[string][]string
	byRole map[string][]string
}

// NewPermissions returns an empty cache over db.
func NewPermissions(db *sql.DB) *Permissions {
	return &Permissions{db: db, byUser: map[string][]string{}, byRole: map[string][]string{}}
}

// User reports whether a user has a permission.
func (p *Permissions) User(ctx context.Context, user, permission string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	perms, ok := p.byUser[user]
	if !ok {
		var err error
		perms, err = p.fetch(ctx, `SELECT permission FROM user_permissions WHERE name = $1`, user)
		if err != nil {
			slog.ErrorContext(ctx, "permissions", "user", user, "err", err)
		}
		p.keepRoom(p.byUser)
		// leak(errcache): one timeout, and the user is denied everything for good
		p.byUser[user] = perms
	}
	return slices.Contains(perms, permission)
}

// Role reports whether a role has a permission.
func (p *Permissions) Role(ctx context.Context, role, permission string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	perms, ok := p.byRole[role]
	if !ok {
		var err error
		perms, err = p.fetch(ctx, `SELECT permission FROM role_permissions WHERE role = $1`, role)
		if err != nil {
			slog.ErrorContext(ctx, "permissions", "role", role, "err", err)
			return false
		}
		p.keepRoom(p.byRole)
		// healthy: only what the database has answered is kept
		p.byRole[role] = perms
	}
	return slices.Contains(perms, permission)
}

// keepRoom empties a full cache: rare, and cheaper than keeping an order of use.
func (p *Permissions) keepRoom(cache map[string][]string) {
	if len(cache) >= maxEntries {
		clear(cache)
	}
}

func (p *Permissions) fetch(ctx context.Context, query, name string) ([]string, error) {
	rows, err := p.db.QueryContext(ctx, query, name)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var perms []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		perms = append(perms, s)
	}
	return perms, rows.Err()
}
